// A central detector and its late reports: when it sees what is not there, and that asking again tells the difference.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import {
  type CentralEvent,
  type CentralState,
  centralDetector as central,
} from '../../../../src-main/labs/deadlock/simulations/central-detector.ts'
import { createRandom } from '../../../../src-main/simulation/random.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { draw } from './drawing.ts'
import { onCycle, placed, singleUnits, waitsOf } from './sites.ts'

const crossed = placed(draw(['P1', 'P2'], { A: 1, B: 1 }, ['A>P1', 'B>P2', 'P2>A']), [1, 2])
const intoPhantom = ['P1 releases A', 'A grants P2', 'P1 requests B', 'site 1 reports']

const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof InterlockError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'no error'
}

/** States of a run that chance chose, with the event that led to each. */
function wander(
  model: DeadlockModel,
  seed: number,
  most: number,
): { state: CentralState; event: CentralEvent | null }[] {
  const random = createRandom(seed)
  const path: { state: CentralState; event: CentralEvent | null }[] = [{ state: central.init(model, 0), event: null }]
  for (let depth = 0; depth < most; depth += 1) {
    const { state } = path.at(-1)!
    const event = central.pick!(state, random)
    if (event === undefined) break
    path.push({ state: central.apply(state, event), event })
  }
  return path
}

const seenPairs = ({ seen, truth }: CentralState): (readonly [string, string])[] =>
  seen?.cycle.map(({ process, holder }) => [
    truth.drawing.processes[process]!.id,
    truth.drawing.processes[holder]!.id,
  ]) ?? []

const somewhere = fc.tuple(singleUnits(4, 3, 3), fc.nat(1000))

describe('the central detector', () => {
  test('sees a phantom when a new wait overtakes the end of an old one', () => {
    const run = createRun(central, crossed, 1)
    const { steps, problem } = run.read(0, intoPhantom)
    expect(problem).toBeNull()
    expect(steps[3]?.text).toBe('Site 1 reports: P1 waits for P2')
    expect(steps[3]?.finding).toEqual({
      mark: 'impossible',
      holds: false,
      what: 'phantom deadlock',
      sentence: 'Phantom: the detector sees P1 → P2 → P1, yet P2 no longer waits for P1. Nobody is deadlocked.',
    })
    const { table, marks } = run.stateAt(4)
    expect(table.columns).toEqual(['Site', 'Waits for', 'Detector', 'Coming'])
    expect(table.rows.map(({ label, cells }) => [label, ...cells])).toEqual([
      ['P1', '1', 'P2', 'P2', '–'],
      ['P2', '2', '–', 'P1', 'no longer for P1'],
    ])
    expect(marks).toEqual({ P1: 'impossible', P2: 'impossible' })
    expect(run.stateAt(3).marks).toEqual({ P1: 'free', P2: 'free' })
  })

  test('asks again and learns that the wait is over', () => {
    const run = createRun(central, crossed, 1)
    const { steps, problem } = run.read(0, [...intoPhantom, 'detector asks again', 'site 2 answers', 'site 2 reports'])
    expect(problem).toBeNull()
    expect(steps.slice(4).map((step) => step?.text)).toEqual([
      'The detector asks sites 1 and 2 again whether these waits still stand',
      'Site 2 answers: P2 no longer waits for P1',
      'Site 2 reports: P2 no longer waits for P1',
    ])
    expect(steps[5]?.finding?.holds).toBe(true)
    expect(run.stateAt(7).status).toBe('The detector knows what is so, and sees no cycle.')
  })

  test('confirms a real deadlock when every asked wait still stands', () => {
    const run = createRun(central, crossed, 1)
    const { steps, problem } = run.read(0, [
      'P1 requests B',
      'site 1 reports',
      'detector asks again',
      'site 1 answers',
      'site 2 answers',
    ])
    expect(problem).toBeNull()
    expect(run.stateAt(1).status).toBe(
      'P1 and P2 are deadlocked, and the detector does not know it yet: 1 report on the way.',
    )
    expect(steps[1]?.finding).toMatchObject({ mark: 'ring', holds: false, what: 'deadlock' })
    expect(run.stateAt(5).status).toMatch(/^Confirmed: every wait of P1 → P2 → P1 stood before the question/)
    expect(run.stateAt(5).possible).toEqual([])
  })

  test('a wait that ended and came anew is not taken for the old one', () => {
    const model = placed(draw(['P1', 'P2'], { A: 1, B: 1 }, ['A>P1', 'B>P2', 'P2>A']), [1, 2])
    const run = createRun(central, model, 1)
    // P2 stops waiting, P1 asks for B, and P2 waits for P1 once more, under another number.
    const { problem } = run.read(0, [
      'P2 withdraws A',
      'P1 requests B',
      'site 1 reports',
      'detector asks again',
      'P2 requests A',
      'site 2 answers',
    ])
    expect(problem).toBeNull()
    const { table } = run.stateAt(6)
    expect(table.rows[1]?.cells).toEqual(['2', 'P1', '–', 'no longer for P1, waits for P1'])
    expect(run.steps()[6]?.text).toBe('Site 2 answers: P2 no longer waits for P1')
  })

  test('calls a seen cycle a phantom exactly when the drawing lacks one of its waits', () => {
    let phantoms = 0
    fc.assert(
      fc.property(somewhere, ([model, seed]) => {
        for (const { state } of wander(model, seed, 40)) {
          const waits = waitsOf(state.truth.model)
          // A wait that ended and came anew is there, but not the one that the detector knows.
          const lacks = seenPairs(state).some(([from, to]) => !waits(from).includes(to))
          const phantom = !central.properties[0]!.check(state).holds
          if (lacks) expect(phantom).toBe(true)
          if (phantom) phantoms += 1
          const real = !central.properties[1]!.check(state).holds
          const members = seenPairs(state).map(([from]) => from)
          if (real) expect(onCycle(state.truth.model)).toEqual(expect.arrayContaining(members))
          expect(phantom && real).toBe(false)
        }
      }),
      { numRuns: 400, seed: 4 },
    )
    expect(phantoms).toBeGreaterThan(0)
  })

  test('on one site there are no phantoms, since reports never overtake each other', () => {
    fc.assert(
      fc.property(somewhere, ([model, seed]) => {
        for (const { state } of wander(placed(model, [1, 1, 1, 1]), seed, 40)) {
          expect(central.properties[0]!.check(state).holds).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('what is confirmed is so, whatever arrives in whichever order', () => {
    let confirmed = 0
    fc.assert(
      fc.property(somewhere, ([model, seed]) => {
        for (const { state, event } of wander(model, seed, 60)) {
          if (event === null || !('site' in event) || event.type !== 'answer') continue
          if (state.detector.confirmed.length === 0) continue
          confirmed += 1
          const members = seenPairs(state).map(([from]) => from)
          expect(members.length).toBeGreaterThan(0)
          expect(onCycle(state.truth.model)).toEqual(expect.arrayContaining(members))
        }
      }),
      { numRuns: 400, seed: 4 },
    )
    expect(confirmed).toBeGreaterThan(0)
  })

  test('knows exactly what is so when every report has arrived', () => {
    fc.assert(
      fc.property(somewhere, ([model, seed]) => {
        let { state } = wander(model, seed, 30).at(-1)!
        for (;;) {
          const report = central.enabled(state).find((event) => event.type === 'report')
          if (report === undefined) break
          state = central.apply(state, report)
        }
        const { rows } = central.view(state).table
        for (const { id, cells } of rows) {
          const holders = [...new Set(waitsOf(state.truth.model)(id))].sort().join(', ') || '–'
          expect(cells.slice(1)).toEqual([holders, holders, '–'])
        }
        if (onCycle(state.truth.model).length > 0) expect(central.properties[1]!.check(state).holds).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test('every line is read as the event that it was written for', () => {
    fc.assert(
      fc.property(somewhere, ([model, seed]) => {
        const path = wander(model, seed, 30)
        path.slice(1).forEach(({ event }, index) => {
          const { state } = path[index]!
          expect(central.read!(central.write!(event!, state), state)).toEqual(event)
          expect(central.describe(event!, state).text).not.toBe('')
        })
      }),
      { numRuns: 100 },
    )
  })

  test('refuses what cannot be, with the reason', () => {
    const run = createRun(central, crossed, 1)
    expect(messageOf(() => run.apply(0, { type: 'report', site: 1 }))).toMatch(
      /^bad-event: Nothing is on its way from site 1/,
    )
    expect(messageOf(() => run.apply(0, { type: 'ask' }))).toMatch(/^bad-event: The detector sees no cycle/)
    expect(messageOf(() => run.apply(0, { type: 'answer', site: 1 }))).toMatch(/^bad-event: Site 1 was not asked/)
    expect(messageOf(() => run.apply(0, { type: 'shout' }))).toMatch(/^bad-event: This is no event/)
    expect(run.read(0, ['site x reports']).problem?.message).toMatch(/^"x" is no site/)
    expect(run.read(0, ['detector']).problem?.message).toMatch(/^A line is a request, grant or release/)
    run.read(0, [...intoPhantom, 'detector asks again'])
    const asked = run.steps().at(-1)!.step
    expect(messageOf(() => run.apply(asked, { type: 'ask' }))).toMatch(/^bad-event: The detector has asked already/)
    const several = draw(['P1'], { R1: 3 }, [])
    expect(messageOf(() => createRun(central, several, 1))).toMatch(/^bad-input: R1 has 3 units/)
  })

  test('a gesture on the drawing is recorded as its event', () => {
    const state = central.init(crossed, 0)
    const edges = [...crossed.edges, { id: 'e9', kind: 'request' as const, from: 'P1', to: 'B', count: 1 }]
    expect(central.interpret!(state, { ...crossed, edges })).toEqual([
      { type: 'request', process: 'P1', resource: 'B', count: 1 },
    ])
  })
})
