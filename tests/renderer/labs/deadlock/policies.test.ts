// Figures of a comparison as they are shown, and what is said of a run.
import { describe, expect, test } from 'vitest'
import type { Measures, PolicyRun } from '@labs/deadlock/model/policies.ts'
import { columnsOf, figureOf, heldBars, looksSaid, marksOf, standingOf } from '@page/labs/deadlock/policies/figures.ts'
import { concernedAt, faultOf, markOf, outcomeOf, saidAt } from '@page/labs/deadlock/policies/said.ts'
import { withBranch } from '@page/shell/documents/play-branch.ts'

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

test('a look for deadlocks is told at its tick, with what it found and what it cost', () => {
  const looks = [
    { tick: 3, comparisons: 8, found: [0, 2] },
    { tick: 3, comparisons: 1, found: [] },
    { tick: 5, comparisons: 4, found: [] },
  ]
  expect(looksSaid(run({}, { looks }), 3, ['P1', 'P2', 'P3'])).toEqual([
    'A look for deadlocks, 8 comparisons: P1 and P3 wait for each other.',
    'A look for deadlocks, 1 comparison: none found.',
  ])
  expect(looksSaid(run({}, { looks }), 4, ['P1', 'P2', 'P3'])).toEqual([])
  expect(looksSaid(run({}), 3, ['P1'])).toEqual([])
})

describe('a run', () => {
  const compared = {
    processes: [
      { id: 'p', name: 'P1' },
      { id: 'q', name: 'P2' },
    ],
    types: [
      { id: 'r', name: 'R1', units: 1 },
      { id: 's', name: 'R2', units: 3 },
    ],
  }
  const played = run(
    {},
    {
      spans: [
        [
          { from: 0, to: 4, activity: 'running' },
          { from: 4, to: 5, activity: 'finished' },
        ],
        [{ from: 0, to: 5, activity: 'waiting' }],
      ],
      holdings: [
        [
          { tick: 1, holds: [1, 0], asks: [0, 0] },
          { tick: 4, holds: [0, 0], asks: [0, 0] },
        ],
        [{ tick: 2, holds: [0, 2], asks: [1, 0] }],
      ],
    },
  )

  test('is told at each tick: who does what, and who holds and asks for what from then on', () => {
    expect(saidAt(compared, played, 0)).toBe('P1 runs. P2 waits.')
    expect(saidAt(compared, played, 1)).toBe('P1 runs, holds R1. P2 waits.')
    expect(saidAt(compared, played, 2)).toBe('P1 runs, holds R1. P2 waits, holds R2 ×2, asks for R1.')
    expect(saidAt(compared, played, 9)).toBe('P1 has finished. P2 waits, holds R2 ×2, asks for R1.')
  })

  test('lights up who holds or asks at a tick, and what', () => {
    expect(concernedAt(compared, played, 0)).toEqual([])
    expect(concernedAt(compared, played, 1)).toEqual(['p', 'r'])
    expect(concernedAt(compared, played, 2)).toEqual(['p', 'r', 'q', 's'])
    expect(concernedAt(compared, played, 9)).toEqual(['q', 'r', 's'])
  })

  test('ends in one of five ways, each with its mark', () => {
    const of = (more: Partial<PolicyRun>, measures: Partial<Measures> = {}) => {
      const one = run(measures, more)
      return `${markOf(one)}: ${outcomeOf(one)}`
    }
    const stuck = { ended: 'deadlock', measures: { ...nothing, makespan: null } } as const
    expect(of({ ended: 'finished' }, { makespan: 8 })).toBe('free: All finish by tick 8')
    expect(of({ ...stuck, episodes: [{ from: 3, to: null, processes: [0, 1] }] })).toBe('ring: Deadlock from tick 3')
    expect(of(stuck)).toBe('ring: Nobody can go on')
    expect(of({ ended: 'limit', ticks: 2000 })).toBe('behind: Not done after 2000 ticks')
    const again = (period: number) => of({ ended: 'livelock', livelock: { from: 6, period } })
    expect(again(7)).toBe('behind: Livelock from tick 6: it repeats every 7 ticks')
    expect(again(1)).toBe('behind: Livelock from tick 6: it repeats every tick')
  })
})

test('an error of the script names its line as a person counts them, and the remedy', () => {
  const shown = 'Line 1 of the script: There is no process called Q. Change the script or the drawing.'
  expect(faultOf('script[0]: There is no process called Q.')).toBe(shown)
  expect(faultOf('script, line 1: There is no process called Q.')).toBe(shown)
  expect(faultOf('More units of R1 are assigned than it has.')).toBe('More units of R1 are assigned than it has.')
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
