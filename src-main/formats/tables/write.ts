// Writes rows of cells as CSV, as cells for a spreadsheet, or as a Markdown table. Knows no meaning of cells.

/** RFC 4180 with line feeds; cells with separators, quotes, line ends or outer blanks stand in quotes. */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map((cell) => csvCell(String(cell))).join(',')}\n`).join('')
}

function csvCell(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

/** The first row is the head; numbers are set to the right. */
export function writeMarkdown(rows: readonly (readonly (string | number)[])[]): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => escapeMarkdown(String(cell))).join(' | ')} |\n`
  const ruler = `| ${head.map((_, index) => (index === 0 ? '---' : '--:')).join(' | ')} |\n`
  return line(head) + ruler + body.map(line).join('')
}

/** A text of one line in which Markdown sees nothing but letters. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\\`*_{}[\]<>#|~$&]/g, '\\$&')
}
