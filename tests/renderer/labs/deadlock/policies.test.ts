// Figures of a comparison as they are shown, and a run under a policy as a branch of the script.
import { describe, expect, test } from 'vitest'
import type { Measures, PolicyRun } from '@labs/deadlock/model/policies.ts'
import { columnsOf, figureOf, heldBars, marksOf, standingOf } from '@page/labs/deadlock/policies/figures.ts'
import { withBranch } from '@page/labs/deadlock/policies/play.ts'

const nothing: Measures = {
  finished: 2,
  makespan: 10,
  turnaround: 10,
  waiting: 0,
  longestWait: 0,
  utilisation: 0.5,
  idle: 0,
  restarts: 0,
  lost: 0,
  starved: 0,
  deadlocks: 0,
  deadlockTicks: 0,
  detections: null,
  comparisons: null,
}
const run = (measures: Partial<Measures>, more: Partial<PolicyRun> = {}): PolicyRun => ({
  policy: 'none',
  settings: {},
  ticks: 10,
  ended: 'finished',
  spans: [],
  holdings: [],
  events: [],
  episodes: [],
  looks: null,
  livelock: null,
  measures: { ...nothing, ...measures },
  waits: [],
  finishedAt: [],
  played: [],
  unplayable: null,
  ...more,
})

describe('figures', () => {
  test('are numbers, shares in percent, a dash where there is none, and endless where a run never gets anywhere', () => {
    expect(figureOf(run({ waiting: 7 }), 'waiting')).toBe('7')
    expect(figureOf(run({ utilisation: 0.666 }), 'utilisation')).toBe('67 %')
    expect(figureOf(run({}), 'detections')).toBe('–')
    const stuck = run({ waiting: 7 }, { ended: 'deadlock', episodes: [{ from: 3, to: null, processes: [0] }] })
    expect(['waiting', 'longestWait', 'deadlockTicks'].map((key) => figureOf(stuck, key as 'waiting'))).toEqual(['∞', '∞', '∞']) // prettier-ignore
  })

  test('are best or worst of their column where few share them', () => {
    const runs = [run({ waiting: 3 }), run({ waiting: 5 }), run({ waiting: 9 })]
    expect(runs.map((one) => standingOf(runs, one, 'waiting'))).toEqual(['best', null, 'worst'])
    const more = [run({ utilisation: 0.2 }), run({ utilisation: 0.9 })]
    expect(more.map((one) => standingOf(more, one, 'utilisation'))).toEqual(['worst', 'best'])
    const alike = [run({}), run({})]
    expect(standingOf(alike, alike[0]!, 'waiting')).toBeNull()
    const shared = [1, 1, 1, 1, 5].map((waiting) => run({ waiting }))
    expect(shared.map((one) => standingOf(shared, one, 'waiting'))).toEqual([null, null, null, null, 'worst'])
  })

  test('of shares say nothing of a run that was cut', () => {
    const runs = [
      run({ utilisation: 0.9 }, { ended: 'deadlock' }),
      run({ utilisation: 0.2 }),
      run({ utilisation: 0.4 }),
    ]
    expect(runs.map((one) => standingOf(runs, one, 'utilisation'))).toEqual([null, 'worst', 'best'])
  })

  test('that are nothing in all runs have no column', () => {
    expect(columnsOf([run({ starved: 1 }), run({})])).toEqual([
      'finished',
      'makespan',
      'turnaround',
      'utilisation',
      'starved',
    ])
    const stuck = run({ deadlockTicks: null }, { episodes: [{ from: 3, to: null, processes: [0] }] })
    expect(columnsOf([stuck, run({})])).toContain('deadlockTicks')
  })
})

test('an axis has at most ten marks, none of them at its very end', () => {
  for (const horizon of [1, 7, 10, 33, 99, 2000]) {
    const marks = marksOf(horizon)
    expect(marks[0]).toBe(0)
    expect(marks.length).toBeLessThanOrEqual(11)
    if (horizon > 1) expect(marks.at(-1)).toBeLessThan(horizon)
  }
})

test('stretches in which units are held join where only their number changes', () => {
  const holds = (tick: number, ...units: number[]) => ({ tick, holds: units, asks: [] })
  expect(heldBars([holds(0, 0), holds(2, 1), holds(4, 2), holds(6, 0), holds(8, 1)], 10)).toEqual([
    { from: 2, to: 6 },
    { from: 8, to: 10 },
  ])
})

test('a policy’s run is a branch of the script, in the place of an older one of its name', () => {
  const script = { simulation: 'events', seed: 1, events: [1, 2], branches: [{ name: 'mine', after: 1, events: [3] }] }
  const once = withBranch(script, 'Policy: Banker', [7])
  expect(once.branch).toBe(1)
  expect(once.script.branches).toEqual([script.branches[0], { name: 'Policy: Banker', after: 0, events: [7] }])
  const twice = withBranch(once.script, 'Policy: Banker', [8])
  expect(twice.branch).toBe(1)
  expect(twice.script.branches?.[1]?.events).toEqual([8])
  expect(script.branches).toHaveLength(1)
})
