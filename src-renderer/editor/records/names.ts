// New ids and names: the lowest free number after a prefix, and a free variant of a name that is taken.
// Knows only which ids and names are in use.
import { MAX_NAME_LENGTH } from '@contract/limits.ts'

/** The first of `prefix1`, `prefix2`, … that `taken` does not know. */
export function freeName(prefix: string, taken: (candidate: string) => boolean): string {
  let number = 1
  while (taken(`${prefix}${number}`)) number += 1
  return `${prefix}${number}`
}

/** The name of a copy: its own when free, else with the lowest free number behind it. */
export function copyName(name: string, taken: (candidate: string) => boolean): string {
  if (!taken(name)) return name
  const stem = name.replace(/ \d+$/, '')
  for (let number = 2; ; number += 1) {
    const tail = ` ${number}`
    const candidate = stem.slice(0, MAX_NAME_LENGTH - tail.length) + tail
    if (!taken(candidate)) return candidate
  }
}

/** A name as a person typed it, fit for a record: no control characters, no blank ends, not too long; empty when nothing is left. */
export function cleanName(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, MAX_NAME_LENGTH)
    .trim()
}
