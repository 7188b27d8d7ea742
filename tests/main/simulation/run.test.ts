// The run kit on a tiny simulation of its own: a counter that goes up by chosen amounts and must stay below ten.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { InterlockError } from '../../../src-main/contract/errors.ts'
import type { GraphModel } from '../../../src-main/contract/document.ts'
import { MAX_RUN_EVENTS, MAX_RUN_RECORDS } from '../../../src-main/contract/limits.ts'
import { RunState, RunStep } from '../../../src-main/contract/run.ts'
import { createRun } from '../../../src-main/simulation/run.ts'
import type { Simulation } from '../../../src-main/simulation/simulation.ts'

interface State {
  readonly value: number
}
interface Event {
  add: number
}
const Event = z.strictObject({ add: z.number().int() })
const model: GraphModel = { nodes: [], edges: [] }

function counter(extra: Partial<Simulation<GraphModel, State, Event>> = {}) {
  const applied: number[] = []
  const simulation: Simulation<GraphModel, State, Event> = {
    id: 'counter',
    label: 'Counter',
    start: 'Start',
    event: Event,
    init: (_, seed) => ({ value: seed % 2 }),
    enabled: ({ value }) => (value < 1000 ? [{ add: 1 }, { add: 2 }, { add: 3 }] : []),
    apply: (state, event) => {
      if (event.add < 1 || event.add > 3) throw new InterlockError('bad-event', 'Only 1 to 3 can be added.')
      applied.push(event.add)
      return { value: state.value + event.add }
    },
    describe: (event, { value }) => ({ text: `${value} + ${event.add}`, lights: [] }),
    view: ({ value }) => ({
      model,
      marks: {},
      table: {
        columns: ['value', 'fixed'],
        rows: [{ id: 'v', label: 'v', lights: [], cells: [String(value), 'same'] }],
      },
      status: `The value is ${value}.`,
    }),
    properties: [
      {
        id: 'small',
        check: ({ value }) => ({
          holds: value < 10,
          mark: value < 10 ? 'free' : 'ring',
          sentence: `It is ${value}.`,
          lights: [],
        }),
      },
    ],
    ...extra,
  }
  return { simulation, applied }
}

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof InterlockError) return error.code
    throw error
  }
  return 'no error'
}

describe('a run', () => {
  test('keeps branches as a tree and finds an event again that was played before', () => {
    const run = createRun(counter().simulation, model, 0)
    const one = run.apply(0, { add: 1 })
    const two = run.apply(0, { add: 2 })
    const deeper = run.apply(one.step, { add: 3 })
    expect(run.apply(0, { add: 1 })).toEqual(one)
    expect(run.steps().map((step) => [step.step, step.parent, step.depth, step.text])).toEqual([
      [0, null, 0, 'Start'],
      [1, 0, 1, '0 + 1'],
      [2, 0, 1, '0 + 2'],
      [3, 1, 2, '1 + 3'],
    ])
    expect([two.step, deeper.step]).toEqual([2, 3])
    for (const step of run.steps()) expect(RunStep.parse(step)).toEqual(step)
    expect(run).toHaveLength(4)
  })

  test('finds its way in a run of very many steps, and tells any of them as it was told at first', () => {
    const { simulation, applied } = counter({ properties: [], enabled: () => [{ add: 1 }, { add: 2 }, { add: 3 }] })
    const run = createRun(simulation, model, 0)
    for (let at = 0; at < 50_000; at += 500) run.continueFrom(at, 500)
    const branch = run.apply(49_000, { add: 3 })
    for (const at of [0, 31, 19_999, 20_500, 33_333, 49_999]) {
      applied.length = 0
      expect(run.stateAt(at).status).toBe(`The value is ${at}.`)
      expect(applied.length).toBeLessThanOrEqual(256)
      expect(run.steps(at, 1)[0]?.text).toBe(at === 0 ? 'Start' : `${at - 1} + 1`)
    }
    expect(run.steps(branch.step, 1)).toEqual([branch])
    expect(run.stateAt(branch.step).status).toBe('The value is 49003.')
    expect(run.apply(49_000, { add: 1 }).step).toBe(49_001)
    expect(run).toHaveLength(50_002)
  })

  test('gives any state with at most 32 applies, whatever was asked before', () => {
    const { simulation, applied } = counter({ properties: [] })
    const run = createRun(simulation, model, 0)
    run.continueFrom(0, 500)
    const side = run.apply(250, { add: 3 })
    for (const [at, value] of [
      [499, 499],
      [31, 31],
      [0, 0],
      [side.step, 253],
      [100, 100],
    ] as const) {
      applied.length = 0
      const state = run.stateAt(at)
      expect(state.status).toBe(`The value is ${value}.`)
      expect(applied.length).toBeLessThanOrEqual(32)
      expect(RunState.parse(state)).toEqual(state)
    }
  })

  test('names the cells that differ from the step before', () => {
    const run = createRun(counter().simulation, model, 0)
    run.apply(0, { add: 1 })
    expect(run.stateAt(0).table.rows[0]?.changed).toEqual([])
    expect(run.stateAt(1).table.rows[0]?.changed).toEqual([0])
  })

  test('stops playing on where a property changes, and marks that step alone', () => {
    const run = createRun(counter().simulation, model, 0)
    const played = run.continueFrom(0, 100)
    expect(played).toHaveLength(10)
    expect(run.steps().map((step) => step.finding)).toEqual([
      ...Array.from({ length: 10 }, () => null),
      { mark: 'ring', sentence: 'It is 10.', holds: false },
    ])
    // beyond it nothing changes any more, so it goes on
    expect(run.continueFrom(10, 5)).toHaveLength(5)
  })

  test('stops playing on when nothing is possible', () => {
    const run = createRun(counter({ enabled: ({ value }) => (value < 4 ? [{ add: 3 }] : []) }).simulation, model, 0)
    expect(run.continueFrom(0, 100).map((step) => step.text)).toEqual(['0 + 3', '3 + 3'])
    expect(run.continueFrom(2, 100)).toEqual([])
  })

  test('says at the start when a property does not hold from the beginning', () => {
    const run = createRun(counter({ init: () => ({ value: 50 }) }).simulation, model, 0)
    expect(run.steps()[0]?.finding).toEqual({ mark: 'ring', sentence: 'It is 50.', holds: false })
    expect(run.apply(0, { add: 1 }).finding).toBeNull()
  })

  test('chooses by the seed alone: the same seed the same way, from any step and in any order of asking', () => {
    const chance: Partial<Simulation<GraphModel, State, Event>> = {
      properties: [],
      init: () => ({ value: 0 }),
      pick: (_, random) => ({ add: 1 + random.below(3) }),
    }
    const texts = (seed: number, portions: number[]): string[] => {
      const run = createRun(counter(chance).simulation, model, seed)
      let at = 0
      for (const portion of portions) at = run.continueFrom(at, portion).at(-1)!.step
      return run.steps().map((step) => step.text)
    }
    expect(texts(5, [40])).toEqual(texts(5, [1, 20, 19]))
    expect(texts(5, [40])).not.toEqual(texts(6, [40]))
    const run = createRun(counter(chance).simulation, model, 5)
    expect(run.continueFrom(0, 10)).toEqual(run.continueFrom(0, 10))
    expect(run).toHaveLength(11)
  })

  test('refuses events of the wrong shape, impossible events and steps that are not there', () => {
    const run = createRun(counter().simulation, model, 0)
    expect(codeOf(() => run.apply(0, { add: 'x' }))).toBe('bad-event')
    expect(codeOf(() => run.apply(0, null))).toBe('bad-event')
    expect(codeOf(() => run.apply(0, { add: 9 }))).toBe('bad-event')
    expect(codeOf(() => run.apply(7, { add: 1 }))).toBe('bad-input')
    expect(codeOf(() => run.stateAt(-1))).toBe('bad-input')
    expect(run).toHaveLength(1)
  })

  test('refuses drawings and runs beyond the limits, and seeds that are none', () => {
    const { simulation } = counter({ enabled: () => [{ add: 1 }], properties: [] })
    const large = {
      nodes: Array.from({ length: MAX_RUN_RECORDS + 1 }, (_, i) => ({ id: `n${i}`, kind: 'n', name: 'n' })),
      edges: [],
    }
    expect(codeOf(() => createRun(simulation, large, 0))).toBe('too-large')
    for (const seed of [-1, 1.5, 2 ** 32, Number.NaN])
      expect(codeOf(() => createRun(simulation, model, seed))).toBe('bad-input')
    const run = createRun(simulation, model, 0)
    expect(run.continueFrom(0, MAX_RUN_EVENTS + 10)).toHaveLength(MAX_RUN_EVENTS)
    expect(codeOf(() => run.continueFrom(MAX_RUN_EVENTS, 1))).toBe('too-large')
    expect(codeOf(() => run.apply(MAX_RUN_EVENTS, { add: 2 }))).toBe('too-large')
  })
})
