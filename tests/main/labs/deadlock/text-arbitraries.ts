// Random drawings and changes of drawings for the tests of the text form: names of every kind, twins, words of the language.
import fc from 'fast-check'
import { MAX_INSTANCES } from '../../../../src-main/contract/limits.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'

const words = [
  'holds',
  'wants',
  'claims',
  '~>',
  'has',
  'process',
  'type',
  'and',
  'for',
  'asks',
  'requests',
  'x2',
  '×3',
  '7',
  '->',
  '#',
  'a@b',
  'P1',
]
const odd = [
  'CPU 1',
  'say "hi"',
  'back\\slash',
  '\\',
  '"',
  "O'Neill",
  'P₁',
  'процесс',
  '資源',
  '👩‍💻',
  'a\u00a0b',
  ' pad ',
  '\u2028',
  'x',
  'é',
]

export const nameOf: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('P1', 'P2', 'P3', 'R1', 'R2', 'R3', 'T1', 'x', 'y', 'z'),
  fc.constantFrom(...words, ...odd),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 8 })
    .filter((name) => name.length <= 200 && /^[^\u0000-\u001f\u007f]+$/.test(name)),
)
const idOf = fc.stringMatching(/^[A-Za-z0-9_.:~-]{1,6}$/).filter((id) => !(id in {}))
const count = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: MAX_INSTANCES }))

const kinds = fc.constantFrom('request' as const, 'assignment' as const, 'claim' as const)

/** Drawings that the schema and `faults` allow. */
export const drawing: fc.Arbitrary<DeadlockModel> = fc
  .record({
    nodes: fc.uniqueArray(fc.record({ id: idOf, name: nameOf, process: fc.boolean(), instances: count }), {
      selector: ({ id }) => id,
      maxLength: 7,
    }),
    pairs: fc.array(fc.record({ a: fc.nat(6), b: fc.nat(6), kind: kinds, count }), { maxLength: 10 }),
  })
  .map(({ nodes, pairs }) => ({
    nodes: nodes.map(({ id, name, process, instances }) =>
      process ? { id, kind: 'process' as const, name } : { id, kind: 'resource' as const, name, instances },
    ),
    edges: edgesFrom(nodes, pairs),
  }))

function edgesFrom(
  nodes: readonly { id: string; process: boolean }[],
  pairs: readonly { a: number; b: number; kind: DeadlockModel['edges'][number]['kind']; count: number }[],
): DeadlockModel['edges'] {
  const taken = new Set(nodes.map(({ id }) => id))
  const used = new Set<string>()
  return pairs.flatMap(({ a, b, kind, count: units }, index) => {
    const process = nodes.filter((node) => node.process)[a]
    const type = nodes.filter((node) => !node.process)[b]
    if (process === undefined || type === undefined) return []
    const [from, to] = kind === 'assignment' ? [type.id, process.id] : [process.id, type.id]
    const id = `edge-${index}`
    if (used.has(`${kind} ${from} ${to}`) || taken.has(id)) return []
    used.add(`${kind} ${from} ${to}`)
    return [{ id, kind, from, to, count: units }]
  })
}

/** What a drawing says, without ids: for comparing. Twins are told apart by what surrounds them. */
export function meaningOf(model: DeadlockModel): unknown {
  const node = new Map(model.nodes.map((each) => [each.id, each]))
  const edges = model.edges.map(({ kind, from, to, count: units }) => ({ kind, from, to, units }))
  const around = (id: string): string[] =>
    edges
      .filter(({ from, to }) => from === id || to === id)
      .map(({ kind, from, to, units }) =>
        JSON.stringify([kind, from === id, node.get(from === id ? to : from)?.name, units]),
      )
      .sort()
  return model.nodes
    .map((each) => JSON.stringify([each.kind, each.name, 'instances' in each ? each.instances : null, around(each.id)]))
    .sort()
}

export type Step = { what: number; at: number; to: number; count: number; name: string }
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ what: fc.nat(6), at: fc.nat(20), to: fc.nat(20), count, name: nameOf }),
  { minLength: 1, maxLength: 4 },
)

/** The drawing after some edits as a person makes them; ids stay. */
export function edited(model: DeadlockModel, list: readonly Step[]): DeadlockModel {
  let { nodes, edges } = structuredClone(model)
  list.forEach(({ what, at, to, count: units, name }, index) => {
    const node = nodes[at % Math.max(1, nodes.length)]
    const edge = edges[at % Math.max(1, edges.length)]
    if (what === 0 && node) node.name = name
    if (what === 1 && node?.kind === 'resource') node.instances = units
    if (what === 2 && edge) edge.count = units
    if (what === 3 && edge) edges = edges.filter((each) => each !== edge)
    if (what === 4 && node) {
      nodes = nodes.filter((each) => each !== node)
      edges = edges.filter((each) => each.from !== node.id && each.to !== node.id)
    }
    if (what === 5) {
      const id = `new-${index}`
      if (nodes.some((each) => each.id === id)) return
      nodes.push(at % 2 === 0 ? { id, kind: 'process', name } : { id, kind: 'resource', name, instances: units })
    }
    if (what === 6) {
      const process = nodes.filter(({ kind }) => kind === 'process')[at % 3]
      const type = nodes.filter(({ kind }) => kind === 'resource')[to % 3]
      if (process === undefined || type === undefined) return
      const kind = (['request', 'assignment', 'claim'] as const)[units % 3]!
      const [start, end] = kind === 'assignment' ? [type.id, process.id] : [process.id, type.id]
      if (edges.some((each) => each.kind === kind && each.from === start && each.to === end)) return
      const id = `added-${index}`
      edges.push({ id, kind, from: start, to: end, count: units })
    }
  })
  return { nodes, edges }
}
