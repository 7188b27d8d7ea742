// Words for a POSIX shell. Pure.

/** A text as one word that the shell takes as it is. */
export const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

export const words = (list: readonly string[]): string => list.map(quote).join(' ')

/** Lines moved to the right; empty ones stay empty, and so does what lies in a text of several lines. */
export const indent = (lines: readonly string[], by = '  '): string[] =>
  lines.map((line) => (line === '' ? line : `${by}${line}`))
