// What is written at the events of a space-time diagram: matrices row by row.
import { expect, it } from 'vitest'
import { type CausalEvent, causality } from '../../../../src-main/simulation/causality.ts'
import { eventsByStep, matricesAt } from '../../../../src-renderer/player/spacetime/causal.ts'

const event = (id: string, lane: string, step: number, more: Partial<CausalEvent> = {}): CausalEvent => ({
  ...{ id, lane, step, at: step, kind: 'local' as const, label: '', receives: null, sends: [] },
  ...more,
})

it('writes a line for each row of a matrix, and two events of a step side by side', () => {
  const order = causality(
    [
      event('1', 'a', 1, { sends: ['m'] }),
      event('2', 'b', 2, { receives: 'm' }),
      event('2s', 'b', 2, { sends: ['n'] }),
    ],
    ['a', 'b'],
  )
  expect([...matricesAt(eventsByStep(order), order)]).toEqual([
    [1, '(1,0)\n(0,0)'],
    [2, '(1,0) → (1,0)\n(1,1) → (1,2)'],
  ])
})
