// Lines of a script that have a fixed form, such as `_ receives the probe of _ from _`. Knows no simulation.
import type { Word } from './script-names.ts'

/**
 * The words that stand where the pattern has an underscore.
 * @param pattern lower-case words and underscores with one blank between
 * @returns null when the line has another form
 */
export function slotsIn(words: readonly Word[], pattern: string): Word[] | null {
  const parts = pattern.split(' ')
  if (parts.length !== words.length) return null
  const fits = words.every(
    ({ text, quoted, id }, index) =>
      parts[index] === '_' || (!quoted && id === null && text.toLowerCase() === parts[index]),
  )
  return fits ? words.filter((_, index) => parts[index] === '_') : null
}
