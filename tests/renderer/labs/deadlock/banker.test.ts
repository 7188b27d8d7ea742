// What follows from the Banker's answers in a drawing, the programs of the plane of states, and questions to the host.
import type { Script } from '@contract/document.ts'
import { bankOf } from '@labs/deadlock/model/bank.ts'
import type { DeadlockModel } from '@labs/deadlock/model/index.ts'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { Question } from '../../../../src-renderer/labs/deadlock/avoidance/bank.svelte.ts'
import { granted, lightsOf, requested } from '../../../../src-renderer/labs/deadlock/avoidance/grant.ts'
import { programsOf } from '../../../../src-renderer/labs/deadlock/avoidance/programs.ts'
import type { OpenDocument } from '../../../../src-renderer/shell/documents/open-document.svelte.ts'

const model: DeadlockModel = {
  nodes: [
    { id: 'P1', kind: 'process', name: 'P1' },
    { id: 'P2', kind: 'process', name: 'P2' },
    { id: 'R1', kind: 'resource', name: 'R1', instances: 3 },
    { id: 'R2', kind: 'resource', name: 'R2', instances: 2 },
  ],
  edges: [
    { id: 'a1', kind: 'assignment', from: 'R1', to: 'P1', count: 1 },
    { id: 'q1', kind: 'request', from: 'P1', to: 'R1', count: 1 },
    { id: 'c1', kind: 'claim', from: 'P1', to: 'R1', count: 3 },
    { id: 'c2', kind: 'claim', from: 'P2', to: 'R2', count: 2 },
  ],
}
const asked = (r1: number, r2: number) => ({
  process: 'P1',
  units: [
    { type: 'R1', count: r1 },
    { type: 'R2', count: r2 },
  ],
})

describe('a request that is granted in the drawing', () => {
  it('is held then, and asked for no longer', () => {
    const { edges } = granted(model, asked(2, 1))
    expect(edges).toEqual([
      { id: 'a1', kind: 'assignment', from: 'R1', to: 'P1', count: 3 },
      { id: 'c1', kind: 'claim', from: 'P1', to: 'R1', count: 3 },
      { id: 'c2', kind: 'claim', from: 'P2', to: 'R2', count: 2 },
      { id: 'e1', kind: 'assignment', from: 'R2', to: 'P1', count: 1 },
    ])
  })

  it('leaves what is asked for beyond it', () => {
    const more = { ...model, edges: model.edges.map((edge) => (edge.id === 'q1' ? { ...edge, count: 2 } : edge)) }
    expect(granted(more, asked(1, 0)).edges.find(({ id }) => id === 'q1')?.count).toBe(1)
  })

  it('drawn as a request, takes the place of the one that is there', () => {
    const { edges } = requested(model, asked(2, 0))
    expect(edges.filter(({ kind }) => kind === 'request')).toEqual([
      { id: 'q1', kind: 'request', from: 'P1', to: 'R1', count: 2 },
    ])
  })

  it('lights up the process, the types asked for and the lines between them', () => {
    expect(lightsOf(model, asked(1, 0))).toEqual(['P1', 'R1', 'a1', 'q1', 'c1'])
  })
})

describe('the programs of two processes', () => {
  const script = (events: Record<string, unknown>[]): Script =>
    ({ simulation: 'events', seed: 1, events }) as unknown as Script
  const event = (type: string, process: string, resource: string, count: number) => ({ type, process, resource, count })

  it('are the usual ones without a script, in the order of types that is chosen', () => {
    const found = programsOf(bankOf(model), null, [false, false])
    if (typeof found === 'string') throw new Error(found)
    expect(found.scripted).toBe(false)
    expect(found.plane.totals).toEqual([3, 2])
    expect(found.plane.across.steps).toEqual([
      { type: 0, units: 1 },
      { type: 0, units: 2 },
      { type: 0, units: -3 },
    ])
    const both = {
      ...model,
      edges: [...model.edges, { id: 'c3', kind: 'claim', from: 'P2', to: 'R1', count: 1 } as const],
    }
    const opposite = programsOf(bankOf(both), null, [false, true])
    if (typeof opposite === 'string') throw new Error(opposite)
    expect(opposite.plane.up.steps.map(({ type }) => type)).toEqual([1, 0, 0, 1])
  })

  it('are those of the script where it has one that fits', () => {
    const events = [
      event('request', 'P2', 'R2', 1),
      event('grant', 'P2', 'R2', 1),
      event('request', 'P2', 'R1', 1),
      event('release', 'P2', 'R2', 1),
    ]
    const found = programsOf(bankOf(model), script(events))
    if (typeof found === 'string') throw new Error(found)
    expect(found.scripted).toBe(true)
    expect(found.plane.up.steps).toEqual([
      { type: 1, units: 1 },
      { type: 0, units: 1 },
      { type: 1, units: -1 },
      { type: 0, units: -1 },
    ])
    const wrong = programsOf(bankOf(model), script([event('release', 'P2', 'R2', 1)]))
    expect(typeof wrong !== 'string' && wrong.scripted).toBe(false)
  })

  it('are none for other numbers of processes and types, or where there are too many steps', () => {
    expect(programsOf(bankOf({ ...model, nodes: model.nodes.slice(0, 3), edges: [] }), null)).toBe('two')
    const long = Array.from({ length: 25 }, () => [event('request', 'P2', 'R2', 1), event('release', 'P2', 'R2', 1)])
    expect(programsOf(bankOf(model), script(long.flat()))).toBe('long')
  })
})

describe('a question to the host', () => {
  function open(compute: (input: unknown) => Promise<unknown>) {
    const asked: unknown[] = []
    const stopped: string[] = []
    const doc = {
      compute: (_operation: string, _key: string, input: unknown) => (asked.push(input), compute(input)),
      stopComputing: (key: string) => (stopped.push(key), Promise.resolve()),
    } as unknown as OpenDocument
    return { question: new Question<unknown>(doc, 'banker'), asked, stopped }
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve))

  it('is asked once for one input, and its newest answer holds', async () => {
    const { question, asked } = open((input) => Promise.resolve(input))
    question.ask({ a: 1 })
    question.ask({ a: 1 })
    question.ask({ a: 2 })
    await settled()
    expect(asked).toEqual([{ a: 1 }, { a: 2 }])
    expect(question.answer).toEqual({ a: 2 })
    expect(question.fresh).toBe(true)
    question.ask(null)
    expect(question.answer).toBeNull()
  })

  it('shows what is wrong with the input, and is asked again after the connection was lost', async () => {
    const wrong = open(() => Promise.reject(new InterlockError('bad-input', 'allocation: expected rows of numbers.')))
    wrong.question.ask({ a: 1 })
    await settled()
    expect(wrong.question.error).toBe('allocation: expected rows of numbers.')

    const lost = open(() => Promise.reject(new InterlockError('disconnected', 'gone')))
    lost.question.ask({ a: 1 })
    await settled()
    expect(lost.question.error).toBeNull()
    lost.question.ask({ a: 1 })
    expect(lost.asked).toHaveLength(2)
  })

  it('that a person stopped stays stopped until it is asked again', async () => {
    let end = (_: Error): void => undefined
    const { question, asked, stopped } = open(() => new Promise((_, reject) => (end = reject)))
    question.ask({ a: 1 })
    question.stop()
    end(new InterlockError('cancelled', 'stopped'))
    await settled()
    question.ask({ a: 1 })
    expect(stopped).toEqual(['banker'])
    expect(asked).toHaveLength(1)
    expect(question.error).toBeNull()
    question.again()
    question.ask({ a: 1 })
    expect(asked).toHaveLength(2)
  })
})
