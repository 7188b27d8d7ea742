// Which settings of a drawing stay when another algorithm is chosen. Pure.
import type { Setting } from '@labs/distributed/model/algorithm-info.ts'
import { SHAPE_SETTINGS } from '@labs/distributed/model/schema.ts'

type Named = { readonly settings: readonly Setting[] }

/**
 * Those that mean the same for both algorithms, and those of the drawing's shape; all others are the usual ones again.
 * @param said what the drawing holds; anything else than an object holds nothing
 * @returns undefined when nothing is left to be said
 */
export function settingsFor(
  said: unknown,
  from: Named | undefined,
  to: Named | undefined,
): Record<string, unknown> | undefined {
  if (typeof said !== 'object' || said === null) return undefined
  const meaning = (algorithm: Named | undefined, key: string): string | undefined => {
    const setting = algorithm?.settings.find((one) => one.key === key)
    return setting && [setting.label, setting.unit, setting.hint].join('\n')
  }
  const kept = Object.entries(said).filter(([key]) => {
    if (SHAPE_SETTINGS.includes(key)) return true
    const meant = meaning(to, key)
    return meant !== undefined && meant === meaning(from, key)
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
