// Scripts as lines of text: what of a line is a statement, and what is a comment. Shared by the run, which reads
// statements, and the page, which shows them. Knows no lab: what a statement means is up to a simulation's `read`.

/** The part of a line that says something, and where it begins; null for an empty line or a mere comment. */
export function statementOf(line: string): { text: string; from: number } | null {
  const code = line.slice(0, commentStart(line))
  const text = code.trim()
  return text === '' ? null : { text, from: code.length - code.trimStart().length }
}

/** Where the comment of a line begins: at a `#` at its start or after a blank, outside of quotes; else its length. */
export function commentStart(line: string): number {
  let quoted = false
  for (let i = 0; i < line.length; i += 1) {
    const sign = line[i]
    if (quoted && sign === '\\') i += 1
    else if (sign === '"') quoted = !quoted
    else if (sign === '#' && !quoted && (i === 0 || /\s/.test(line[i - 1] ?? ''))) return i
  }
  return line.length
}

/** The lines of a text, whatever ends them. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}
