// Two branches compared, and the marks along a branch.
import { expect, test } from 'vitest'
import type { RunState, RunStep } from '@contract/run.ts'
import { compare } from '@page/player/compare.ts'
import { findingsOf, stretches } from '@page/player/findings.ts'

const found = (holds: boolean) => ({
  mark: holds ? ('free' as const) : ('ring' as const),
  sentence: 's',
  holds,
  what: 'jam',
})
const step = (number: number, parent: number | null, depth: number, holds?: boolean): RunStep => ({
  step: number,
  parent,
  depth,
  event: number,
  text: `step ${number}`,
  lights: [],
  finding: holds === undefined ? null : found(holds),
})
// 0-1-2-3 and 1-4
const steps = [step(0, null, 0), step(1, 0, 1), step(2, 1, 2, false), step(3, 2, 3, true), step(4, 1, 2)]
const state = (at: number, marks: RunState['marks']): RunState => ({
  step: at,
  model: { nodes: [{ id: 'p', kind: 'process', name: 'Editor' }] },
  marks,
  table: { columns: [], rows: [] },
  status: `at ${at}`,
  possible: [],
})

test('says where branches part, what follows on each, and what differs', () => {
  const made = compare(steps, { tip: 3, state: state(3, { p: 'ring' }) }, { tip: 4, state: state(4, {}) })
  expect(made?.parting.step).toBe(1)
  expect(made?.left.map((one) => one.step)).toEqual([2, 3])
  expect(made?.right.map((one) => one.step)).toEqual([4])
  expect(made?.rows.map(({ label, left, right, differs }) => [label, left, right, differs])).toEqual([
    ['Steps', '3', '2', true],
    ['Step of the jam', '2', 'none', true],
    ['On a ring', 'Editor', 'none', true],
    ['At the end', 'at 3', 'at 4', true],
  ])
  const same = compare(steps, { tip: 4, state: state(4, {}) }, { tip: 4, state: state(4, {}) })
  expect(same?.rows.some(({ differs }) => differs)).toBe(false)
  expect(same?.left).toEqual([])
})

test('what is found lasts from its step to the one that ends it, or to the end of the branch', () => {
  expect(stretches(findingsOf([0, 1, 2, 3], steps, 10), 3)).toEqual([{ from: 2, to: 3, mark: 'ring' }])
  expect(stretches(findingsOf([0, 1, 2], steps, 10), 7)).toEqual([{ from: 2, to: 7, mark: 'ring' }])
  expect(stretches(findingsOf([0, 1, 4], steps, 10), 2)).toEqual([])
  expect(findingsOf([0, 1, 2, 3], steps, 1).length).toBe(1)
})
