// Declared maxima: what they do to verdict, picture, matrices and runs, and what they must leave alone. Long, since all of
// them are tried on the same states.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { deadlockModel } from '../../../../src-main/labs/deadlock/model/index.ts'
import { matricesOf, withCells } from '../../../../src-main/labs/deadlock/model/matrices.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { repairs } from '../../../../src-main/labs/deadlock/repairs/index.ts'
import { events } from '../../../../src-main/labs/deadlock/simulations/events.ts'
import { reduction } from '../../../../src-main/labs/deadlock/simulations/reduction.ts'
import { diagnose, verdict } from '../../../../src-main/labs/deadlock/verdict.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { deepFreeze, draw } from './drawing.ts'

const group = (model: DeadlockModel, id: string) => verdict(model).evidence.find((one) => one.id === id)

interface Table {
  free: number[]
  held: number[][]
  max: number[][]
}

/** States of up to four processes and three types, with what is available, held and declared. */
const tables: fc.Arbitrary<Table> = fc
  .record({ n: fc.integer({ min: 1, max: 4 }), m: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, m }) => {
    const row = (min: number, max: number) => fc.array(fc.integer({ min, max }), { minLength: m, maxLength: m })
    const rows = fc.array(row(0, 2), { minLength: n, maxLength: n })
    return fc.record({ free: row(0, 3), held: rows, more: rows })
  })
  .map(({ free, held, more }) => ({
    free: free.map((units, t) => (held.every((row) => row[t] === 0) ? Math.max(1, units) : units)),
    held,
    max: held.map((row, p) => row.map((units, t) => units + (more[p]?.[t] ?? 0))),
  }))

function drawn({ free, held, max }: Table, requests: string[] = []): DeadlockModel {
  const total = free.map((units, t) => held.reduce((sum, row) => sum + row[t]!, units))
  const list = (table: number[][], edge: (p: number, t: number) => string): string[] =>
    table.flatMap((row, p) => row.flatMap((units, t) => (units === 0 ? [] : [`${edge(p, t)} x${units}`])))
  return draw(
    held.map((_, p) => `P${p}`),
    Object.fromEntries(total.map((units, t) => [`R${t}`, units])),
    [...list(held, (p, t) => `R${t}>P${p}`), ...list(max, (p, t) => `P${p}~R${t}`), ...requests],
  )
}

function permutations(of: readonly number[]): number[][] {
  return of.length === 0 ? [[]] : of.flatMap((one) => permutations(of.filter((x) => x !== one)).map((p) => [one, ...p]))
}

/** How many orders let everybody get the whole maximum, by trying all of them. */
function safeOrders({ free, held, max }: Table): number {
  return permutations(held.map((_, p) => p)).filter((order) => {
    const work = [...free]
    return order.every((p) => {
      if (max[p]!.some((units, t) => units - held[p]![t]! > work[t]!)) return false
      held[p]!.forEach((units, t) => (work[t]! += units))
      return true
    })
  }).length
}

// Three processes, two types; the units that are free fit the Need of each of the first two.
const safe = ['R1>P1 x2', 'R1>P2', 'R2>P2', 'R1>P3', 'R2>P3']
const maxima = ['P1~R1 x4', 'P1~R2 x2', 'P2~R1 x3', 'P2~R2 x3', 'P3~R1 x5', 'P3~R2 x4']
const state = (...edges: string[]): DeadlockModel =>
  draw(['P1', 'P2', 'P3'], { R1: 6, R2: 4 }, [...safe, ...maxima, ...edges])

describe('a verdict with declared maxima', () => {
  test('is safe exactly when some order of all lets everybody have the maximum, and tells how many there are', () => {
    fc.assert(
      fc.property(tables, (table) => {
        fc.pre(table.max.flat().some((units) => units > 0))
        const model = drawn(table)
        const orders = safeOrders(table)
        const { word, mark } = verdict(model)
        expect([word, mark]).toEqual(orders > 0 ? ['Safe', 'free'] : ['Unsafe', 'unsafe'])
        const title = group(model, 'safe-order')?.title
        expect(title).toBe(
          orders === 0 ? 'No safe order' : orders === 1 ? 'The only safe order' : `A safe order, one of ${orders}`,
        )
      }),
      { numRuns: 300 },
    )
  })

  test('calls exactly the same drawings deadlocked as without them', () => {
    const asked = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.integer({ min: 1, max: 3 })), { maxLength: 5 })
    fc.assert(
      fc.property(tables, asked, (table, list) => {
        const requests = new Map(
          list.map(([p, t, units]) => [
            `P${p % table.held.length}>R${t % table.free.length}`,
            Math.max(1, Math.min(units, table.free[t % table.free.length]! + 1)),
          ]),
        )
        const model = drawn(
          table,
          [...requests].map(([edge, units]) => `${edge} x${units}`),
        )
        const plain = { ...model, edges: model.edges.filter(({ kind }) => kind !== 'claim') }
        expect(verdict(model).word === 'Deadlock').toBe(verdict(plain).word === 'Deadlock')
      }),
    )
  })

  test('shows an order with Work, and answers each request by the three tests', () => {
    const model = state('P1>R2', 'P3>R1', 'P2>R1 x3')
    expect(verdict(model)).toMatchObject({
      word: 'Safe',
      sentence: 'Whatever they ask for within their maxima, all can finish: P1, then P2, then P3.',
    })
    const order = group(state(), 'safe-order')
    expect(order?.items.map(({ text, detail }) => `${text} | ${detail}`)).toEqual([
      'At the start | Work: R1 2, R2 2',
      'P1 can have all it may need (R1 2, R2 2) and finish | Work: R1 4, R2 2',
      'P2 can have all it may need (R1 2, R2 2) and finish | Work: R1 5, R2 3',
      'P3 can have all it may need (R1 4, R2 3) and finish | Work: R1 6, R2 4',
    ])
    expect(group(model, 'requests')?.items.map(({ text, detail, mark }) => [text, detail, mark])).toEqual([
      ['P1 asks for 1 of R2: can be granted, and all stays safe', undefined, 'free'],
      ['P2 asks for 3 of R1: has to wait', '3 of R1 are asked for; the limit is 2', 'behind'],
      [
        'P3 asks for 1 of R1: is refused for now: the state would be unsafe afterwards',
        'After it, if all asked for their maximum, P1, P2 and P3 could not finish.',
        'unsafe',
      ],
    ])
  })

  test('keeps unsafe and deadlocked apart, in words and in marks', () => {
    const unsafe = draw(['P1', 'P2', 'P3'], { R1: 6, R2: 4 }, [...safe.with(3, 'R1>P3 x2'), ...maxima])
    expect(verdict(unsafe)).toMatchObject({
      word: 'Unsafe',
      mark: 'unsafe',
      marks: { P1: 'unsafe', P2: 'unsafe', P3: 'unsafe' },
      sentence:
        'No deadlock, but if all asked for their whole maximum, P1, P2 and P3 could not finish. Nobody has to wait now.',
    })
    const ring = draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['R1>P1', 'R2>P2', 'P1~R2', 'P2~R1', 'P1>R2', 'P2>R1'])
    expect(verdict(ring)).toMatchObject({ word: 'Deadlock', mark: 'ring' })
    expect(verdict(draw(['P1'], { R1: 1 }, ['R1>P1'])).word).toBe('No deadlock')
  })

  test('leaves what would break a deadlock as it is', () => {
    const ring = draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['R1>P1', 'R2>P2', 'P1>R2', 'P2>R1'])
    const claims = draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['P1~R2', 'P2~R1', 'P2~R2']).edges
    const both = { ...ring, edges: [...claims.map((edge) => ({ ...edge, id: `c-${edge.id}` })), ...ring.edges] }
    expect(repairs(ring).repairs.length).toBeGreaterThan(0)
    expect(repairs(both)).toEqual(repairs(ring))
  })

  test('names claims that cannot be, with what to do', () => {
    const model = draw(['P1', 'P2'], { R1: 2 }, ['P1~R1 x3', 'P2~R1', 'R1>P2', 'P2>R1'])
    expect(diagnose(model)).toEqual([
      {
        severity: 'error',
        at: ['e1', 'P1', 'R1'],
        sentence: 'P1 claims 3 units of R1, and only 2 exist.',
        remedy: 'Claim 2 at most, or give R1 more instances.',
      },
      {
        severity: 'error',
        at: ['e2', 'P2', 'R1'],
        sentence: 'P2 holds and asks for 2 units of R1, and has declared 1 at most.',
        remedy: 'Declare 2, or take a request away.',
      },
    ])
  })

  test('comes quickly for many processes that could finish in very many orders', () => {
    const n = 450
    const model = drawn({
      free: [3, 2],
      held: Array.from({ length: n }, (_, p) => [p % 3, 1]),
      max: Array.from({ length: n }, (_, p) => [(p % 3) + (p % 4), 1 + (p % 3)]),
    })
    const start = performance.now()
    expect(group(model, 'safe-order')?.title).toMatch(/^A safe order, one of more than [\d,^]+$/)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('the picture of a claim', () => {
  const layout = { positions: { P1: { x: 0, y: 0 }, R1: { x: 200, y: 0 } } }
  const edges = (...list: string[]) =>
    deadlockModel.picture(deepFreeze(draw(['P1'], { R1: 5 }, list)), layout, {}).edges

  test('is dashed with an open arrow, and says the maximum above 1', () => {
    expect(edges('P1~R1 x3')).toMatchObject([{ kind: 'claim', line: 'dashed', arrow: 'open', label: 'max 3', bend: 0 }])
    expect(edges('P1~R1')).toMatchObject([{ line: 'dashed', label: '' }])
    expect(edges('P1>R1')).toMatchObject([{ line: 'solid' }])
  })

  test('goes when all that was declared is held or asked for', () => {
    expect(edges('P1~R1 x3', 'R1>P1 x2').map(({ kind }) => kind)).toEqual(['claim', 'assignment'])
    expect(edges('P1~R1 x3', 'R1>P1 x2', 'P1>R1').map(({ kind }) => kind)).toEqual(['assignment', 'request'])
  })

  test('lies on no other line of its pair', () => {
    // A bow to the left of the one direction lies on the other side of the opposite one.
    const sides = edges('P1~R1 x5', 'R1>P1 x2', 'P1>R1').map(({ kind, bend }) => (kind === 'assignment' ? -bend : bend))
    expect(new Set(sides).size).toBe(3)
    expect(edges('P1~R1 x5', 'P1>R1').map(({ bend }) => bend)).toEqual([20, 0])
  })
})

describe('the matrices of a drawing with claims', () => {
  test('have Max and Need for each pair, declared or not', () => {
    const matrices = matricesOf(draw(['P1'], { R1: 5, R2: 5 }, ['R1>P1 x2', 'P1>R1', 'P1~R1 x4', 'R2>P1', 'P1>R2 x2']))
    expect(matrices.declared).toBe(true)
    expect([matrices.cell('max', 'P1', 'R1')?.count, matrices.cell('max', 'P1', 'R2')]).toEqual([4, undefined])
    expect([matrices.maximum('P1', 'R1'), matrices.need('P1', 'R1')]).toEqual([4, 2])
    expect([matrices.maximum('P1', 'R2'), matrices.need('P1', 'R2')]).toEqual([3, 2])
    expect(matricesOf(draw(['P1'], { R1: 1 }, [])).declared).toBe(false)
  })

  test('change a maximum without touching request and assignment of the pair', () => {
    const model = draw(['P1'], { R1: 5 }, ['R1>P1 x2', 'P1>R1'])
    const claimed = withCells(model, [{ matrix: 'max', process: 'P1', type: 'R1', units: 4 }])
    expect(claimed.edges.slice(0, 2)).toEqual(model.edges)
    expect(claimed.edges[2]).toMatchObject({ kind: 'claim', from: 'P1', to: 'R1', count: 4 })
    expect(withCells(claimed, [{ matrix: 'max', process: 'P1', type: 'R1', units: 0 }])).toEqual(model)
  })
})

describe('a run with claims', () => {
  const asks = (resource: string, count: number) => ({ type: 'request' as const, process: 'P1', resource, count })
  const refused = (act: () => unknown): string => {
    try {
      act()
    } catch (error) {
      if (error instanceof InterlockError && error.code === 'bad-event') return error.message
      throw error
    }
    return 'played'
  }

  test('refuses a request above what is declared, and binds nobody who has declared nothing', () => {
    const start = events.init(draw(['P1', 'P2'], { R1: 5, R2: 5 }, ['R1>P1', 'P1~R1 x2']), 1)
    expect(refused(() => events.apply(start, asks('R1', 1)))).toBe('played')
    expect(refused(() => events.apply(start, asks('R1', 2)))).toBe(
      'P1 has declared 2 units of R1 at most and holds 1; with 2 more it would have more. Ask for less, or declare more.',
    )
    expect(refused(() => events.apply(start, asks('R2', 1)))).toBe(
      'P1 has not declared that it will use R2. Draw a claim for it first.',
    )
    expect(refused(() => events.apply(start, { ...asks('R2', 5), process: 'P2' }))).toBe('played')
  })

  test('offers and chooses only what can be played, and leaves the claims as they are', () => {
    let played = 0
    fc.assert(
      fc.property(tables, fc.integer({ min: 0, max: 1000 }), (table, seed) => {
        const model = drawn(table)
        const claims = model.edges.filter(({ kind }) => kind === 'claim')
        const run = createRun(events, deepFreeze(model), seed)
        for (const { step } of run.continueFrom(0, 12)) {
          played += 1
          const now = run.stateAt(step).model as DeadlockModel
          expect(now.edges.filter(({ kind }) => kind === 'claim')).toEqual(claims)
          const { maximum } = matricesOf(model)
          const after = matricesOf(now)
          for (const { id: p } of after.processes) {
            for (const { id: t } of after.types) {
              const used = (after.cell('allocation', p, t)?.count ?? 0) + (after.cell('request', p, t)?.count ?? 0)
              const free = claims.every(({ from }) => from !== p)
              expect(free || used <= maximum(p, t)).toBe(true)
            }
          }
        }
        for (const event of events.enabled(events.init(model, 1))) {
          expect(refused(() => events.apply(events.init(model, 1), event))).toBe('played')
        }
      }),
      { numRuns: 60 },
    )
    expect(played).toBeGreaterThan(100)
  })

  test('says step by step whether the state is still safe', () => {
    const run = createRun(events, state('P3>R1'), 1)
    expect(run.stateAt(0).status).toMatch(/^Whatever they ask for/)
    run.play(0, [{ type: 'grant', process: 'P3', resource: 'R1', count: 1 }])
    expect(run.stateAt(1).status).toMatch(/^No deadlock, but if all asked for their whole maximum/)
    expect(run.stateAt(1).marks).toMatchObject({ P1: 'unsafe', P2: 'unsafe', P3: 'unsafe' })
  })

  test('reads a changed claim as no event', () => {
    const before = state()
    const after = { ...before, edges: before.edges.filter(({ kind }) => kind !== 'claim') }
    expect(refused(() => events.interpret!(events.init(before, 1), after))).toMatch(/^Only requests and assignments/)
  })

  test('of the reduction takes the claims of those away who have finished', () => {
    const run = createRun(reduction, state(), 1)
    run.continueFrom(0, 3)
    expect((run.stateAt(3).model as DeadlockModel).edges).toEqual([])
  })
})
