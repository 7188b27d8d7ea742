// Safety, orders, requests and claims against the slow way: every order of finishing is tried, one process after the
// other. Nothing of the engine is used to know what is right. Long, as all of them share
// the same states and the same slow way.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { banker, order, request } from '../../../../src-main/labs/deadlock/operations/banker.ts'
import { claim } from '../../../../src-main/labs/deadlock/operations/claim.ts'
import { counting } from '../../../../src-main/labs/deadlock/operations/counting.ts'
import { detect } from '../../../../src-main/labs/deadlock/operations/detect.ts'

interface State {
  available: number[]
  allocation: number[][]
  max: number[][]
}

const units = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most })
const row = (types: number, most: number) => fc.array(units(most), { minLength: types, maxLength: types })
const rows = (processes: number, types: number, most: number) =>
  fc.array(row(types, most), { minLength: processes, maxLength: processes })

/** States of up to six processes and three types, safe ones and unsafe ones alike. */
const state: fc.Arbitrary<State> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
  .chain(([processes, types]) =>
    fc
      .record({ available: row(types, 3), allocation: rows(processes, types, 2), need: rows(processes, types, 4) })
      .map(({ available, allocation, need }) => ({
        available,
        allocation,
        max: allocation.map((held, p) => held.map((own, type) => own + need[p]![type]!)),
      })),
  )

const needOf = ({ allocation, max }: State): number[][] =>
  max.map((most, p) => most.map((all, type) => all - allocation[p]![type]!))

/** All complete orders in which each process finds what it wants, by trying every process at every step. */
function allOrders(available: number[], held: number[][], wanted: number[][]): number[][] {
  const found: number[][] = []
  const go = (work: number[], done: number[]): void => {
    if (done.length === held.length) found.push(done)
    wanted.forEach((wants, p) => {
      if (done.includes(p) || wants.some((n, type) => n > work[type]!)) return
      go(
        work.map((n, type) => n + held[p]![type]!),
        [...done, p],
      )
    })
  }
  go(available, [])
  return found
}

/** Who is in no order at all, not even in one that ends early. */
function neverIn(available: number[], held: number[][], wanted: number[][]): string[] {
  const somehow = new Set<number>()
  const seen = new Set<string>()
  const go = (work: number[], done: number[]): void => {
    const key = [...done].sort().join()
    if (seen.has(key)) return
    seen.add(key)
    wanted.forEach((wants, p) => {
      if (done.includes(p) || wants.some((n, type) => n > work[type]!)) return
      somehow.add(p)
      go(
        work.map((n, type) => n + held[p]![type]!),
        [...done, p],
      )
    })
  }
  go(available, [])
  return held.flatMap((_, p) => (somehow.has(p) ? [] : [`P${p}`]))
}

const numberOf = (name: string): number => Number(name.slice(1))
const named = (processes: readonly number[]): string[] => processes.map((p) => `P${p}`)

/** Work at first and after each process, added up by hand. */
function workAlong(available: number[], held: number[][], processes: readonly number[]): number[][] {
  return processes.reduce((done, p) => [...done, done.at(-1)!.map((n, type) => n + held[p]![type]!)], [[...available]])
}

describe('the Banker against all orders', () => {
  test('says safe exactly when an order exists, counts the orders, and names who never can', () => {
    let [safe, unsafe] = [0, 0]
    fc.assert(
      fc.property(state, (given) => {
        const need = needOf(given)
        const orders = allOrders(given.available, given.allocation, need)
        const said = banker.run(given)
        expect(said.safe).toBe(orders.length > 0)
        expect(said.sequences).toBe(orders.length)
        expect(said.need).toEqual(need)
        expect(said.stuck).toEqual(neverIn(given.available, given.allocation, need))
        const own = said.order.map(numberOf)
        if (said.safe) expect(orders).toContainEqual(own)
        expect(said.work).toEqual(workAlong(given.available, given.allocation, own))
        if (said.safe) safe += 1
        else unsafe += 1
      }),
      { numRuns: 600, seed: 4 },
    )
    expect(Math.min(safe, unsafe)).toBeGreaterThan(60)
  })

  test('accepts exactly the orders that exist, and refuses others at their first wrong step', () => {
    let [right, wrong] = [0, 0]
    fc.assert(
      fc.property(
        state.chain((given) =>
          fc.record({
            given: fc.constant(given),
            tried: fc.shuffledSubarray(
              given.allocation.map((_, p) => p),
              { minLength: Math.max(0, given.allocation.length - 1) },
            ),
          }),
        ),
        ({ given, tried }) => {
          const need = needOf(given)
          const said = order.run({ ...given, order: named(tried) })
          const orders = allOrders(given.available, given.allocation, need)
          expect(said.accepted).toBe(orders.some((one) => one.join() === tried.join()))
          if (said.accepted) {
            right += 1
            expect(said.work).toEqual(workAlong(given.available, given.allocation, tried))
            return
          }
          wrong += 1
          const work = workAlong(given.available, given.allocation, tried)
          const first = tried.findIndex((p, step) => need[p]!.some((n, type) => n > work[step]![type]!))
          expect(said.at).toBe(first === -1 ? tried.length : first)
          if (first === -1) return
          const p = tried[first]!
          expect(said.process).toBe(`P${p}`)
          expect(said.missing).toEqual(
            need[p]!.flatMap((needs, type) =>
              needs > work[first]![type]! ? [{ type: `R${type + 1}`, needs, has: work[first]![type]! }] : [],
            ),
          )
          for (const { type, needs, has } of said.missing) {
            for (const part of [`P${p}`, type, String(needs), String(has)]) expect(said.sentence).toContain(part)
          }
        },
      ),
      { numRuns: 800, seed: 5 },
    )
    expect(Math.min(right, wrong)).toBeGreaterThan(30)
  })

  test('answers a request by the three tests in their order', () => {
    const answers = new Map<string, number>()
    fc.assert(
      fc.property(
        state.chain((given) =>
          fc.record({
            given: fc.constant(given),
            by: fc.integer({ min: 0, max: given.allocation.length - 1 }),
            asked: row(given.available.length, 3),
          }),
        ),
        ({ given, by, asked }) => {
          const need = needOf(given)
          const less = given.available.map((n, type) => n - asked[type]!)
          const held = given.allocation.map((own, p) => (p === by ? own.map((n, type) => n + asked[type]!) : own))
          const left = need.map((own, p) => (p === by ? own.map((n, type) => n - asked[type]!) : own))
          const right = asked.some((n, type) => n > need[by]![type]!)
            ? 'error: more than declared'
            : less.some((n) => n < 0)
              ? 'wait'
              : allOrders(less, held, left).length > 0
                ? 'grant'
                : 'refuse: unsafe'
          const said = request.run({ ...given, by: `P${by}`, request: asked })
          expect(said.answer).toBe(right)
          answers.set(right, (answers.get(right) ?? 0) + 1)
          if (right === 'grant') {
            expect(said.available).toEqual(less)
            expect(said.sequences).toBe(allOrders(less, held, left).length)
          }
          if (right === 'refuse: unsafe') {
            expect(said.pretendedAvailable).toEqual(less)
            expect(said.stuck).toEqual(neverIn(less, held, left))
          }
        },
      ),
      { numRuns: 1200, seed: 6 },
    )
    expect(answers.size).toBe(4)
    expect(Math.min(...answers.values())).toBeGreaterThan(20)
  })

  test('counts large numbers of orders exactly, and says “more than” where it has to stop', () => {
    const free = (processes: number) => ({
      available: [1],
      allocation: Array.from({ length: processes }, () => [0]),
      max: Array.from({ length: processes }, () => [1]),
    })
    expect(banker.run(free(5)).sequences).toBe(120)
    expect(banker.run(free(20)).sequences).toBe('2432902008176640000')
    const chain = (processes: number) => ({
      available: [1],
      allocation: Array.from({ length: processes }, () => [1]),
      max: Array.from({ length: processes }, (_, p) => [p + 2]),
    })
    // Each needs one unit more than the one before it, and each returns one: a single order.
    expect(banker.run(chain(40)).sequences).toBe(1)
    // Everybody could go first but one, which has to come after any other: n! - (n - 1)! orders.
    const almost = (processes: number) => ({
      available: [1],
      allocation: Array.from({ length: processes }, () => [1]),
      max: Array.from({ length: processes }, (_, p) => [p === 0 ? 3 : 2]),
    })
    expect(banker.run(almost(6)).sequences).toBe(720 - 120)
    expect(banker.run(almost(60)).sequences).toMatch(/^more than \d+$/)
  })
})

test('detection finds the same processes, orders and Work as trying all orders does', () => {
  let [stuck, free] = [0, 0]
  fc.assert(
    fc.property(state, (given) => {
      const { available, allocation } = given
      const wanted = needOf(given)
      const said = detect.run({ available, allocation, request: wanted })
      const never = neverIn(available, allocation, wanted)
      expect(said.neverFinish).toEqual(never)
      expect(said.neverFinishBookRule).toEqual(never.filter((name) => allocation[numberOf(name)]!.some((n) => n > 0)))
      expect(said.finishingOrders).toBe(allOrders(available, allocation, wanted).length)
      expect(said.work).toEqual(workAlong(available, allocation, said.order.map(numberOf)))
      // Nobody waits for others because of units that do not exist.
      const total = available.map((n, type) => allocation.reduce((sum, own) => sum + own[type]!, n))
      const possible = wanted.map((wants) => wants.map((n, type) => Math.min(n, total[type]!)))
      expect(said.deadlock).toBe(neverIn(available, allocation, possible).length > 0)
      if (never.length > 0) stuck += 1
      else free += 1
    }),
    { numRuns: 600, seed: 7 },
  )
  expect(Math.min(stuck, free)).toBeGreaterThan(60)
})

test('with one instance of each type the claim-edge test and the Banker give the same answer', () => {
  const answers = new Map<string, number>()
  const relation = fc.constantFrom('none', 'claim', 'request', 'hold')
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([processes, types]) =>
        fc.record({
          table: fc.array(fc.array(relation, { minLength: types, maxLength: types }), {
            minLength: processes,
            maxLength: processes,
          }),
          by: fc.integer({ min: 0, max: processes - 1 }),
          type: fc.integer({ min: 0, max: types - 1 }),
        }),
      ),
      ({ table, by, type }) => {
        // The first process that would hold a type holds it; the others only claim it.
        const holders = table[0]!.map((_, t) => table.findIndex((own) => own[t] === 'hold'))
        const kind = (p: number, t: number) => (table[p]![t] === 'hold' && holders[t] !== p ? 'claim' : table[p]![t]!)
        const edges = (wanted: string, sign: (p: number, t: number) => string) =>
          table.flatMap((own, p) => own.flatMap((_, t) => (kind(p, t) === wanted ? [sign(p, t)] : [])))
        const byEdges = claim.run({
          assignment: edges('hold', (p, t) => `R${t}>P${p}`),
          request: edges('request', (p, t) => `P${p}>R${t}`),
          claim: edges('claim', (p, t) => `P${p}~R${t}`),
          ask: `P${by}>R${type}`,
        })
        const byMatrices = request.run({
          available: holders.map((holder) => (holder === -1 ? 1 : 0)),
          allocation: table.map((own, p) => own.map((_, t) => (kind(p, t) === 'hold' ? 1 : 0))),
          max: table.map((own, p) => own.map((_, t) => (kind(p, t) === 'none' ? 0 : 1))),
          by: `P${by}`,
          request: holders.map((_, t) => (t === type ? 1 : 0)),
        })
        expect(byEdges.answer).toBe(byMatrices.answer)
        answers.set(byEdges.answer, (answers.get(byEdges.answer) ?? 0) + 1)
      },
    ),
    { numRuns: 2000, seed: 8 },
  )
  expect(answers.size).toBe(4)
  expect(Math.min(...answers.values())).toBeGreaterThan(50)
})

test('the counting condition is the one that playing all requests gives', () => {
  /** Whether any way to hand out single units leads to a state in which all units are held and nobody has its most. */
  const canHang = (units: number, processes: number, most: number): boolean => {
    const go = (held: number[]): boolean => {
      const free = units - held.reduce((sum, n) => sum + n, 0)
      if (free === 0) return held.every((n) => n < most)
      return held.some((n, p) => n < most - 1 && go(held.map((own, q) => (q === p ? own + 1 : own))))
    }
    return go(Array.from({ length: processes }, () => 0))
  }
  for (let units = 1; units <= 5; units += 1) {
    for (let processes = 1; processes <= 4; processes += 1) {
      for (let maxEach = 1; maxEach <= 4; maxEach += 1) {
        const { deadlockPossible } = counting.run({ units, processes, maxEach })
        expect(deadlockPossible, `${units} ${processes} ${maxEach}`).toBe(canHang(units, processes, maxEach))
      }
    }
  }
})

describe('wrong input is refused with the place and the remedy', () => {
  const good = { available: [1, 0], allocation: [[0, 1], [1, 0]], max: [[1, 1], [1, 1]] } // prettier-ignore
  const refusal = (run: () => unknown): InterlockError => {
    try {
      run()
    } catch (error) {
      if (error instanceof InterlockError) return error
      throw error
    }
    throw new Error('nothing was refused')
  }

  test.each([
    ['no object', [1], 'input', 'object'],
    ['a missing row', { ...good, max: [[1, 1]] }, 'max', '2'],
    ['a row that is too short', { ...good, allocation: [[0], [1, 0]] }, 'allocation[0]', '2'],
    ['half a unit', { ...good, available: [0.5, 0] }, 'available[0]', '0.5'],
    ['fewer than nothing', { ...good, available: [1, -1] }, 'available[1]', '-1'],
    ['a word for a number', { ...good, available: ['x', 0] }, 'available[0]', '"x"'],
    ['more held than declared', { ...good, max: [[1, 0], [1, 1]] }, 'max[0][1]', 'P0'], // prettier-ignore
    ['a name twice', { ...good, names: ['A', 'A'] }, 'names[1]', '"A"'],
    ['too few names', { ...good, names: ['A'] }, 'names', '2'],
  ])('%s', (_, input, at, part) => {
    const { code, message, details } = refusal(() => banker.run(input as never))
    expect(code).toBe('bad-input')
    expect(details).toMatchObject({ at })
    expect(message).toContain(part)
  })

  test('of a request: who asks, and for how much', () => {
    const asks = (fields: object) => refusal(() => request.run({ ...good, ...fields })).details
    expect(asks({ by: 'P7', request: [0, 0] })).toMatchObject({ at: 'by' })
    expect(asks({ by: 'P0', request: [0] })).toMatchObject({ at: 'request' })
    expect(asks({ by: 'P0', request: [0, 'two'] })).toMatchObject({ at: 'request[1]' })
  })

  test('of an order: a name that does not exist, a name twice, and names left out are wrong steps, not bad input', () => {
    const tried = (names: unknown) => order.run({ ...good, available: [1, 1], order: names })
    expect(tried(['P0', 'P9'])).toMatchObject({ accepted: false, at: 1, process: 'P9' })
    expect(tried(['P0', 'P0'])).toMatchObject({ accepted: false, at: 1, process: 'P0' })
    expect(tried(['P0'])).toMatchObject({ accepted: false, at: 1, process: 'P1' })
    expect(refusal(() => tried('P0, P1')).details).toMatchObject({ at: 'order' })
  })

  test('of claims: a form that is none, a type held twice, and one name for two things', () => {
    const asks = (fields: object) => refusal(() => claim.run({ ask: 'P1>R1', ...fields })).details
    expect(asks({ ask: 'P1-R1' })).toMatchObject({ at: 'ask' })
    expect(asks({ claim: ['P1>R1'] })).toMatchObject({ at: 'claim[0]' })
    expect(asks({ assignment: ['R1>P1', 'R1>P2'] })).toMatchObject({ at: 'assignment[1]' })
    expect(asks({ request: ['R1>P1'] })).toMatchObject({ at: 'input' })
  })

  test('of counting: no units at all', () => {
    expect(refusal(() => counting.run({ units: 0, processes: 2, maxEach: 2 })).details).toMatchObject({ at: 'units' })
  })
})
