// Title and verdict as comments at the head of a text, one line each.

/** @param mark begins each line, such as "# " */
export const comment = (lines: readonly string[], mark: string): string =>
  lines
    .filter((line) => line.trim() !== '')
    .map((line) => `${mark}${line.replace(/\s+/g, ' ').trim()}\n`)
    .join('')
