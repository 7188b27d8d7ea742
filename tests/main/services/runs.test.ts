// Runs by their names: scripts read and played in pages, gestures checked like any drawing from outside, refusals.
import { describe, expect, test } from 'vitest'
import { hostApi } from '../../../src-main/contract/api.ts'
import { InterlockError } from '../../../src-main/contract/errors.ts'
import { findLab } from '../../../src-main/labs/index.ts'
import { createRuns } from '../../../src-main/services/runs.ts'

const model = {
  nodes: [
    { id: 'P1', kind: 'process', name: 'P1' },
    { id: 'R1', kind: 'resource', name: 'R1', instances: 1 },
  ],
  edges: [],
}
const request = { type: 'request', process: 'P1', resource: 'R1', count: 1 }
const open = () => {
  const runs = createRuns(findLab)
  return { runs, id: runs.open({ lab: 'deadlock', simulation: 'events', seed: 1, model }).run }
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

describe('a script of a run', () => {
  test('is read from a step on, and the state after its last event comes along', () => {
    const { runs, id } = open()
    const answer = runs.read(id, 0, ['# begin', 'P1 requests R1', 'R1 grants'])
    expect(hostApi['runs.read'].output.parse(answer)).toEqual(answer)
    expect(answer.steps.map((step) => step?.line ?? null)).toEqual([null, 'P1 requests R1', 'R1 grants P1'])
    expect(answer.state.step).toBe(2)
    expect(runs.read(id, 2, ['P1 grants']).problem?.message).toMatch(/P1 is a process/)
    expect(runs.read(id, 2, ['']).state.step).toBe(2)
  })

  test('is played as events, with the reason where it stops, and told as lines', () => {
    const { runs, id } = open()
    const answer = runs.play(id, 0, [request, request])
    expect(hostApi['runs.play'].output.parse(answer)).toEqual(answer)
    expect([answer.steps.length, answer.refused]).toEqual([1, expect.stringMatching(/P1 waits/)])
    expect(runs.write(id, 1, [request])).toEqual({ lines: ['P1 requests R1'] })
  })

  test('is generated the same for the same seed', () => {
    const { runs, id } = open()
    const lines = (seed: number) => runs.generate(id, 0, 30, seed).steps.map(({ line }) => line)
    expect(lines(4)).toEqual(lines(4))
    expect(lines(4).length).toBe(30)
  })

  test('a drawing made by a gesture is checked before it is read as events', () => {
    const { runs, id } = open()
    const edge = { id: 'e1', kind: 'request', from: 'P1', to: 'R1', count: 1 }
    expect(runs.edited(id, 0, { ...model, edges: [edge] }).steps.map(({ line }) => line)).toEqual(['P1 requests R1'])
    expect(codeOf(() => runs.edited(id, 0, { ...model, edges: [{ ...edge, to: 'R9' }] }))).toBe('bad-input')
    expect(codeOf(() => runs.edited(id, 0, { nodes: 7 }))).toBe('bad-input')
    expect(codeOf(() => runs.edited(id, 0, model))).toBe('bad-event')
  })

  test('steps and runs that are not there are refused', () => {
    const { runs, id } = open()
    expect(codeOf(() => runs.read(id, 9, []))).toBe('bad-input')
    runs.close(id)
    expect(codeOf(() => runs.read(id, 0, []))).toBe('unknown-run')
    expect(codeOf(() => runs.edited(id, 0, model))).toBe('unknown-run')
  })
})
