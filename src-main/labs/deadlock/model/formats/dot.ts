// The drawing as Graphviz DOT: circles are processes, boxes are resource types, counts and instances stand in labels.
// Reads what other people's tools write: any shapes that tell the two kinds apart, labels of many makes.
import type { Layout } from '../../../../contract/document.ts'
import type { TextFormat } from '../../../../contract/lab.ts'
import { MAX_INSTANCES } from '../../../../contract/limits.ts'
import { type DotEdge, type DotGraph, type DotNode, plainLabel, readDot } from '../../../../formats/dot/read.ts'
import { dotIds, dotLabel } from '../../../../formats/dot/write.ts'
import { oneLine, refuseAt } from '../../../../formats/refusal.ts'
import type { DeadlockModel } from '../schema.ts'
import { Builder, listed } from './builder.ts'
import { texts } from './texts.ts'

/** Points of Graphviz for one unit of the canvas; 96 units are an inch. */
const POINTS = 0.75

/** A longer name would blow a circle up. */
const LONG = 8

type Kind = 'process' | 'resource'

export const dot: TextFormat<DeadlockModel> = {
  id: 'dot',
  label: texts.labels.dot,
  extensions: ['dot', 'gv'],
  media: 'text/vnd.graphviz',
  recognises: (text, name) =>
    /\.(?:dot|gv)$/i.test(name) ||
    /^(?:\s|\/\/.*\n|#.*\n|\/\*[\s\S]*?\*\/)*(?:strict\s+)?(?:di)?graph\b[^{\n]*\s*\{/i.test(text.slice(0, 20_000)),
  read: (text) => readGraph(readDot(text)),
  write({ model, layout, title, verdict }) {
    const { processes, types, pairs } = listed(model)
    const nodes = [...processes, ...types]
    const ids = dotIds(nodes.map(({ name }) => name))
    const idOf = new Map(nodes.map((node, index) => [node.id, ids[index] ?? '']))
    const lines = [`digraph ${dotLabel(title === '' ? 'Interlock' : oneLine(title))} {`]
    if (verdict !== null) lines.push(`  // ${oneLine(verdict)}`)
    lines.push('  graph [inputscale=72];', '  node [fontname="Helvetica"];', '  edge [fontname="Helvetica"];', '')
    for (const node of nodes) {
      const id = idOf.get(node.id) ?? ''
      const at = Object.hasOwn(layout.positions, node.id) ? layout.positions[node.id] : undefined
      const label = node.kind === 'resource' ? `${node.name} (${node.instances})` : node.name
      const attributes = [
        `shape=${node.kind === 'resource' ? 'box' : label.length > LONG ? 'ellipse' : 'circle'}`,
        ...(label === id ? [] : [`label=${dotLabel(label)}`]),
        ...(at === undefined ? [] : [`pos="${points(at.x)},${points(-at.y)}!"`]),
      ]
      lines.push(`  ${id} [${attributes.join(', ')}];`)
    }
    lines.push('')
    const idAt = (node: { id: string } | undefined): string => idOf.get(node?.id ?? '') ?? ''
    for (const pair of pairs) {
      const [process, type] = [idAt(processes[pair.process]), idAt(types[pair.type])]
      for (const [from, to, count, style] of [
        [type, process, pair.held, []],
        [process, type, pair.asked, []],
        [process, type, pair.claimed, ['style=dashed']],
      ] as const) {
        const attributes = [...style, ...(count === 1 ? [] : [`label="${count}"`])]
        const list = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`
        if (count > 0) lines.push(`  ${from} -> ${to}${list};`)
      }
    }
    return `${lines.join('\n')}\n}\n`
  },
}

const points = (units: number): number => Math.round(units * POINTS * 100) / 100 + 0

function readGraph(graph: DotGraph): ReturnType<NonNullable<typeof dot.read>> {
  if (graph.nodes.length === 0) refuseAt({ line: 1, column: 1 }, texts.dot.empty)
  const builder = new Builder()
  const labels = new Map(graph.nodes.map((node) => [node.id, labelOf(node)]))
  const { kinds, byName } = kindsOf(graph, labels)
  const ids = new Map<string, string>()
  const unsaid: string[] = []
  for (const node of graph.nodes) {
    const label = labels.get(node.id) ?? node.id
    if (kinds.get(node.id) === 'process') {
      ids.set(node.id, builder.process(label))
      continue
    }
    const { name, instances } = typeLabel(node, label)
    if (instances !== null && (instances < 1 || instances > MAX_INSTANCES)) {
      refuseAt(node.place, texts.dot.instances(name))
    }
    const id = builder.type(name, instances ?? 1)
    ids.set(node.id, id)
    if (instances === null) unsaid.push(id)
  }
  let strange = 0
  for (const edge of graph.edges) {
    const [from, to] = [kinds.get(edge.from), kinds.get(edge.to)]
    if (from === undefined || from === to) {
      const [a, b] = [labels.get(edge.from) ?? edge.from, labels.get(edge.to) ?? edge.to]
      return refuseAt(edge.place, texts.dot.joins(a, b, from ?? 'process'))
    }
    const count = countOf(edge)
    if (count === null) strange += 1
    const [process, type] = from === 'process' ? [edge.from, edge.to] : [edge.to, edge.from]
    const claims =
      from === 'process' &&
      edge.attributes
        .get('style')
        ?.split(',')
        .some((one) => one.trim() === 'dashed')
    const kind = claims === true ? 'claim' : from === 'process' ? 'request' : 'assignment'
    builder.units(kind, ids.get(process) ?? '', ids.get(type) ?? '', count ?? 1)
  }
  const raised = builder.guessInstances(unsaid)
  const remarks = [
    ...builder.remarks,
    ...(byName.length > 0 ? [texts.remarks.byName(byName)] : []),
    ...(raised.length > 0 ? [texts.remarks.guessed(raised)] : []),
    ...(strange > 0 ? [texts.remarks.strangeLabels(strange)] : []),
  ]
  const layout = layoutOf(graph, ids)
  const title = graph.title === 'G' || graph.title === 'Interlock' ? '' : oneLine(graph.title)
  return { model: builder.model, ...(layout && { layout }), ...(title === '' ? {} : { title }), remarks }
}

const shapes: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(
    ['circle', 'ellipse', 'oval', 'doublecircle', 'mcircle', 'point', 'egg'].map((shape) => [
      shape,
      'process' as const,
    ]),
  ),
  ...Object.fromEntries(
    [
      'box',
      'square',
      'rect',
      'rectangle',
      'record',
      'mrecord',
      'msquare',
      'box3d',
      'plain',
      'plaintext',
      'none',
      'folder',
      'component',
    ].map((shape) => [shape, 'resource' as const]),
  ),
}

/**
 * What each node is: by its shape, else by what it is joined to, else by the first letter of its name.
 * `byName` are the names of nodes that only the letter decided.
 */
function kindsOf(graph: DotGraph, labels: ReadonlyMap<string, string>): { kinds: Map<string, Kind>; byName: string[] } {
  const kinds = new Map<string, Kind>()
  const around = new Map<string, string[]>(graph.nodes.map(({ id }) => [id, []]))
  for (const { from, to } of graph.edges) {
    around.get(from)?.push(to)
    around.get(to)?.push(from)
  }
  const settle = (start: string, kind: Kind): void => {
    kinds.set(start, kind)
    const todo = [start]
    for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
      const other = kinds.get(id) === 'process' ? 'resource' : 'process'
      for (const next of around.get(id) ?? []) {
        if (kinds.has(next) || shapeOf.has(next)) continue
        kinds.set(next, other)
        todo.push(next)
      }
    }
  }
  const shapeOf = new Map<string, Kind>()
  for (const { id, attributes } of graph.nodes) {
    const kind = shapes[(attributes.get('shape') ?? '').toLowerCase()]
    if (kind !== undefined) shapeOf.set(id, kind)
  }
  for (const [id, kind] of shapeOf) settle(id, kind)
  const byName: string[] = []
  for (const node of graph.nodes) {
    if (kinds.has(node.id)) continue
    const name = labels.get(node.id) ?? node.id
    const letter = [/^[^\p{L}]*(\p{L})/u.exec(name)?.[1], /^(\p{L})/u.exec(node.id)?.[1]]
      .map((first) => first?.toLowerCase())
      .find((first) => first === 'p' || first === 'r' || first === 't')
    if (letter === undefined) return refuseAt(node.place, texts.dot.kind(name))
    byName.push(name)
    settle(node.id, letter === 'p' ? 'process' : 'resource')
  }
  return { kinds, byName }
}

/** The text of a node; the fields of a record are parted by line ends. */
function labelOf({ id, attributes }: DotNode): string {
  const given = attributes.get('label')
  if (given === undefined || given.trim() === '') return id
  if (!/^m?record$/i.test(attributes.get('shape') ?? '')) return plainLabel(given, id) || id
  const fields = given
    .replace(/\\([{}|<>])/g, (_, char: string) => `\\${char}`)
    .split(/(?<!\\)[{}|]/)
    .map((field) => plainLabel(field.replace(/^\s*<[^>]*>/, ''), id))
  return fields.filter((field) => field !== '').join('\n') || id
}

/** Name and instances of a type: "R1 (3)", "R1 x3", "R1 = 3", "R1: 3", a number or dots on a line of their own, or an attribute. */
function typeLabel({ attributes }: DotNode, label: string): { name: string; instances: number | null } {
  const lines = label.split('\n').map((line) => line.trim())
  const attribute = attributes.get('instances') ?? attributes.get('units') ?? attributes.get('capacity')
  const said = attribute !== undefined && /^\d+$/.test(attribute) ? Number(attribute) : null
  const inLine =
    /^(.*\S)\s*(?:\(\s*(\d+)\s*(?:units?|instances?)?\s*\)|\[\s*(\d+)\s*\]|\s[x×*]\s*(\d+)|[=:]\s*(\d+))$/su.exec(
      lines[0] ?? '',
    )
  if (inLine !== null) {
    const digits = inLine[2] ?? inLine[3] ?? inLine[4] ?? inLine[5] ?? ''
    return { name: inLine[1] ?? label, instances: said ?? Number(digits) }
  }
  const rest = lines.slice(1).filter((line) => line !== '')
  if (rest.length === 0) return { name: lines.join(' '), instances: said }
  const joined = rest.join(' ')
  const digits = /^(?:[x×*]\s*|\(\s*)?(\d+)\s*(?:units?|instances?)?\s*\)?$/i.exec(joined)
  if (digits !== null) return { name: lines[0] ?? label, instances: said ?? Number(digits[1]) }
  if (/^[\s●○•∙◦·.*o]+$/u.test(joined)) {
    return { name: lines[0] ?? label, instances: said ?? joined.replace(/\s/g, '').length }
  }
  return { name: lines.join(' '), instances: said }
}

/** Units of an arrow; 1 when nothing is said, null when a label says something else. */
function countOf({ attributes, place }: DotEdge): number | null {
  const label = plainLabel(attributes.get('label') ?? attributes.get('xlabel') ?? attributes.get('count') ?? '', '')
  if (label === '') return 1
  const digits = /^(?:[x×*]\s*)?(\d+)(?:\s*[x×*]|\s*units?)?$/iu.exec(label)?.[1]
  if (digits === undefined || Number(digits) === 0) return null
  if (Number(digits) > MAX_INSTANCES) refuseAt(place, texts.dot.count(label))
  return Number(digits)
}

/** Positions in canvas units; null when no node has one. Graphviz measures in points or, with a scale, in its parts. */
function layoutOf(graph: DotGraph, ids: ReadonlyMap<string, string>): Layout | null {
  const given = Number(graph.attributes.get('inputscale') ?? Number.NaN)
  const found = graph.nodes.flatMap(({ id, attributes }) => {
    const match = /^\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*,\s*(-?[\d.]+(?:e[+-]?\d+)?)/i.exec(attributes.get('pos') ?? '')
    const [x, y] = [Number(match?.[1]), Number(match?.[2])]
    return Number.isFinite(x) && Number.isFinite(y) && match !== null ? [{ id: ids.get(id) ?? '', x, y }] : []
  })
  if (found.length === 0) return null
  const reach = found.reduce((most, { x, y }) => Math.max(most, Math.abs(x), Math.abs(y)), 0)
  // Without a scale, positions written by hand are inches and those that Graphviz computed are points.
  const perInch = given > 0 ? given : reach < 30 ? 1 : 72
  const scale = 72 / POINTS / perInch
  return {
    positions: Object.fromEntries(found.map(({ id, x, y }) => [id, { x: rounded(x * scale), y: rounded(-y * scale) }])),
  }
}

const rounded = (value: number): number => Math.round(Math.max(-1e9, Math.min(1e9, value)) * 100) / 100 + 0
