// What a run tells of its steps: each event once, also where a node is paused or a plan cannot be carried out.
import { describe, expect, it } from 'vitest'
import type { RunStep } from '../../../../src-main/contract/run.ts'
import { findLab } from '../../../../src-main/labs/index.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { traceFromJson, traceToJson } from '../../../../src-main/simulation/trace/json.ts'
import { traceOfSteps } from '../../../../src-main/simulation/trace/trace.ts'

const lab = findLab('distributed')

function played(algorithm: string, more: Record<string, unknown>): readonly RunStep[] {
  const model = lab.model.schema.parse({
    nodes: [1, 2, 3].map((number) => ({
      ...{ id: `n${number}`, kind: 'node', name: `P${number}` },
      ...(number === 1 ? { starts: true } : {}),
    })),
    edges: [],
    algorithm,
    ...more,
  })
  const run = createRun(lab.simulations[algorithm]!, model, 1)
  run.generate(0, 500, 1)
  // Refuses a message that is sent twice, time that goes back, and a receipt of what was never sent.
  traceFromJson(traceToJson(traceOfSteps('', model.nodes, run.steps())))
  return run.steps()
}

describe('the trace of a network', () => {
  it('tells a message for a paused node as delayed, and nothing twice', () => {
    const steps = played('bully', {
      plan: [
        { do: 'pause', at: 1, node: 'n2' },
        { do: 'resume', at: 300, node: 'n2' },
      ],
    })
    const of = (kind: string): RunStep[] => steps.filter(({ trace }) => trace?.kind === kind)
    expect([of('pause').length, of('resume').length]).toEqual([1, 1])
    const [held] = of('delay')
    expect(held?.trace).toMatchObject({ lane: null, at: 10, sends: [] })
    const received = steps.find(({ trace }) => trace?.kind === 'receive' && trace.message === held?.trace?.message)
    expect(received?.trace).toMatchObject({ lane: 'n2', at: 300 })
  })

  it('goes on where a second message comes to a paused node', () => {
    const sends = [1, 2].map((at) => ({ do: 'send', at, from: 'n1', to: 'n2' }))
    const pauses = [
      { do: 'pause', at: 0, node: 'n2' },
      { do: 'resume', at: 50, node: 'n2' },
    ]
    const received = played('by-hand', { plan: [...sends, ...pauses] }).filter(({ trace }) => trace?.kind === 'receive')
    expect(received.map(({ trace }) => [trace?.message, trace?.at])).toEqual([
      ['m1', 50],
      ['m2', 50],
    ])
  })

  it('tells nothing of a plan that could not be carried out', () => {
    const plan = [5, 6].map((at) => ({ do: 'crash', at, node: 'n3' }))
    const crashes = played('bully', { plan }).filter(({ trace }) => trace?.kind === 'crash')
    expect(crashes.map(({ trace }) => trace?.at)).toEqual([5])
  })

  it('says why messages are lost', () => {
    const why = (more: Record<string, unknown>): Set<string | undefined> =>
      new Set(played('bully', more).flatMap(({ trace }) => (trace?.kind === 'lost' ? [trace.why] : [])))
    expect(why({ network: { loss: 100 } })).toEqual(new Set(['chance']))
    expect(why({ plan: [{ do: 'crash', at: 5, node: 'n3' }] })).toEqual(new Set(['crashed']))
    expect(why({ plan: [{ do: 'cut', at: 5, from: 'n1', to: 'n3' }] })).toEqual(new Set(['cut']))
  })

  it('plays by itself to the end, and not on by what only a person does', () => {
    const steps = played('bully', {})
    expect(steps.length).toBeLessThan(60)
    expect(steps.filter(({ trace }) => trace?.label === 'begins')).toHaveLength(1)
  })

  it.each([false, true])('plays by itself the first of what is possible (overtaking: %s)', (overtaking) => {
    const steps = played('bully', { network: { overtaking, spread: 60, loss: 10 } })
    const model = lab.model.schema.parse({
      nodes: [1, 2, 3].map((number) => ({ id: `n${number}`, kind: 'node', name: `P${number}`, starts: number === 1 })),
      edges: [],
      algorithm: 'bully',
      network: { overtaking, spread: 60, loss: 10 },
    })
    const simulation = lab.simulations['bully']!
    let state = simulation.init(model, 1)
    expect(steps.length).toBeGreaterThan(8)
    for (const { event } of steps.slice(1)) {
      expect(event).toEqual(simulation.enabled(state)[0])
      state = simulation.apply(state, event)
    }
  })

  it('says that a person dropped a message', () => {
    const model = lab.model.schema.parse({
      nodes: [1, 2].map((number) => ({ id: `n${number}`, kind: 'node', name: `P${number}`, starts: number === 1 })),
      edges: [],
      algorithm: 'bully',
    })
    const run = createRun(lab.simulations['bully']!, model, 1)
    const { step } = run.continueFrom(0, 1)[0]!
    expect(run.apply(step, { do: 'drop', message: 1 }).trace).toMatchObject({ kind: 'lost', why: 'dropped' })
  })
})
