// One statement written anew with some of its parts changed. What stays keeps its own signs, blanks and commas, so a
// statement of which nothing changes comes out as it was.
import type { Item, Mention, Part, Statement, Verb } from './statement.ts'

export interface Addition {
  verb: Verb
  /** the type and its count as they are written */
  item: string
  /** id of the type */
  type: string
}

export interface Rewrite {
  /** how a node is written from now on; null when it stays as it is */
  name(mention: Mention): string | null
  /** whether the node is no longer in the drawing */
  gone(mention: Mention): boolean
  /** instances of a type; null when it stays as it is */
  amount(mention: Mention): number | null
  /** a count for each edge the statement speaks of, in its order; 0 when the edge goes */
  counts: readonly number[]
  /** edges to be added; only for a statement that says what a process holds, wants and claims */
  additions: readonly Addition[]
}

/** @returns the statement; none when nothing of it is left, several when a chain of arrows was broken */
export function rebuild(text: string, statement: Statement, rewrite: Rewrite): string[] {
  switch (statement.form) {
    case 'has': {
      const { node, amount } = statement
      if (rewrite.gone(node)) return []
      const number = rewrite.amount(node) ?? amount.value
      return [nameOf(text, node, rewrite) + text.slice(node.to, amount.from) + numberText(text, amount, number)]
    }
    case 'declare':
      return declareText(text, statement, rewrite)
    case 'claims':
      return claimsText(text, statement, rewrite)
    case 'arrows':
      return arrowsText(text, statement.items, rewrite)
  }
}

const nameOf = (text: string, mention: Mention, rewrite: Rewrite): string =>
  rewrite.name(mention) ?? text.slice(mention.from, mention.to)

/** A number stays as it was written (with leading zeros, say) while its value does. */
const numberText = (text: string, was: { from: number; to: number; value: number }, now: number): string =>
  was.value === now ? text.slice(was.from, was.to) : String(now)

function itemWith(text: string, { node, times }: Item, count: number, rewrite: Rewrite): string {
  const name = nameOf(text, node, rewrite)
  if (times === null) return count === 1 ? name : `${name} x${count}`
  if (times.value === count) return name + text.slice(node.to, times.to)
  if (count === 1) return name
  // The sign of the writer stays: x or ×.
  return `${name}${text.slice(node.to, times.from + 1)}${count}`
}

function declareText(text: string, { span, word, nodes }: Statement & { form: 'declare' }, rewrite: Rewrite): string[] {
  const left = nodes.filter((node) => !rewrite.gone(node))
  if (left.length === 0) return []
  const gapBefore = (node: Mention): string => {
    const index = nodes.indexOf(node)
    return text.slice(index === 0 ? word.to : (nodes[index - 1]?.to ?? word.to), node.from)
  }
  const [first] = nodes
  const body = left.map((node, index) => {
    const gap = index === 0 && first !== undefined ? gapBefore(first) : gapBefore(node)
    return gap + nameOf(text, node, rewrite)
  })
  const last = nodes.at(-1)
  const tail = last !== undefined && left.includes(last) ? text.slice(last.to, span.to) : ''
  return [text.slice(word.from, word.to) + body.join('') + tail]
}

function claimsText(text: string, statement: Statement & { form: 'claims' }, rewrite: Rewrite): string[] {
  const { node, parts, span } = statement
  if (rewrite.gone(node)) return []
  const [firstPart, secondPart] = parts
  if (firstPart === undefined) return []
  const between = secondPart === undefined ? ', ' : text.slice(firstPart.to, secondPart.from)
  let place = 0
  let lastKept: Part | null = null
  const pieces: { text: string; gap: string }[] = []
  const added = new Set<Addition>()
  // An addition goes to the last part with its verb.
  const homes = new Map(parts.map((part) => [part.verb, part]))
  for (const [index, part] of parts.entries()) {
    const counts = rewrite.counts.slice(place, place + part.items.length)
    place += part.items.length
    const own = homes.get(part.verb) === part ? rewrite.additions.filter(({ verb }) => verb === part.verb) : []
    for (const addition of own) added.add(addition)
    const items = itemsText(text, part, counts, own, rewrite)
    if (items === null) continue
    const gap = index === 0 ? between : text.slice(parts[index - 1]?.to ?? part.from, part.from)
    pieces.push({ text: items, gap })
    lastKept = part
  }
  for (const verb of ['holds', 'wants', 'claims'] as const) {
    const items = rewrite.additions.filter((addition) => addition.verb === verb && !added.has(addition))
    if (items.length === 0) continue
    pieces.push({ text: `${verb} ${items.map(({ item }) => item).join(', ')}`, gap: between })
    lastKept = null
  }
  if (pieces.length === 0) return []
  const start = nameOf(text, node, rewrite) + text.slice(node.to, firstPart.from)
  const body = pieces.map((piece, index) => (index === 0 ? '' : piece.gap) + piece.text).join('')
  const last = parts.at(-1)
  const grown = last !== undefined && rewrite.additions.some(({ verb }) => verb === last.verb)
  const tail = lastKept !== null && lastKept === last && !grown ? text.slice(last.to, span.to) : ''
  return [start + body + tail]
}

/** A verb with what stays and what is added; null when nothing is left. */
function itemsText(
  text: string,
  part: Part,
  counts: readonly number[],
  additions: readonly Addition[],
  rewrite: Rewrite,
): string | null {
  const { items } = part
  const [first, second] = items
  if (first === undefined) return null
  const separator = second === undefined ? ', ' : text.slice(first.to, second.from)
  const pieces = items.flatMap((item, index) => {
    const count = counts[index] ?? 0
    if (count === 0) return []
    const gap = index === 0 ? separator : text.slice(items[index - 1]?.to ?? item.from, item.from)
    return [{ gap, text: itemWith(text, item, count, rewrite) }]
  })
  for (const { item } of additions) pieces.push({ gap: separator, text: item })
  if (pieces.length === 0) return null
  const body = pieces.map((piece, index) => (index === 0 ? '' : piece.gap) + piece.text).join('')
  return text.slice(part.from, first.from) + body
}

function arrowsText(text: string, items: readonly Item[], rewrite: Rewrite): string[] {
  const runs: string[] = []
  let open = false
  items.slice(1).forEach((item, link) => {
    const count = rewrite.counts[link] ?? 0
    const before = items[link]
    if (count === 0 || before === undefined) {
      open = false
      return
    }
    if (!open) runs.push(nameOf(text, before.node, rewrite))
    open = true
    const last = runs.length - 1
    runs[last] = (runs[last] ?? '') + text.slice(before.to, item.from) + itemWith(text, item, count, rewrite)
  })
  return runs
}
