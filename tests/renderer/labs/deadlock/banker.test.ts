// What follows from the Banker's answers in a drawing, the programs of the plane of states.
import type { Script } from '@contract/document.ts'
import { bankOf } from '@labs/deadlock/model/bank.ts'
import type { DeadlockModel } from '@labs/deadlock/model/index.ts'
import { describe, expect, it } from 'vitest'
import { granted, lightsOf, requested } from '../../../../src-renderer/labs/deadlock/avoidance/grant.ts'
import { programsOf } from '../../../../src-renderer/labs/deadlock/avoidance/programs.ts'

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

/** Programs of which there is a plane. */
function drawn(found: ReturnType<typeof programsOf>) {
  if (typeof found === 'string' || 'beyond' in found) throw new Error(JSON.stringify(found))
  return found
}

describe('the programs of two processes', () => {
  const script = (events: Record<string, unknown>[]): Script =>
    ({ simulation: 'events', seed: 1, events }) as unknown as Script
  const event = (type: string, process: string, resource: string, count: number) => ({ type, process, resource, count })

  it('are the usual ones without a script, in the order of types that is chosen', () => {
    const found = drawn(programsOf(bankOf(model), null, [false, false]))
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
    const opposite = drawn(programsOf(bankOf(both), null, [false, true]))
    expect(opposite.plane.up.steps.map(({ type }) => type)).toEqual([1, 0, 0, 1])
  })

  it('are those of the script where it has one that fits', () => {
    const events = [
      event('request', 'P2', 'R2', 1),
      event('grant', 'P2', 'R2', 1),
      event('request', 'P2', 'R1', 1),
      event('release', 'P2', 'R2', 1),
    ]
    const found = drawn(programsOf(bankOf(model), script(events)))
    expect(found.scripted).toBe(true)
    expect(found.plane.up.steps).toEqual([
      { type: 1, units: 1 },
      { type: 0, units: 1 },
      { type: 1, units: -1 },
      { type: 0, units: -1 },
    ])
    const wrong = programsOf(bankOf(model), script([event('release', 'P2', 'R2', 1)]))
    expect(drawn(wrong).scripted).toBe(false)
  })

  it('are none for other numbers of processes and types, or where there are too many steps', () => {
    expect(programsOf(bankOf({ ...model, nodes: model.nodes.slice(0, 3), edges: [] }), null)).toBe('two')
    const long = Array.from({ length: 25 }, () => [event('request', 'P2', 'R2', 1), event('release', 'P2', 'R2', 1)])
    expect(programsOf(bankOf(model), script(long.flat()))).toBe('long')
  })
})

it('a process whose drawn request is for the second type asks for that one first, unless somebody chose otherwise', () => {
  const both: DeadlockModel = {
    nodes: model.nodes.map((node) => (node.kind === 'resource' ? { ...node, instances: 1 } : node)),
    edges: [
      { id: 'c1', kind: 'claim', from: 'P1', to: 'R1', count: 1 },
      { id: 'c2', kind: 'claim', from: 'P1', to: 'R2', count: 1 },
      { id: 'c3', kind: 'claim', from: 'P2', to: 'R1', count: 1 },
      { id: 'c4', kind: 'claim', from: 'P2', to: 'R2', count: 1 },
      { id: 'r1', kind: 'request', from: 'P2', to: 'R2', count: 1 },
    ],
  }
  const firstOf = (last: (boolean | null)[]): number | undefined => {
    return drawn(programsOf(bankOf(both), null, last)).plane.up.steps[0]?.type
  }
  expect([firstOf([]), firstOf([null, null]), firstOf([null, false])]).toEqual([1, 1, 0])
})

it('a process that wants more than exists waits for nobody: no paths are drawn, and it is named', () => {
  const greedy: DeadlockModel = {
    nodes: model.nodes.map((node) => (node.kind === 'resource' ? { ...node, instances: 2 } : node)),
    edges: [
      { id: 'r1', kind: 'request', from: 'P1', to: 'R1', count: 3 },
      { id: 'r2', kind: 'request', from: 'P2', to: 'R2', count: 1 },
    ],
  }
  expect(programsOf(bankOf(greedy), null)).toEqual({ beyond: { row: 0, type: 0, units: 3, exist: 2 } })
})
