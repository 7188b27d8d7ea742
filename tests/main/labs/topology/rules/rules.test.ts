// Each rule on a drawing that breaks it and on the same drawing mended, and the checker as a whole.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeKindNames } from '../../../../../src-main/labs/topology/model/kind-names.ts'
import { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { check, rules } from '../../../../../src-main/labs/topology/rules/index.ts'
import { verdict } from '../../../../../src-main/labs/topology/verdict.ts'
import { pairs } from './drawings.ts'

const found = (drawing: unknown): string[] => [...new Set(check(readDrawing(drawing)).map(({ rule }) => rule.id))]

describe('each rule', () => {
  test('has a drawing that breaks it and one that does not', () => {
    expect(Object.keys(pairs).sort()).toEqual(rules.map(({ id }) => id).sort())
  })

  test.each(rules.map(({ id }) => id))('%s finds what it is about, and nothing once that is mended', (id) => {
    const { broken, clean } = pairs[id]!
    expect(found(broken)).toContain(id)
    expect(found(clean)).not.toContain(id)
  })

  test.each(rules.map(({ id }) => id))('%s speaks of the drawing by its names, in whole sentences', (id) => {
    const model = readDrawing(pairs[id]!.broken)
    const names = [...model.nodes.map(({ name }) => name)]
    for (const one of check(model).filter(({ rule }) => rule.id === id)) {
      expect(names.some((name) => one.sentence.includes(name))).toBe(true)
      expect(one.sentence).toMatch(/^[^ ].*\.$/s)
      expect(one.remedy).toMatch(/^[A-Z].*\.$/s)
      expect(one.at.length).toBeGreaterThan(0)
      const known = new Set([...model.nodes, ...model.edges].map((record) => record.id))
      for (const place of one.at) expect(known).toContain(place)
    }
  })

  test.each(rules.map(({ id }) => id))('%s is mended by the change it offers', (id) => {
    const model = readDrawing(pairs[id]!.broken)
    const fix = check(model).find(({ rule, fix: own }) => rule.id === id && own !== undefined)?.fix
    if (fix === undefined) return
    const before = check(model).filter(({ rule }) => rule.id === id).length
    const nodes = structuredClone(model.nodes) as Record<string, unknown>[]
    for (const edit of fix.edits) {
      if (edit.do === 'add') nodes.push(edit.node)
      else if (edit.do === 'set') nodes.find((node) => node['id'] === edit.id)![edit.field] = edit.value
    }
    const mended = TopologyModel.parse({ ...model, nodes })
    expect(check(mended).filter(({ rule }) => rule.id === id).length).toBeLessThan(before)
  })
})

test('a rule that is switched off is not asked, and the verdict says so', () => {
  const { broken } = pairs['P-3']!
  const model = { ...readDrawing(broken), muted: ['P-3'] }
  expect(check(model).map(({ rule }) => rule.id)).not.toContain('P-3')
  expect(verdict(model).evidence[0]?.title).toContain('1 is switched off')
})

test('an empty drawing is not judged, and a sound one says how many rules were asked', () => {
  expect(verdict({ nodes: [], edges: [] }).word).toBe('Nothing yet')
  const sound = verdict(readDrawing({ nodes: [{ kind: 'host', name: 'server' }] }))
  expect([sound.word, sound.mark]).toEqual(['Sound', 'free'])
  expect(sound.sentence).toContain(String(rules.length))
})

test('errors come before warnings and notes', () => {
  const all = Object.values(pairs).flatMap(({ broken }, index) => prefixed(readDrawing(broken), `d${index}`))
  const severities = check({ nodes: all.flatMap(({ nodes }) => nodes), edges: all.flatMap(({ edges }) => edges) }).map(
    ({ severity }) => severity,
  )
  expect(severities).toEqual([...severities].sort((a, b) => 'ewn'.indexOf(a[0]!) - 'ewn'.indexOf(b[0]!)))
  expect(new Set(severities)).toEqual(new Set(['error', 'warning', 'note']))
})

function prefixed(model: TopologyModel, by: string): TopologyModel[] {
  const now = (id: string): string => `${by}-${id}`
  const nodes = model.nodes.map((node) => ({
    ...node,
    id: now(node.id),
    ...(node.parent !== undefined && { parent: now(node.parent) }),
  }))
  const edges = model.edges.map((edge) => ({ ...edge, id: now(edge.id), from: now(edge.from), to: now(edge.to) }))
  return [{ nodes, edges } as TopologyModel]
}

test('never fails on anything that can be stored, whatever lies in what', () => {
  const drawings = fc
    .array(
      fc.record({
        kind: fc.constantFrom(...nodeKindNames),
        parent: fc.option(fc.nat(11), { nil: undefined }),
        flag: fc.boolean(),
      }),
      { maxLength: 12 },
    )
    .map((things) => ({
      nodes: things.map(({ kind, parent, flag }, index) => ({
        id: `n${index}`,
        kind,
        name: `N${index}`,
        ...(parent !== undefined && parent < things.length && { parent: `n${parent}` }),
        ...(kind === 'hypervisor' && { product: flag ? 'qemu' : 'kvm', usesKvm: flag }),
        ...(kind === 'process' && { listens: flag ? ':80' : '10.0.0.1:80' }),
        ...(kind === 'cgroup' && {
          passes: flag ? 'cpu' : '',
          controllers: 'cpu, memory',
          version: flag ? 'v1' : 'v2',
        }),
      })),
      edges: things.flatMap(({ flag }, index) =>
        flag && index > 0
          ? [{ id: `e${index}`, kind: index % 2 === 0 ? 'member' : 'migrates', from: `n${index}`, to: 'n0' }]
          : [],
      ),
    }))
  fc.assert(
    fc.property(drawings, (drawing) => {
      const model = TopologyModel.parse(drawing)
      for (const { sentence, at } of check(model)) expect(sentence.length * at.length).toBeGreaterThan(0)
      expect(verdict(model).diagnostics.length).toBeLessThan(62)
    }),
    { numRuns: 400 },
  )
})

test('containment agrees with a table that is looked up thing by thing', () => {
  const wrong = (kind: string, parent: string | null): string | null =>
    kind === 'vm' && parent !== 'hypervisor'
      ? 'P-1'
      : kind === 'engine' && ['host', 'hypervisor', 'vm'].includes(parent ?? '')
        ? 'P-6'
        : null
  for (const kind of ['vm', 'engine'] as const) {
    for (const parent of [null, 'host', 'os', 'hypervisor', 'vm'] as const) {
      const nodes = [
        ...(parent === null ? [] : [{ id: 'p', kind: parent, name: 'P' }]),
        { id: 'c', kind, name: 'C', ...(parent !== null && { parent: 'p' }) },
      ]
      const ids = check(TopologyModel.parse({ nodes, edges: [] })).flatMap(({ rule, at }) =>
        at[0] === 'c' ? [rule.id] : [],
      )
      const expected = wrong(kind, parent)
      expect(ids.filter((id) => id === 'P-1' || id === 'P-6')).toEqual(expected === null ? [] : [expected])
    }
  }
})
