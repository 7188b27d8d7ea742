// The text of a drawing that was changed elsewhere, changed as little as that allows: comments, blank lines, the order
// and the writer's own style stay. Lines with mistakes are left alone. How one statement is rewritten is in rebuild.ts.
import type { DeadlockModel } from '../schema.ts'
import { type Link, type PlacedLine, linksOf, mentionsOf } from './links.ts'
import { type ParsedText, parseText, sameMeaning } from './parse.ts'
import { itemText, printText, spellings } from './print.ts'
import { type Addition, type Rewrite, rebuild } from './rebuild.ts'
import { type Mention, keyOf } from './statement.ts'

/**
 * @param text means `before`, but for lines with mistakes
 * @param before the drawing that the text was made for; ids are those of `after`
 * @returns a text that means `after`
 */
export function updateText(text: string, before: DeadlockModel, after: DeadlockModel): string {
  const parsed = parseText(text)
  if (parsed.lines.every(({ statement }) => statement === null)) return startText(text, after)
  const first = new Update(parsed, before, after).text(text)
  // Lines with mistakes may hide what the rest means; then nothing can be compared.
  if (parsed.problems.length > 0) return first
  if (means(first, after)) return first
  const declared = declareAll(first, after)
  return means(declared, after) ? declared : startText(commentsOf(parsed), after)
}

/** Whether a text means this drawing; its ids may be others. */
export function means(text: string, model: DeadlockModel): boolean {
  const { model: read, ids } = parseText(text)
  if (read === undefined) return false
  const keys = new Map(model.nodes.map(({ id, name }) => [id, ids.get(keyOf(name, id)) ?? ids.get(keyOf(name, null))]))
  return sameMeaning(model, read, (id) => keys.get(id))
}

function startText(kept: string, after: DeadlockModel): string {
  const printed = printText(after)
  if (printed === '') return kept
  return kept.trim() === '' ? printed : `${kept.trimEnd()}\n\n${printed}`
}

function commentsOf({ lines }: ParsedText): string {
  return lines.flatMap(({ text, comment }) => (comment === null ? [] : text.slice(comment.from).trimEnd())).join('\n')
}

/** Says of every node what it is, where that is not said already. */
function declareAll(text: string, after: DeadlockModel): string {
  const { lines } = parseText(text)
  const said = new Set<string>()
  for (const { statement } of lines) {
    if (statement?.form === 'has') said.add(statement.node.key)
    if (statement?.form === 'declare') for (const { key } of statement.nodes) said.add(key)
  }
  const spelt = spellings(after)
  const unsaid = after.nodes.filter(({ id, name }) => !said.has(keyOf(name, id)) && !said.has(keyOf(name, null)))
  const added = unsaid.map((node) => declaration(node, spelt.get(node.id) ?? ''))
  return `${text.trimEnd()}\n${added.map((line) => `${line}\n`).join('')}`
}

function declaration(node: DeadlockModel['nodes'][number], name: string): string {
  return node.kind === 'process' ? `process ${name}` : `${name} has ${node.instances}`
}

/** A pair of nodes may be joined by a claim besides other edges. */
const pairOf = (from: string, to: string, claim: boolean): string => `${claim ? '~' : ''}${from} ${to}`

/** One run over a text: decides what becomes of each mention and each edge, then puts the lines together. */
class Update {
  readonly #lines: readonly PlacedLine[]
  readonly #after: ReadonlyMap<string, DeadlockModel['nodes'][number]>
  readonly #edges: ReadonlyMap<string, DeadlockModel['edges'][number]>
  readonly #spelt: ReadonlyMap<string, string>
  readonly #record: (mention: Mention) => string | null
  /** new counts by line and place among its links; 0 for an edge that goes */
  readonly #counts = new Map<number, number[]>()
  readonly #additions = new Map<number, Addition[]>()
  /** lines to come after a line, by its index */
  readonly #added = new Map<number, string[]>()
  readonly #mentioned = new Set<string>()
  readonly #amountSaid = new Set<string>()
  /** the last line that mentions a record, by its id */
  readonly #lastLine = new Map<string, number>()

  constructor({ lines, kinds }: ParsedText, before: DeadlockModel, after: DeadlockModel) {
    this.#lines = lines
    this.#after = new Map(after.nodes.map((node) => [node.id, node]))
    this.#edges = new Map(after.edges.map((edge) => [pairOf(edge.from, edge.to, edge.kind === 'claim'), edge]))
    this.#spelt = spellings(after)
    const byKey = new Map<string, string | null>()
    for (const { id, name, kind } of before.nodes) {
      const key = keyOf(name, null)
      byKey.set(keyOf(name, id), id)
      // A name that two nodes bear means none of them, unless the text says which kind it means.
      if (!byKey.has(key)) byKey.set(key, id)
      else if (kinds.get(key) === kind) byKey.set(key, id)
    }
    this.#record = ({ key }) => byKey.get(key) ?? null
  }

  text(text: string): string {
    this.#lines.forEach(({ statement }, index) => {
      if (statement === null) return
      for (const mention of mentionsOf(statement)) {
        const id = this.#record(mention)
        if (id !== null) this.#lastLine.set(id, index)
      }
    })
    this.#placeMissing(this.#settleCounts())
    const rewritten = this.#lines.map((line, index) => this.#rewrite(line, index))
    this.#placeNodes()
    const lineEnd = text.includes('\r\n') ? '\r' : ''
    return rewritten
      .flatMap((lines, index) => [...lines, ...(this.#added.get(index) ?? []).map((line) => line + lineEnd)])
      .join('\n')
  }

  /** Gives each edge in the text its new count. Returns the edges that the text does not speak of yet. */
  #settleCounts(): DeadlockModel['edges'] {
    const places = new Map<string, { line: number; place: number; count: number }[]>()
    this.#lines.forEach(({ statement }, line) => {
      if (statement === null) return
      const links = linksOf(statement)
      this.#counts.set(
        line,
        links.map(({ count }) => count),
      )
      links.forEach((link, place) => {
        const pair = this.#pair(link)
        if (pair === null) return
        const list = places.get(pair)
        if (list === undefined) places.set(pair, [{ line, place, count: link.count }])
        else list.push({ line, place, count: link.count })
      })
    })
    for (const [pair, list] of places) {
      let change = (this.#edges.get(pair)?.count ?? 0) - list.reduce((sum, { count }) => sum + count, 0)
      for (const { line, place, count } of list.reverse()) {
        const next = Math.max(0, count + change)
        change -= next - count
        const counts = this.#counts.get(line)
        if (counts !== undefined) counts[place] = next
      }
    }
    return [...this.#edges].flatMap(([pair, edge]) => (places.has(pair) ? [] : [edge]))
  }

  #pair({ from, to, kind }: Link): string | null {
    const [start, end] = [this.#record(from), this.#record(to)]
    return start === null || end === null ? null : pairOf(start, end, kind === 'claim')
  }

  /** Finds a statement for each new edge: one of the same process, else a line of its own. */
  #placeMissing(edges: DeadlockModel['edges']): void {
    if (edges.length === 0) return
    const claims = new Map<string, { line: number; verbs: Set<string> }[]>()
    const inArrows = new Set<string>()
    let lastClaim = -1
    this.#lines.forEach(({ statement }, line) => {
      if (statement?.form === 'arrows') {
        for (const { node } of statement.items) inArrows.add(this.#record(node) ?? '')
      }
      if (statement?.form !== 'claims') return
      lastClaim = line
      const id = this.#record(statement.node)
      if (id === null) return
      const entry = { line, verbs: new Set<string>(statement.parts.map(({ verb }) => verb)) }
      claims.set(id, [...(claims.get(id) ?? []), entry])
    })
    const fresh = new Map<string, Addition[]>()
    for (const edge of edges) {
      const [process, type] = edge.kind === 'assignment' ? [edge.to, edge.from] : [edge.from, edge.to]
      const verb = ({ request: 'wants', assignment: 'holds', claim: 'claims' } as const)[edge.kind]
      const addition: Addition = { verb, item: itemText(this.#spelt.get(type) ?? '', edge.count), type }
      const own = claims.get(process) ?? []
      const place = own.findLast(({ verbs }) => verbs.has(verb)) ?? own.at(-1)
      if (place !== undefined) push(this.#additions, place.line, addition)
      else if (inArrows.has(process) || (lastClaim < 0 && this.#hasArrows())) this.#addArrow(edge)
      else push(fresh, process, addition)
    }
    for (const [process, additions] of fresh) {
      const parts = (['holds', 'wants', 'claims'] as const).flatMap((verb) => {
        const items = additions.filter((addition) => addition.verb === verb).map(({ item }) => item)
        return items.length === 0 ? [] : [`${verb} ${items.join(', ')}`]
      })
      this.#mention(process, ...additions.map(({ type }) => type))
      this.#add(
        this.#lastLine.get(process) ?? (lastClaim < 0 ? this.#end() : lastClaim),
        this.#claimLine(process, parts),
      )
    }
  }

  #claimLine(process: string, parts: readonly string[]): string {
    return `${this.#spelt.get(process) ?? ''} ${parts.join(', ')}`
  }

  #hasArrows(): boolean {
    return this.#lines.some(({ statement }) => statement?.form === 'arrows')
  }

  #addArrow({ kind, from, to, count }: DeadlockModel['edges'][number]): void {
    const line = Math.max(this.#lastLine.get(from) ?? -1, this.#lastLine.get(to) ?? -1)
    const text = `${this.#spelt.get(from) ?? ''} ${kind === 'claim' ? '~>' : '->'} ${itemText(this.#spelt.get(to) ?? '', count)}`
    this.#mention(from, to)
    this.#add(line < 0 ? this.#end() : line, text)
  }

  #rewrite(line: PlacedLine, index: number): string[] {
    const { statement, text, comment } = line
    if (statement === null) return [text]
    const rewrite: Rewrite = {
      name: (mention) => this.#name(mention),
      gone: (mention) => {
        const id = this.#record(mention)
        return id !== null && !this.#after.has(id)
      },
      amount: (mention) => {
        const node = this.#after.get(this.#record(mention) ?? '')
        if (node?.kind !== 'resource') return null
        this.#amountSaid.add(node.id)
        return node.instances
      },
      counts: this.#counts.get(index) ?? [],
      additions: this.#additions.get(index) ?? [],
    }
    for (const { type } of rewrite.additions) this.#mention(type)
    const [first, ...others] = rebuild(text, statement, rewrite)
    const { from, to } = statement.span
    const indent = text.slice(0, from)
    if (first === undefined) return comment === null ? [] : [indent + text.slice(comment.from)]
    const end = text.endsWith('\r') ? '\r' : ''
    return [indent + first + text.slice(to), ...others.map((other) => indent + other + end)]
  }

  /** The name as it is to be written; as it stands when that still means the node. */
  #name(mention: Mention): string | null {
    const id = this.#record(mention)
    const node = id === null ? undefined : this.#after.get(id)
    if (id === null || node === undefined) return null
    this.#mention(id)
    const spelt = this.#spelt.get(id) ?? ''
    const same = mention.name === node.name && (mention.id === id || (mention.id === null && !this.#needsId(node.name)))
    return same ? null : spelt
  }

  #bearers: ReadonlyMap<string, number> | null = null

  #needsId(name: string): boolean {
    if (this.#bearers === null) {
      const bearers = new Map<string, number>()
      for (const node of this.#after.values()) bearers.set(node.name, (bearers.get(node.name) ?? 0) + 1)
      this.#bearers = bearers
    }
    return (this.#bearers.get(name) ?? 0) > 1
  }

  /** Lines for nodes that no statement mentions any more, and for numbers of instances that none tells. */
  #placeNodes(): void {
    const lastHas = this.#lines.findLastIndex(({ statement }) => statement?.form === 'has')
    for (const node of this.#after.values()) {
      const missing = !this.#mentioned.has(node.id)
      const untold = node.kind === 'resource' && node.instances !== 1 && !this.#amountSaid.has(node.id)
      if (!missing && !untold) continue
      const place = node.kind === 'resource' && lastHas >= 0 ? lastHas : (this.#lastLine.get(node.id) ?? this.#end())
      this.#add(place, declaration(node, this.#spelt.get(node.id) ?? ''))
    }
  }

  #mention(...ids: readonly string[]): void {
    for (const id of ids) this.#mentioned.add(id)
  }

  #add(line: number, text: string): void {
    const placed = this.#lines[line]
    const indent = placed?.statement ? placed.text.slice(0, placed.statement.span.from) : ''
    push(this.#added, line, indent + text)
  }

  /** The last line with something in it. */
  #end(): number {
    return this.#lines.findLastIndex(({ text }) => text.trim() !== '')
  }
}

function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}
