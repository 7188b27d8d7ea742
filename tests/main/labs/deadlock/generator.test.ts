// Generated drawings have what was wanted, as brute force over the drawing finds it.
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { deadlock } from '../../../../src-main/labs/deadlock/index.ts'
import { generator } from '../../../../src-main/labs/deadlock/generators/index.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { makeDrawing } from '../../../../src-main/services/generators.ts'
import { reaches } from './small-graphs.ts'

type Values = Record<string, string | number>
const usual: Values = { processes: 5, types: 4, instances: 2, density: 40, behind: 1, rings: 2 }

/** Facts about a drawing, by plain repetition: who never finishes, and who of them is on a cycle of waiting. */
function facts({ nodes, edges }: DeadlockModel) {
  const types = nodes.flatMap((node) => (node.kind === 'resource' ? [node] : []))
  const free = new Map(types.map(({ id, instances }) => [id, instances]))
  for (const edge of edges) {
    if (edge.kind === 'assignment') free.set(edge.from, free.get(edge.from)! - edge.count)
  }
  const over = [...free.values()].some((units) => units < 0)
  const tooMuch = edges.some(
    (edge) => edge.kind === 'request' && edge.count > types.find(({ id }) => id === edge.to)!.instances,
  )
  const left = new Set(nodes.filter(({ kind }) => kind === 'process').map(({ id }) => id))
  const needs = (p: string): DeadlockModel['edges'] =>
    edges.filter((edge) => edge.kind === 'request' && edge.from === p && edge.count > free.get(edge.to)!)
  for (let again = true; again;) {
    again = false
    for (const p of left) {
      if (needs(p).length > 0) continue
      left.delete(p)
      for (const edge of edges)
        if (edge.to === p && edge.kind === 'assignment') free.set(edge.from, free.get(edge.from)! + edge.count)
      again = true
    }
  }
  const waitsFor = (p: string): string[] =>
    needs(p).flatMap(({ to }) =>
      edges.flatMap((edge) => (edge.kind === 'assignment' && edge.from === to && left.has(edge.to) ? [edge.to] : [])),
    )
  const ids = [...nodes.map(({ id }) => id)]
  const number = (id: string): number => ids.indexOf(id)
  const waiting = (p: number): number[] => waitsFor(ids[p]!).map(number)
  const onRing = [...left].filter((p) => reaches(waiting, number(p), number(p)))
  const groups = new Set(
    onRing.map((p) =>
      onRing.filter((q) => reaches(waiting, number(p), number(q)) && reaches(waiting, number(q), number(p))).join(' '),
    ),
  )
  const along = (v: number): number[] => edges.flatMap(({ from, to }) => (from === ids[v] ? [number(to)] : []))
  const cycle = ids.some((_, v) => reaches(along, v, v))
  return {
    sound: !over && !tooMuch,
    deadlocked: left.size,
    behind: left.size - onRing.length,
    rings: groups.size,
    cycle,
  }
}

const make = (values: Values, seed: number): DeadlockModel => generator.make({ ...usual, ...values }, seed).model

const seeds = Array.from({ length: 120 }, (_, seed) => seed)
/** different sizes for different seeds */
const sizes = (seed: number): Values => ({
  processes: 4 + (seed % 6),
  types: 4 + (seed % 4),
  instances: 2 + (seed % 3),
  density: (seed * 7) % 101,
})

describe('a generated drawing', () => {
  test('has a deadlock', () => {
    for (const seed of seeds) {
      const found = facts(make({ ...sizes(seed), property: 'deadlock' }, seed))
      expect(found.sound && found.deadlocked > 0 && found.rings > 0, `seed ${seed}`).toBe(true)
    }
  })

  test('has a cycle and no deadlock', () => {
    for (const seed of seeds) {
      const found = facts(make({ ...sizes(seed), property: 'harmless' }, seed))
      expect(found, `seed ${seed}`).toMatchObject({ sound: true, deadlocked: 0, cycle: true })
    }
  })

  test('has exactly so many processes behind', () => {
    for (const seed of seeds) {
      const behind = seed % 3
      const found = facts(make({ ...sizes(seed), property: 'behind', behind }, seed))
      expect(found.sound && found.rings > 0, `seed ${seed}`).toBe(true)
      expect(found.behind, `seed ${seed}`).toBe(behind)
    }
  })

  test('has exactly so many rings', () => {
    for (const seed of seeds) {
      const rings = 2 + (seed % 2)
      const found = facts(make({ ...sizes(seed), types: 7, processes: 8, property: 'rings', rings }, seed))
      expect(found, `seed ${seed}`).toMatchObject({ sound: true, rings })
    }
  })

  test('has no cycle', () => {
    let edges = 0
    for (const seed of seeds) {
      const model = make({ ...sizes(seed), property: 'acyclic' }, seed)
      edges += model.edges.length
      expect(facts(model), `seed ${seed}`).toMatchObject({ sound: true, deadlocked: 0, cycle: false })
    }
    expect(edges).toBeGreaterThan(seeds.length)
  })

  test('is the same for the same seed and another one for another seed', () => {
    const values = { ...usual, property: 'deadlock' }
    expect(generator.make(values, 7)).toEqual(generator.make(values, 7))
    const texts = new Set(seeds.map((seed) => JSON.stringify(generator.make(values, seed).model)))
    expect(texts.size).toBeGreaterThan(100)
  })

  test('fits the schema, has a place for each node, and no two nodes in one place', () => {
    for (const property of ['deadlock', 'harmless', 'behind', 'rings', 'acyclic']) {
      for (const seed of seeds.slice(0, 20)) {
        const { model, layout, title } = generator.make({ ...usual, property }, seed)
        expect(deadlock.model.schema.safeParse(model).success).toBe(true)
        expect(deadlock.model.faults(model)).toEqual([])
        expect(title).not.toMatch(/deadlock|cycle|ring/i)
        const places = model.nodes.map(({ id }) => layout!.positions[id]!)
        places.forEach((a, i) =>
          places.slice(i + 1).forEach((b) => expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(70)),
        )
      }
    }
  })

  test.each([
    [{ property: 'behind', behind: 4 }, 'behind', 'at most 3 of 5 can wait behind it, and 4 are wanted'],
    [{ property: 'deadlock', processes: 1 }, 'processes', 'two processes and two resource types'],
    [{ property: 'harmless', types: 1 }, 'types', 'two processes and two resource types'],
    [{ property: 'harmless', instances: 1 }, 'instances', 'a cycle is always a deadlock'],
    [{ property: 'rings', rings: 3 }, 'rings', '3 rings need 6 processes and as many resource types'],
    [{ property: 'deadlock', processes: 61 }, 'processes', 'a whole number from 1 to 60'],
    [{ property: 'luck' }, 'property', 'Choose one of: deadlock'],
  ])('is refused with the reason: %j', (values, at, sentence) => {
    let error: unknown
    try {
      makeDrawing(deadlock, 'graph', { ...usual, ...values }, 1)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(InterlockError)
    expect(error).toMatchObject({ code: 'bad-input', details: { at } })
    expect((error as InterlockError).message).toContain(sentence)
  })

  test('is refused by a name that no generator has', () => {
    expect(() => makeDrawing(deadlock, 'none', {}, 1)).toThrow('has no generator "none". It has: graph, banker.')
  })

  test('of the largest size is made within two seconds', () => {
    const start = performance.now()
    make({ property: 'rings', processes: 60, types: 60, instances: 9, density: 20, rings: 5 }, 1)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
