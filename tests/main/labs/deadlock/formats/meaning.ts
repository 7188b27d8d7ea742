// What a drawing says, apart from ids, positions and the order of its records; and arbitrary drawings to compare by it.
import fc from 'fast-check'
import type { DeadlockModel } from '../../../../../src-main/labs/deadlock/model/schema.ts'

/** A drawing whose names are all different, as sorted lines. */
export function meaning(model: DeadlockModel): string[] {
  const names = new Map(model.nodes.map(({ id, name }) => [id, name]))
  return [
    ...model.nodes.map((node) => JSON.stringify([node.kind, node.name, node.kind === 'resource' ? node.instances : 0])),
    ...model.edges.map(({ kind, from, to, count }) => JSON.stringify([kind, names.get(from), names.get(to), count])),
  ].sort()
}

const kinds = fc.constantFrom('assignment' as const, 'request' as const, 'claim' as const)

/**
 * The same drawing with the maxima of tables: where one is declared at all, each process has one of each type that it
 * uses. A table of Max cannot leave out what is not declared.
 */
export function withAllMaxima(model: DeadlockModel): DeadlockModel {
  if (!model.edges.some(({ kind }) => kind === 'claim')) return model
  const pairOf = ({ kind, from, to }: DeadlockModel['edges'][number]): string =>
    kind === 'assignment' ? `${to} ${from}` : `${from} ${to}`
  const declared = new Set(model.edges.filter(({ kind }) => kind === 'claim').map(pairOf))
  const used = new Map<string, number>()
  for (const edge of model.edges) {
    if (edge.kind !== 'claim') used.set(pairOf(edge), (used.get(pairOf(edge)) ?? 0) + edge.count)
  }
  const added = [...used].flatMap(([pair, count]) => {
    const [from = '', to = ''] = pair.split(' ')
    return declared.has(pair) ? [] : [{ id: `max ${pair}`, kind: 'claim' as const, from, to, count }]
  })
  return { nodes: model.nodes, edges: [...model.edges, ...added] }
}

/** Drawings with names of any letters and signs, each used once. */
export function drawings(name: fc.Arbitrary<string>): fc.Arbitrary<DeadlockModel> {
  return fc
    .record({
      names: fc.uniqueArray(name, { minLength: 2, maxLength: 8 }),
      cut: fc.nat(),
      instances: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 8, maxLength: 8 }),
      units: fc.array(fc.tuple(fc.nat(7), fc.nat(7), kinds, fc.integer({ min: 1, max: 12 })), { maxLength: 14 }),
    })
    .map(({ names, cut, instances, units }) => {
      const processes = 1 + (cut % (names.length - 1))
      const nodes = names.map((text, index) =>
        index < processes
          ? { id: `P${index + 1}`, kind: 'process' as const, name: text }
          : { id: `R${index + 1}`, kind: 'resource' as const, name: text, instances: instances[index] ?? 1 },
      )
      const edges = new Map<string, DeadlockModel['edges'][number]>()
      for (const [p, r, kind, count] of units) {
        const process = `P${(p % processes) + 1}`
        const type = `R${processes + (r % (names.length - processes)) + 1}`
        const [from, to] = kind === 'assignment' ? [type, process] : [process, type]
        edges.set(`${kind} ${from} ${to}`, { id: `E${edges.size + 1}`, kind, from, to, count })
      }
      return { nodes, edges: [...edges.values()] }
    })
}

/** Names as the schema allows them, without blanks at their ends, which a text cannot keep. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      'P1',
      'R1',
      'R1 (3)',
      'x2',
      '"',
      '\\',
      'a\\',
      'a"b',
      '&amp;',
      'a|b',
      'a,b',
      'node',
      'é₁',
      '__proto__',
      '1',
      'a>b',
      'a~b',
      '*x*',
      '#7',
    ),
  )
  .map((name) => name.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, '').trim())
  .filter((name) => name !== '' && name.isWellFormed())
