// Reads tables as people have them: CSV with commas or semicolons, cells of a spreadsheet (tabs), Markdown tables,
// columns set apart by blanks. Gives rows of cells with their places; what the cells mean is for others to say.
import type { Place } from '../refusal.ts'
import { refuseAt } from '../refusal.ts'

export interface Cell {
  text: string
  place: Place
}

export type TableKind = 'csv' | 'semicolons' | 'tabs' | 'markdown' | 'blanks'

export interface ReadTable {
  kind: TableKind
  /** empty rows stay, since they part tables; a heading of Markdown is a row of one cell */
  rows: Cell[][]
}

/**
 * Reads a text as rows of cells.
 * @param kind how the cells are set apart; found out from the text when it is left out
 * @throws InterlockError `bad-input` for quotes that are not closed
 */
export function readTable(text: string, kind: TableKind = tableKind(text)): ReadTable {
  const clean = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  if (kind === 'markdown') return { kind, rows: markdownRows(clean) }
  if (kind === 'blanks') return { kind, rows: clean.split('\n').map(blankCells) }
  return { kind, rows: quotedRows(clean, { csv: ',', semicolons: ';', tabs: '\t' }[kind]) }
}

/** How the cells of a text seem to be set apart. */
export function tableKind(text: string): TableKind {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '')
  if (lines.some((line) => ruler.test(line.trim()))) return 'markdown'
  if (lines.length > 0 && lines.filter((line) => /^\s*\|.*\|\s*$/.test(line)).length * 2 > lines.length)
    return 'markdown'
  const most = (sign: string): number => lines.filter((line) => outsideQuotes(line).includes(sign)).length
  if (most('\t') > 0) return 'tabs'
  const [semicolons, commas] = [most(';'), most(',')]
  if (semicolons > commas) return 'semicolons'
  return commas > 0 ? 'csv' : 'blanks'
}

const outsideQuotes = (line: string): string => line.replace(/"(?:[^"]|"")*"/g, '')

/** The line below the head of a Markdown table: only bars, dashes and colons, with a bar in it. */
const ruler = /^(?=.*\|)(?=.*-)\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/

function markdownRows(text: string): Cell[][] {
  const rows: Cell[][] = []
  text.split('\n').forEach((whole, index) => {
    const line = index + 1
    const trimmed = whole.trim()
    if (ruler.test(trimmed)) return
    if (!trimmed.includes('|')) {
      const heading = trimmed.replace(/^(?:#{1,6}\s+|[>*-]\s+)/, '').replace(/^(\*\*|__)(.*)\1:?$/, '$2')
      rows.push(
        trimmed === ''
          ? []
          : [{ text: unescapeMarkdown(heading), place: { line, column: whole.indexOf(trimmed) + 1 } }],
      )
      return
    }
    const cells: Cell[] = []
    // A bar after a backslash belongs to the cell.
    for (const match of whole.matchAll(/(?:\\[\s\S]|[^|\\])+|(?<=\|)(?=\|)/g)) {
      cells.push({
        text: unescapeMarkdown(match[0].trim()),
        place: { line, column: match.index + 1 + leading(match[0]) },
      })
    }
    // Bars at the ends of the line leave an empty piece of blanks outside.
    if (/^\s+\|/.test(whole)) cells.shift()
    if (/\|\s+$/.test(whole)) cells.pop()
    rows.push(cells)
  })
  return rows
}

const leading = (text: string): number => text.length - text.trimStart().length

function unescapeMarkdown(text: string): string {
  return text
    .replace(
      /^`([^`]*)`$|^\$([^$]*)\$$|^\*\*(.+)\*\*$/,
      (_, code?: string, maths?: string, bold?: string) => code ?? maths ?? bold ?? '',
    )
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
}

function blankCells(whole: string, index: number): Cell[] {
  return [...whole.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    place: { line: index + 1, column: match.index + 1 },
  }))
}

/** RFC 4180 with any separator: a cell in quotes may hold separators, line ends and doubled quotes. */
function quotedRows(text: string, separator: string): Cell[][] {
  const rows: Cell[][] = [[]]
  let line = 1
  let lineStart = 0
  let at = 0
  for (;;) {
    const place = { line, column: at - lineStart + 1 }
    let cell = ''
    const open = /^[ ]*"/.exec(text.slice(at, at + 50))
    if (open !== null) {
      let end = at + open[0].length
      for (;;) {
        const quote = text.indexOf('"', end)
        if (quote < 0) refuseAt(place, 'the quotes that open here are not closed. Close them with ".')
        cell += text.slice(end, quote)
        end = quote + 1
        if (text[end] !== '"') break
        cell += '"'
        end += 1
      }
      for (let n = text.indexOf('\n', at); n >= 0 && n < end; n = text.indexOf('\n', n + 1)) {
        line += 1
        lineStart = n + 1
      }
      at = end
    }
    const rest = nextOf(text, at, separator)
    cell = open === null ? text.slice(at, rest).trim() : cell + text.slice(at, rest).trim()
    rows.at(-1)?.push({ text: cell, place })
    at = rest
    if (at >= text.length) break
    if (text[at] === '\n') {
      line += 1
      lineStart = at + 1
      rows.push([])
    }
    at += 1
  }
  return rows.map((row) => (row.every((cell) => cell.text === '') ? [] : row))
}

function nextOf(text: string, from: number, separator: string): number {
  const line = text.indexOf('\n', from)
  const sign = text.indexOf(separator, from)
  const ends = [line, sign].filter((end) => end >= 0)
  return ends.length === 0 ? text.length : Math.min(...ends)
}
