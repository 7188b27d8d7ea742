// Victims against exhaustive subsets, what they cost, and recovery as a run: whichever way is taken, no deadlock is left.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { factors, methodIds, usualWeights } from '../../../../src-main/labs/deadlock/model/recovery.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { recover } from '../../../../src-main/labs/deadlock/operations/recover.ts'
import { recoveryOperation } from '../../../../src-main/labs/deadlock/operations/recovery.ts'
import { recovery } from '../../../../src-main/labs/deadlock/simulations/recovery.ts'
import { statementOf } from '../../../../src-main/simulation/lines.ts'

interface Table {
  available: number[]
  allocation: number[][]
  request: number[][]
}

const cells = (processes: number, types: number, most: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: most }), { minLength: types, maxLength: types }), {
    minLength: processes,
    maxLength: processes,
  })

const table: fc.Arbitrary<Table> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 }))
  .chain(([processes, types]) =>
    fc.record({
      available: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: types, maxLength: types }),
      allocation: cells(processes, types, 2),
      request: cells(processes, types, 3),
    }),
  )

/** Whether all but the killed can finish, tried again and again. */
function allFinish({ available, allocation, request }: Table, killed: readonly number[]): boolean {
  const work = [...available]
  const give = (p: number): void => allocation[p]!.forEach((units, type) => (work[type]! += units))
  killed.forEach(give)
  let left = allocation.map((_, p) => p).filter((p) => !killed.includes(p))
  for (;;) {
    const next = left.find((p) => request[p]!.every((units, type) => units <= work[type]!))
    if (next === undefined) return left.length === 0
    give(next)
    left = left.filter((p) => p !== next)
  }
}

const subsets = (of: readonly number[]): number[][] =>
  of.reduce<number[][]>((all, one) => [...all, ...all.map((set) => [...set, one])], [[]])

const stuckIn = (given: Table): number[] => {
  const all = given.allocation.map((_, p) => p)
  // Somebody is stuck when no order of the others helps: by leaving it out of who has to finish.
  const work = [...given.available]
  let left = all
  for (;;) {
    const next = left.find((p) => given.request[p]!.every((units, type) => units <= work[type]!))
    if (next === undefined) return left
    given.allocation[next]!.forEach((units, type) => (work[type]! += units))
    left = left.filter((p) => p !== next)
  }
}

describe('victims against all subsets', () => {
  test('the fewest: their number, and every set of that size', () => {
    let deadlocked = 0
    fc.assert(
      fc.property(table, (given) => {
        const said = recover.run(given)
        const stuck = stuckIn(given)
        expect(said.deadlocked).toEqual(stuck.map((p) => `P${p}`))
        const good = subsets(stuck).filter((set) => allFinish(given, set))
        const size = Math.min(...good.map((set) => set.length))
        expect(said.fewestVictims).toBe(size)
        const sets = good.filter((set) => set.length === size).map((set) => set.map((p) => `P${p}`).join())
        expect(said.victimSets.map((set) => set.join()).sort()).toEqual(sets.sort())
        expect(said.exact).toBe(true)
        if (stuck.length > 0) deadlocked += 1
      }),
      { numRuns: 500, seed: 1 },
    )
    expect(deadlocked).toBeGreaterThan(100)
  })

  test('the least cost', () => {
    fc.assert(
      fc.property(table, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }), (given, all) => {
        const costs = all.slice(0, given.allocation.length)
        const { cheapest } = recover.run({ ...given, costs })
        const of = (set: readonly number[]): number => set.reduce((sum, p) => sum + costs[p]!, 0)
        const good = subsets(stuckIn(given)).filter((set) => allFinish(given, set))
        expect(cheapest!.cost).toBe(Math.min(...good.map(of)))
        const victims = cheapest!.victims.map((name) => Number(name.slice(1)))
        expect(of(victims)).toBe(cheapest!.cost)
        expect(allFinish(given, victims)).toBe(true)
      }),
      { numRuns: 500, seed: 2 },
    )
  })

  test('beyond the size for which all are tried one set is found, it works, and it is said not to be proven', () => {
    const count = 40
    const ring = (shift: number) =>
      Array.from({ length: count }, (_, p) =>
        Array.from({ length: count }, (_, r) => (r === (p + shift) % count ? 1 : 0)),
      )
    const given = { available: Array<number>(count).fill(0), allocation: ring(0), request: ring(1) }
    const said = recover.run({ ...given, costs: Array.from({ length: count }, (_, p) => p + 1) })
    expect(said.exact).toBe(false)
    expect(said.victimSets).toHaveLength(1)
    expect(said.cheapest).toMatchObject({ victims: ['P0'], cost: 1, exact: false })
  })
})

/** A table as a drawing. */
function modelOf({ available, allocation, request }: Table): DeadlockModel {
  const total = available.map((free, r) => allocation.reduce((sum, own) => sum + own[r]!, free))
  const edges = (rows: number[][], kind: 'assignment' | 'request') =>
    rows.flatMap((row, p) =>
      row.flatMap((count, r) => {
        if (count === 0 || total[r] === 0) return []
        const [from, to] = kind === 'request' ? [`P${p}`, `R${r}`] : [`R${r}`, `P${p}`]
        return [{ id: `${kind}${p}-${r}`, kind, from, to, count }]
      }),
    )
  return {
    nodes: [
      ...allocation.map((_, p) => ({ id: `P${p}`, kind: 'process' as const, name: `P${p}`, priority: p, cpu: 3 * p })),
      ...total.flatMap((instances, r) =>
        instances === 0 ? [] : [{ id: `R${r}`, kind: 'resource' as const, name: `R${r}`, instances }],
      ),
    ],
    edges: [...edges(allocation, 'assignment'), ...edges(request, 'request')] as DeadlockModel['edges'],
  }
}

describe('ways to recover', () => {
  test('all leave no deadlock, cost what their victims cost, and none is cheaper than the cheapest set', () => {
    let found = 0
    fc.assert(
      fc.property(table, (given) => {
        const model = modelOf(given)
        const output = recoveryOperation.run({ model })
        if (output.ranking.length === 0) {
          expect(output.methods).toEqual([])
          return
        }
        found += 1
        const costOf = new Map(output.ranking.map(({ id, cost }) => [id, cost]))
        for (const { method, events, victims, cost, detections } of output.methods) {
          let state = recovery.init(model, 1)
          for (const event of events) state = recovery.apply(state, event)
          expect(state.known, method).toBe(true)
          expect(state.looked.stuck, method).toEqual([])
          expect(events.filter(({ type }) => type === 'detect')).toHaveLength(detections)
          const kills = events.every(({ type }) => type !== 'preempt')
          if (method === 'least-cost' || method === 'all') {
            expect(cost).toBe(victims.reduce((sum, id) => sum + costOf.get(id)!, 0))
          }
          if (method === 'least-cost') expect(cost).toBe(output.leastCost.cost)
          // Victims taken one by one end the deadlock too, so together they cost at least as much as the cheapest set.
          if (kills) {
            const sum = victims.reduce((all, id) => all + costOf.get(id)!, 0)
            expect(sum, method).toBeGreaterThanOrEqual(output.leastCost.cost)
          }
        }
        expect(output.methods.map(({ method }) => method)).toEqual(methodIds)
      }),
      { numRuns: 300, seed: 3 },
    )
    expect(found).toBeGreaterThan(100)
  })

  test('an end takes the lines away and counts, a preemption turns a holding into a request', () => {
    const ring = modelOf({ available: [0, 0], allocation: [[1, 0], [0, 1]], request: [[0, 1], [1, 0]] }) // prettier-ignore
    let state = recovery.apply(recovery.init(ring, 1), { type: 'detect' })
    const killed = recovery.apply(state, { type: 'kill', process: 'P0' })
    expect(killed.looked.model.edges.map(({ id }) => id)).toEqual(['assignment1-1', 'request1-0'])
    expect(killed.looked.model.nodes[0]).toMatchObject({ id: 'P0', kills: 1 })
    state = recovery.apply(state, { type: 'preempt', process: 'P1', resource: 'R1', count: 1 })
    expect(state.looked.model.edges.filter(({ from, to }) => from === 'R1' || to === 'R1')).toEqual([
      { id: 'request0-1', kind: 'request', from: 'P0', to: 'R1', count: 1 },
      expect.objectContaining({ kind: 'request', from: 'P1', to: 'R1', count: 1 }),
    ])
    expect(recovery.apply(state, { type: 'detect' }).looked.stuck).toEqual([])
  })

  test('every event is refused with its reason where it makes no sense', () => {
    const ring = modelOf({ available: [0, 0, 1], allocation: [[1, 0, 0], [0, 1, 0], [0, 0, 0]], request: [[0, 1, 0], [1, 0, 0], [0, 0, 0]] }) // prettier-ignore
    const start = recovery.init(ring, 1)
    const looked = recovery.apply(start, { type: 'detect' })
    const refusal = (state: typeof start, event: Parameters<typeof recovery.apply>[1]): string => {
      try {
        recovery.apply(state, event)
        return 'done'
      } catch (error) {
        return error instanceof InterlockError && error.code === 'bad-event' ? error.message : String(error)
      }
    }
    expect(refusal(start, { type: 'kill', process: 'P0' })).toContain('Run the detection first')
    expect(refusal(looked, { type: 'detect' })).toContain('nothing has changed')
    expect(refusal(looked, { type: 'kill', process: 'P2' })).toContain('P2 is not in the deadlock')
    expect(refusal(looked, { type: 'kill', process: 'P9' })).toContain('P9')
    expect(refusal(looked, { type: 'preempt', process: 'P0', resource: 'R0', count: 2 })).toContain(
      'holds 1 unit of R0',
    )
    const free = recovery.apply(recovery.apply(looked, { type: 'kill-all' }), { type: 'detect' })
    expect(refusal(free, { type: 'kill-all' })).toContain('No deadlock')
    expect(recovery.enabled(free)).toEqual([])
  })

  test('lines of a script are read as what was written', () => {
    fc.assert(
      fc.property(table, (given) => {
        let state = recovery.init(modelOf(given), 1)
        for (let step = 0; step < 12; step += 1) {
          const possible = recovery.enabled(state)
          for (const event of possible) {
            const line = recovery.write!(event, state)
            expect(recovery.read!(statementOf(line)!.text, state)).toEqual(event)
            expect(recovery.describe(event, state).text).toMatch(/^[A-Z0-9].*\.$/)
          }
          const next = possible.at(-1)
          if (next === undefined) break
          state = recovery.apply(state, next)
          expect(recovery.view(state).table.rows).toHaveLength(given.allocation.length)
        }
      }),
      { numRuns: 60, seed: 4 },
    )
    const state = recovery.init(modelOf({ available: [0], allocation: [[1]], request: [[1]] }), 1)
    expect(() => recovery.read!('shoot P0', state)).toThrow('kill P1')
  })
})

describe('costs', () => {
  const given = { available: [0, 0], allocation: [[1, 0], [0, 1]], request: [[0, 1], [1, 0]] } // prettier-ignore

  test('are the sum of weight times value, and never below nothing', () => {
    const weights = { each: 1, priority: 2, cpu: 3, held: 5, needed: 7, behind: 11, kills: 13 }
    const { ranking } = recoveryOperation.run({ model: modelOf(given), weights })
    expect(ranking.map(({ id, cost }) => [id, cost])).toEqual([
      ['P0', 1 + 5 + 7 + 11],
      ['P1', 1 + 2 + 9 + 5 + 7 + 11],
    ])
    const least = recoveryOperation.run({ model: modelOf(given), weights: { each: -100 } }).ranking
    expect(least.map(({ cost }) => cost)).toEqual([0, 0])
  })

  test('count kills so far, so that the same process is not always the victim', () => {
    const model = modelOf(given)
    const first = (kills: number): string => {
      const nodes = model.nodes.map((node) => (node.id === 'P0' ? { ...node, kills } : node))
      return recoveryOperation.run({ model: { ...model, nodes } }).ranking[0]!.id
    }
    expect([0, 1, 2].map(first)).toEqual(['P0', 'P0', 'P1'])
    expect(factors.map(({ id }) => id).sort()).toEqual(Object.keys(usualWeights).sort())
  })

  test.each([
    [{ weights: { age: 1 } }, 'no factor “age”'],
    [{ weights: { cpu: 0.5 } }, 'whole number'],
    [{ weights: { cpu: 101 } }, 'to 100'],
    [{ weights: 3 }, 'object'],
    [{ model: { nodes: [] } }, 'model'],
    [{ assignment: ['R1>P1', 'R1>P2'] }, 'More units are assigned'],
  ])('refuse %j', (change, part) => {
    const input = { processes: ['P1', 'P2'], resources: { R1: 1 }, ...change }
    expect(() => recoveryOperation.run(input)).toThrow(part)
  })
})
