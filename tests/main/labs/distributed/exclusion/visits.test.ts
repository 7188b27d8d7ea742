// Waiting, order and load of a run as they are told: against notes by hand, and against what the run itself did.
import { describe, expect, test } from 'vitest'
import { exclusionAlgorithms } from '../../../../../src-main/labs/distributed/algorithms/exclusion/index.ts'
import { runToEnd } from '../../../../../src-main/labs/distributed/network/outcome.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import { Visits, waitOf } from '../../../../../src-main/labs/distributed/network/visits.ts'
import { verdict } from '../../../../../src-main/labs/distributed/verdict.ts'
import { play, ringOfNodes, worldOf } from './networks.ts'

describe('visits', () => {
  test('tell how long each waited, and who was passed over', () => {
    const visits = new Visits()
    visits.hear(0, 1, 'request')
    visits.hear(5, 2, 'request')
    visits.hear(10, 2, 'enter')
    visits.hear(12, 3, 'request')
    visits.hear(14, 2, 'leave')
    visits.hear(15, 3, 'enter')
    visits.hear(16, 3, 'leave')
    visits.hear(20, 1, 'enter')
    expect(visits.all).toEqual([
      { node: 1, asked: 0, entered: 20, left: null, passed: 2 },
      { node: 2, asked: 5, entered: 10, left: 14, passed: 0 },
      { node: 3, asked: 12, entered: 15, left: 16, passed: 0 },
    ])
    const { entries, mean, longest, passed } = visits.waiting()
    expect({ entries, mean }).toEqual({ entries: 3, mean: 28 / 3 })
    expect(longest).toBe(visits.all[0])
    expect(passed).toBe(visits.all[0])
  })

  test('who asks at the same time is not passed over, nor who has crashed', () => {
    const visits = new Visits()
    for (const node of [0, 1, 2]) visits.hear(0, node, 'request')
    visits.gone(1)
    visits.hear(3, 2, 'enter')
    visits.hear(4, 2, 'leave')
    visits.hear(5, 2, 'request')
    visits.hear(6, 2, 'enter')
    expect(visits.all.map(({ passed }) => passed)).toEqual([1, 0, 0, 0])
    expect(visits.waiting()).toMatchObject({ entries: 2, mean: 2, passed: { node: 0 } })
    expect(waitOf({ node: 1, asked: 0, entered: null, left: null, passed: 0 })).toBe(Infinity)
  })

  test('of nobody say nothing', () => {
    expect(new Visits().waiting()).toEqual({ entries: 0, mean: null, longest: null, passed: null })
  })
})

describe.each(exclusionAlgorithms.map((algorithm) => [algorithm.label, algorithm] as const))('%s', (_, algorithm) => {
  const model = ringOfNodes(5, {
    algorithm: algorithm.id,
    settings: { entries: 3, cure: 1 },
    network: { spread: 25 },
    seed: 11,
  })

  test('has as many visits as entries, one inside another never', () => {
    const { visits, judged } = runToEnd(setupOf(model, algorithm, 11))
    const { order } = play(worldOf(model, algorithm, 11))
    const entered = [...visits.all].sort((a, b) => (a.entered ?? 0) - (b.entered ?? 0))
    expect(entered.map(({ node }) => node)).toEqual(order)
    entered.forEach(({ asked, entered: from, left }, place) => {
      expect(from).toBeGreaterThanOrEqual(asked)
      expect(left).toBe((from ?? 0) + 20)
      expect(from).toBeGreaterThanOrEqual(entered[place - 1]?.left ?? 0)
    })
    expect(judged.every(({ holds }) => holds)).toBe(true)
  })

  test('is told of in the verdict with its figures', () => {
    const { evidence, word } = verdict(model)
    const group = evidence.find(({ id }) => id === 'section')
    expect(word).toBe('All served')
    expect(group?.items[0]?.text).toBe('15 entries, asked for 15 times')
    const { sent } = play(worldOf(model, algorithm, 11))
    expect(group?.items[1]?.text).toContain(`${Math.round((sent / 15) * 1000) / 1000} messages for an entry`)
    expect(group?.items.map(({ text }) => text).join(' ')).not.toMatch(/undefined|NaN|Infinity/)
  })
})

test('the verdict names those that Maekawa without the cure leaves waiting for ever, and where they come in with it', () => {
  const stuck = verdict(ringOfNodes(4, { algorithm: 'maekawa' }))
  expect(stuck.word).toBe('Stuck')
  expect(stuck.sentence).toContain('P0, P1, P2 and P3 still wait')
  expect(stuck.evidence.find(({ id }) => id === 'section')?.items).toEqual([
    { text: '0 entries, asked for 4 times', lights: [] },
  ])
  expect(verdict(ringOfNodes(4, { algorithm: 'maekawa', settings: { cure: 1 } })).word).toBe('All served')
})

test('the verdict names who is passed over', () => {
  const plan = [
    { do: 'start' as const, at: 0, node: 'n1' },
    { do: 'start' as const, at: 5, node: 'n3' },
    { do: 'start' as const, at: 8, node: 'n2' },
  ]
  // The token comes by P2 before it reaches P3.
  const { evidence } = verdict(ringOfNodes(4, { algorithm: 'token-ring', plan }))
  const item = evidence.find(({ id }) => id === 'section')?.items.find(({ mark }) => mark === 'behind')
  expect(item).toEqual({
    text: 'P3 waits while others that asked later enter 1 time.',
    detail: 'asked at 5 ms',
    mark: 'behind',
    lights: ['n3'],
  })
})
