// The one known word that a mistyped one most likely stands for.
import { nearNames } from '../../../../contract/near-names.ts'

/** @returns null when none is near; `given` itself does not count */
export function didYouMeanOne(given: string, known: readonly string[]): string | null {
  return nearNames(given, known).find((name) => name !== given) ?? null
}
