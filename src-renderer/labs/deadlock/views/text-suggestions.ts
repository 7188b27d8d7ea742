// What may come next in a line of the text form: names of the fitting kind, and the words of the language. Pure.
import { spell } from '@labs/deadlock/model/text/print.ts'
import type { Suggestion } from '../../../ui/code/language.ts'
import { textView } from './text-texts.ts'

export interface Named {
  name: string
  kind: string
}

const MOST = 200
const words = textView.words
const processWords = ['holds', 'wants', 'claims', '->', '~>'] as const
const word = (text: keyof typeof words): Suggestion => ({ text, detail: words[text] })

/**
 * @param before the line up to the cursor
 * @param nodes what the drawing has
 * @returns where the word at the cursor begins, and what it may become; null inside a comment
 */
export function suggestionsFor(
  before: string,
  nodes: readonly Named[],
): { from: number; suggestions: readonly Suggestion[] } | null {
  const found = allFor(before, nodes)
  const typed = before.slice(found?.from ?? 0)
  // What is typed so far is in the drawing already; offering it would help nobody.
  return found && { ...found, suggestions: found.suggestions.filter(({ text }) => text !== typed) }
}

function allFor(before: string, nodes: readonly Named[]): { from: number; suggestions: readonly Suggestion[] } | null {
  if (/^[^"]*(?:"[^"]*"[^"]*)*#/.test(before)) return null
  const typed = wordAt(before)
  const from = before.length - typed.length
  const left = before.slice(0, from).trimEnd()
  const names = (kind: string): Suggestion[] => namesOf(nodes, kind, textView.kinds)
  if (left === '') {
    return { from, suggestions: [...names('process'), ...names('resource'), word('process'), word('type')] }
  }
  const arrow = /("(?:[^"\\]|\\.)*"|[^\s"]+?)(?:\s+[x×]\d+)?\s*(?:->|→|~>)$/.exec(left)
  if (arrow !== null) {
    const start = nodes.find(({ name }) => spell(name) === arrow[1])
    if (start === undefined) return { from, suggestions: [...names('resource'), ...names('process')] }
    return { from, suggestions: names(start.kind === 'process' ? 'resource' : 'process') }
  }
  if (/^\s*processe?s?\s/.test(`${left} `)) return { from, suggestions: [] }
  const verbs = left.match(/\s(?:holds|wants|claims|requests|for)(?=\s|$)/g) ?? []
  if (verbs.length > 0) {
    const fresh = /\s(?:holds|wants|claims|requests|for)$/.test(left)
    const others = (['holds', 'wants', 'claims'] as const).filter(
      (verb) => !new RegExp(`\\s${verb}(?=\\s|$)`).test(left),
    )
    return { from, suggestions: fresh ? names('resource') : [...names('resource'), ...others.map(word)] }
  }
  if (/\shas$/.test(left)) return { from, suggestions: [] }
  const subject = nodes.find(({ name }) => spell(name) === left.trim())
  if (subject?.kind === 'process') return { from, suggestions: processWords.map(word) }
  if (subject?.kind === 'resource') return { from, suggestions: [word('has'), word('->')] }
  return { from, suggestions: [...processWords.map(word), word('has')] }
}

/** What stands directly before the cursor: a part of a name, with its opening quotation mark. */
function wordAt(before: string): string {
  const closed = before.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => ' '.repeat(quoted.length))
  return before.slice(/(?:"[^"]*|[^\s,>→"]*)$/.exec(closed)?.index ?? before.length)
}

function namesOf(nodes: readonly Named[], kind: string, kinds: Readonly<Record<string, string>>): Suggestion[] {
  return nodes
    .filter((node) => node.kind === kind)
    .slice(0, MOST)
    .map(({ name }) => ({ text: spell(name), detail: kinds[kind] ?? '' }))
}
