// Which settings of a drawing stay when another algorithm is chosen. Pure.
import type { AlgorithmInfo } from '@labs/distributed/model/algorithm-info.ts'

type Named = Pick<AlgorithmInfo, 'settings'>

/**
 * Those that mean the same for both algorithms; all others are the usual ones again.
 * @param said what the drawing holds; anything else than an object holds nothing
 * @returns undefined when nothing is left to be said
 */
export function settingsFor(
  said: unknown,
  from: Named | undefined,
  to: Named | undefined,
): Record<string, unknown> | undefined {
  if (typeof said !== 'object' || said === null || from === undefined || to === undefined) return undefined
  const labelIn = ({ settings }: Named, key: string): string | undefined =>
    settings.find((setting) => setting.key === key)?.label
  const kept = Object.entries(said).filter(([key]) => {
    const label = labelIn(to, key)
    return label !== undefined && label === labelIn(from, key)
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
