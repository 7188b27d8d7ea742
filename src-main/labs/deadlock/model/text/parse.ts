// What a text means: statements of all lines put together, kinds found, counts added up. Several problems are told at
// once, each at its place. The language is described in format.ts.
import type { GraphModel } from '../../../../contract/document.ts'
import { RecordId } from '../../../../contract/document.ts'
import { MAX_DOCUMENT_RECORDS, MAX_INSTANCES } from '../../../../contract/limits.ts'
import type { DeadlockModel } from '../schema.ts'
import { type Kind, kindsOf } from './kinds-of.ts'
import { type PlacedLine, linksOf, splitLines } from './links.ts'
import type { Mention, Span } from './statement.ts'
import { type Complaint, textTexts as texts } from './texts.ts'

/** Something wrong, at a place of the text: offsets, and line and column from 1. */
export interface TextProblem extends Span, Complaint {
  line: number
  column: number
}

export interface ParsedText {
  /** missing while there are problems */
  model?: DeadlockModel
  /** ids of `model` by the keys of mentions */
  ids: ReadonlyMap<string, string>
  /** kinds of nodes by the keys of mentions, as far as they are known */
  kinds: ReadonlyMap<string, Kind>
  lines: readonly PlacedLine[]
  problems: readonly TextProblem[]
}

/** @returns the model when nothing is wrong, and all that is wrong otherwise, in the order of the text */
export function parseText(text: string): ParsedText {
  const lines = splitLines(text)
  const problems: TextProblem[] = []
  const say = (line: number, { from, to }: Span, complaint: Complaint): void => {
    const start = lines[line]?.start ?? 0
    problems.push({ from: start + from, to: start + to, line: line + 1, column: from + 1, ...complaint })
  }
  lines.forEach((line, index) => {
    for (const { from, to, message, remedy } of line.problems) say(index, { from, to }, { message, remedy })
  })
  const { kinds, order } = kindsOf(lines, say)
  const instances = instancesOf(lines, say)
  const ids = idsOf(order, kinds)
  const edges = edgesOf(lines, kinds, ids, say)
  if (order.size > MAX_DOCUMENT_RECORDS || edges.length > MAX_DOCUMENT_RECORDS)
    say(0, { from: 0, to: 0 }, texts.tooLarge)
  problems.sort((a, b) => a.from - b.from)
  if (problems.length > 0) return { ids, kinds, lines, problems }
  const nodes = [...order].map(([key, { name }]): DeadlockModel['nodes'][number] => {
    const id = ids.get(key) ?? ''
    return kinds.get(key) === 'process'
      ? { id, kind: 'process', name }
      : { id, kind: 'resource', name, instances: instances.get(key) ?? 1 }
  })
  return { model: { nodes, edges }, ids, kinds, lines, problems }
}

type Say = (line: number, span: Span, complaint: Complaint) => void

function instancesOf(lines: readonly PlacedLine[], say: Say): Map<string, number> {
  const found = new Map<string, { amount: number; line: number }>()
  lines.forEach(({ statement }, index) => {
    if (statement?.form !== 'has') return
    const { node, amount } = statement
    const earlier = found.get(node.key)
    if (earlier !== undefined) say(index, statement.span, texts.secondHas(node.name, earlier.line))
    else found.set(node.key, { amount: amount.value, line: index + 1 })
  })
  return new Map([...found].map(([key, { amount }]) => [key, amount]))
}

/** Ids for the nodes: the one behind @, else the name where it may be an id, else a number. */
function idsOf(order: ReadonlyMap<string, Mention>, kinds: ReadonlyMap<string, Kind>): Map<string, string> {
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  const take = (key: string, wanted: string): void => {
    if (ids.has(key) || taken.has(wanted) || !RecordId.safeParse(wanted).success) return
    taken.add(wanted)
    ids.set(key, wanted)
  }
  for (const [key, { id }] of order) if (id !== null) take(key, id)
  for (const [key, { name }] of order) take(key, name)
  const numbers = { process: 1, resource: 1 }
  for (const key of order.keys()) {
    const kind = kinds.get(key) ?? 'process'
    while (!ids.has(key)) take(key, `${kind === 'process' ? 'P' : 'R'}${numbers[kind]++}`)
  }
  return ids
}

function edgesOf(
  lines: readonly PlacedLine[],
  kinds: ReadonlyMap<string, Kind>,
  ids: ReadonlyMap<string, string>,
  say: Say,
): DeadlockModel['edges'] {
  const edges = new Map<string, DeadlockModel['edges'][number]>()
  const taken = new Set(ids.values())
  let number = 1
  lines.forEach(({ statement }, index) => {
    if (statement === null) return
    for (const link of linksOf(statement)) {
      const plain = kinds.get(link.from.key) === 'process' ? ('request' as const) : ('assignment' as const)
      const kind = link.kind === 'claim' ? link.kind : plain
      const [from, to] = [ids.get(link.from.key) ?? '', ids.get(link.to.key) ?? '']
      const pair = `${kind} ${from} ${to}`
      const edge = edges.get(pair)
      if (edge !== undefined && kind === 'claim') {
        say(index, link.to, texts.secondClaim(link.from.name, link.to.name))
        continue
      }
      if (edge !== undefined) {
        edge.count += link.count
        if (edge.count > MAX_INSTANCES) say(index, link.to, texts.tooMany(`${link.from.name} -> ${link.to.name}`))
        continue
      }
      while (taken.has(`e${number}`)) number += 1
      edges.set(pair, { id: `e${number++}`, kind, from, to, count: link.count })
    }
  })
  return [...edges.values()]
}

/** Whether two models are the same drawing up to ids: nodes by kind, name and instances, edges by their ends. */
export function sameMeaning(a: GraphModel, b: GraphModel, idOf: (id: string) => string | undefined): boolean {
  if (a.nodes.length !== b.nodes.length || a.edges.length !== b.edges.length) return false
  const nodes = new Map(b.nodes.map((node) => [node.id, node]))
  const edges = new Map(b.edges.map(({ kind, from, to, ...rest }) => [`${kind} ${from} ${to}`, rest['count']]))
  return (
    a.nodes.every((node) => {
      const other = nodes.get(idOf(node.id) ?? '')
      return other?.kind === node.kind && other.name === node.name && other['instances'] === node['instances']
    }) &&
    a.edges.every(({ kind, from, to, ...rest }) => edges.get(`${kind} ${idOf(from)} ${idOf(to)}`) === rest['count'])
  )
}
