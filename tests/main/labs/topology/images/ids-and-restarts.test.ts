// Ids across namespaces against a table of every id, and the delays before restarts.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type IdRange,
  insideOf,
  outsideOf,
  outsideOfAll,
  overlap,
  OVERFLOW_ID,
} from '../../../../../src-main/labs/topology/images/id-map.ts'
import { restartRules, restartRun } from '../../../../../src-main/labs/topology/images/restarts.ts'

const range: fc.Arbitrary<IdRange> = fc.record({
  inner: fc.nat(40),
  outer: fc.nat(40),
  count: fc.integer({ min: 1, max: 12 }),
})
const anyMap = fc.array(range, { minLength: 1, maxLength: 4 })
const maps = anyMap.filter((map) => overlap(map) === null)

/** Every id inside with its id outside; null when a line claims an id that is claimed already. */
function tableOf(map: readonly IdRange[]): Map<number, number> | null {
  const table = new Map<number, number>()
  const taken = new Set<number>()
  for (const { inner, outer, count } of map) {
    for (let step = 0; step < count; step += 1) {
      if (table.has(inner + step) || taken.has(outer + step)) return null
      table.set(inner + step, outer + step)
      taken.add(outer + step)
    }
  }
  return table
}

describe('ids', () => {
  test('are what the table says, both ways', () => {
    fc.assert(
      fc.property(maps, (map) => {
        const table = tableOf(map)!
        const back = new Map([...table].map(([inner, outer]) => [outer, inner]))
        for (let id = 0; id < 60; id += 1) {
          expect(outsideOf(map, id).mapped).toBe(table.get(id) ?? null)
          expect(outsideOf(map, id).shownAs).toBe(table.get(id) ?? OVERFLOW_ID)
          expect(insideOf(map, id).mapped).toBe(back.get(id) ?? null)
        }
      }),
    )
  })

  test('are claimed twice exactly when the table says so', () => {
    fc.assert(
      fc.property(anyMap, (map) => {
        expect(overlap(map) === null).toBe(tableOf(map) !== null)
      }),
    )
  })

  test('go through nested namespaces one table after the other', () => {
    fc.assert(
      fc.property(fc.array(maps, { minLength: 1, maxLength: 3 }), fc.nat(60), (chain, id) => {
        let now: number | undefined = id
        for (const map of chain) now = now === undefined ? undefined : tableOf(map)!.get(now)
        expect(outsideOfAll(chain, id).mapped).toBe(now ?? null)
      }),
    )
  })
})

describe('restarts', () => {
  test('wait as long as is published', () => {
    const five = Array.from<number>({ length: 5 }).fill(0)
    expect(restartRun(restartRules.kubernetes, [...five, 0, 0]).delays).toEqual(
      [10, 20, 40, 80, 160, 300, 300].map((s) => s * 1000),
    )
    expect(restartRun(restartRules.kubernetes, five).sum).toBe(310_000)
    expect(restartRun(restartRules.docker, five)).toMatchObject({ delays: [100, 200, 400, 800, 1600], sum: 3100 })
  })

  test('double up to the ceiling, and begin anew after a run that was long enough', () => {
    const runs = fc.array(fc.constantFrom(0, 500, 10_000, 700_000), { maxLength: 14 })
    fc.assert(
      fc.property(runs, fc.constantFrom(restartRules.kubernetes, restartRules.docker), (list, rule) => {
        let since = 0
        const { steps } = restartRun(rule, list)
        list.forEach((ran, index) => {
          since = ran >= rule.resetAfter ? 0 : since
          expect(steps[index]!.delay).toBe(Math.min(rule.most, rule.first * 2 ** since))
          expect(steps[index]!.at).toBe((steps[index - 1]?.restart ?? 0) + ran)
          since += 1
        })
      }),
    )
  })

  test('are told one by one', () => {
    expect(restartRun(restartRules.docker, [5, 20_000]).steps.map(({ sentence }) => sentence)).toEqual([
      'Crash 1 at 5 ms after a run of 5 ms. It waits 100 ms.',
      'Crash 2 at 20,105 ms after a run of 20,000 ms. Earlier crashes are forgotten. It waits 100 ms.',
    ])
  })
})
