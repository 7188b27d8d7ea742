// The score board: which question it asks about a pod, and how the scheduler's answer is put in order.
import { expect, test } from 'vitest'
import { readDrawing } from '@labs/topology/operations/drawing-input.ts'
import { schedule } from '@labs/topology/operations/schedule.ts'
import { type ScheduleAnswer, askedAbout, boardFrom, podsOf } from '@page/labs/topology/board/board.ts'

const model = readDrawing({
  nodes: [
    {
      kind: 'cluster',
      name: 'K',
      children: [
        { kind: 'node', name: 'a', cpu: 4000, memory: 4096, children: [{ kind: 'pod', name: 'there', cpu: 3500 }] },
        { kind: 'node', name: 'b', cpu: 4000, memory: 4096, labels: 'zone=x' },
        { kind: 'node', name: 'c', cpu: 2000, memory: 4096 },
        { kind: 'pod', name: 'first', cpu: 1000, memory: 1024, children: [{ kind: 'container', name: 'box' }] },
        { kind: 'pod', name: 'second', cpu: 9000, memory: 1024 },
      ],
    },
    { kind: 'deployment', name: 'D' },
  ],
  edges: [['D', 'second']],
})
const ask = (pod: string) => {
  const asked = askedAbout(model, pod)
  const input = { drawing: asked, detail: 'full', preemption: false }
  return { asked, board: boardFrom(schedule.run(input) as unknown as ScheduleAnswer, model, 'passes') }
}

test('pods that wait are offered first', () => {
  expect(podsOf(model).map(({ name, on }) => [name, on])).toEqual([
    ['first', null],
    ['second', null],
    ['there', 'a'],
  ])
})

test('another pod that waits is left out, with its lines', () => {
  const { asked } = ask('first')
  expect(asked.nodes.map(({ id }) => id)).not.toContain('second')
  expect(asked.edges).toEqual([])
  expect(asked.nodes.map(({ id }) => id)).toContain('box')
})

test('nodes that fall out say why, the others what they get, and one is chosen', () => {
  const { board } = ask('first')
  expect(board?.node).toBe('b')
  expect(board?.rows.map(({ name, fits, chosen, total }) => [name, fits, chosen, total === null])).toEqual([
    ['a', false, false, true],
    ['b', true, true, false],
    ['c', true, false, false],
  ])
  expect(board?.rows[0]?.filter.text).toBe('NodeResourcesFit')
  expect(board?.rows[0]?.filter.working[0]).toContain('3500m + 1 = 4500m > 4')
  const fit = board?.columns.findIndex(({ plugin }) => plugin === 'NodeResourcesFit') ?? -1
  // (4 - 1) / 4 and (4 - 1) / 4; (2 - 1) / 2 = 50 and 75
  expect(board?.rows.map(({ scores }) => scores[fit]?.text)).toEqual(['', '75', '62'])
  expect(board?.rows[1]?.share).toBe(1)
})

test('a pod that runs is looked at as if it were not placed', () => {
  expect(ask('there').board?.rows.map(({ fits }) => fits)).toEqual([true, true, false])
})

test('a pod that fits nowhere has a message and no scores', () => {
  const { board } = ask('second')
  expect(board?.node).toBeNull()
  expect(board?.columns).toEqual([])
  expect(board?.message).toBe('0/3 nodes are available: 3 Insufficient cpu')
})
