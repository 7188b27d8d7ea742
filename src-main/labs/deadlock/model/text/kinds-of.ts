// Which node of a text is a process and which a resource type: said in so many words, else by its place in a statement,
// else by the arrows it is joined by (each joins one of either kind), else by its first letter.
import { type PlacedLine, linksOf, mentionsOf } from './links.ts'
import { didYouMeanOne } from './near.ts'
import type { Mention, Span } from './statement.ts'
import { type Complaint, textTexts as texts } from './texts.ts'

export type Kind = 'process' | 'resource'

const other = (kind: Kind): Kind => (kind === 'process' ? 'resource' : 'process')
const byLetter = (name: string): Kind | null => (/^p/i.test(name) ? 'process' : /^[rt]/i.test(name) ? 'resource' : null)

/**
 * @param say told of each contradiction and of each node whose kind stays open
 * @returns kinds by key, and the first mention of each node in the order of the text
 */
export function kindsOf(
  lines: readonly PlacedLine[],
  say: (line: number, span: Span, complaint: Complaint) => void,
): { kinds: Map<string, Kind>; order: Map<string, Mention> } {
  const order = new Map<string, Mention>()
  const firstLine = new Map<string, number>()
  const kinds = new Map<string, Kind>()
  const saidIn = new Map<string, number>()
  const arrows: { line: number; from: Mention; to: Mention }[] = []
  const joined = new Map<string, string[]>()

  const claim = (line: number, mention: Mention, kind: Kind): void => {
    const earlier = kinds.get(mention.key)
    if (earlier === undefined) {
      kinds.set(mention.key, kind)
      saidIn.set(mention.key, line + 1)
    } else if (earlier !== kind) {
      say(line, mention, texts.otherKind(mention.name, earlier, saidIn.get(mention.key) ?? 1))
    }
  }
  // What is said in so many words counts before what a place tells, whatever comes first.
  lines.forEach(({ statement }, line) => {
    if (statement === null) return
    for (const mention of mentionsOf(statement)) {
      if (order.has(mention.key)) continue
      order.set(mention.key, mention)
      firstLine.set(mention.key, line)
    }
    if (statement.form === 'has') claim(line, statement.node, 'resource')
    if (statement.form === 'declare') for (const node of statement.nodes) claim(line, node, statement.kind)
  })
  lines.forEach(({ statement }, line) => {
    if (statement?.form === 'claims') {
      claim(line, statement.node, 'process')
      for (const { items } of statement.parts) for (const { node } of items) claim(line, node, 'resource')
    }
    if (statement?.form !== 'arrows') return
    for (const { from, to, kind } of linksOf(statement)) {
      if (kind === 'claim' && from.key !== to.key) {
        claim(line, from, 'process')
        claim(line, to, 'resource')
        continue
      }
      if (from.key === to.key) {
        say(line, { from: from.from, to: to.to }, texts.itself(from.name))
        continue
      }
      arrows.push({ line, from, to })
      push(joined, from.key, to.key)
      push(joined, to.key, from.key)
    }
  })

  const spread = (queue: string[]): void => {
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      const kind = kinds.get(key)
      for (const next of joined.get(key) ?? []) {
        if (kind === undefined || kinds.has(next)) continue
        kinds.set(next, other(kind))
        queue.push(next)
      }
    }
  }
  spread([...kinds.keys()])
  const said = new Set(kinds.keys())
  for (const [key, { name }] of order) {
    const kind = byLetter(name)
    if (kinds.has(key) || kind === null) continue
    kinds.set(key, kind)
    spread([key])
  }
  for (const { line, from, to } of arrows) {
    const [start, end] = [kinds.get(from.key), kinds.get(to.key)]
    const span = { from: from.from, to: to.to }
    if (start !== undefined && start === end) say(line, span, texts.samekind(from.name, to.name, start))
    else if (!said.has(from.key) && byLetter(from.name) !== null && byLetter(from.name) === byLetter(to.name)) {
      say(line, span, texts.looksAlike(from.name, to.name))
    }
  }
  for (const [key, mention] of order) {
    if (kinds.has(key)) continue
    const known = [...kinds.keys()].flatMap((candidate) => order.get(candidate)?.name ?? [])
    say(firstLine.get(key) ?? 0, mention, texts.unclear(mention.name, didYouMeanOne(mention.name, known)))
  }
  return { kinds, order }
}

function push(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}
