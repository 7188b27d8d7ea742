import { describe, expect, it } from 'vitest'
import { causalBroadcast } from '../../../../../src-main/labs/distributed/algorithms/causal/causal-broadcast.ts'
import {
  type Deliverer,
  causalViolation,
  totalViolation,
} from '../../../../../src-main/labs/distributed/algorithms/causal/order.ts'
import { totalBroadcast } from '../../../../../src-main/labs/distributed/algorithms/causal/total-broadcast.ts'
import { runToEnd } from '../../../../../src-main/labs/distributed/network/outcome.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import { meshOf } from '../playing.ts'

describe('violations told from deliveries', () => {
  const logs = (...all: string[][]): Deliverer[] =>
    all.map((log) => ({
      log: log.map((one) => ({ from: Number(one.split('.')[0]), number: Number(one.split('.')[1]) })),
    }))

  it('finds a dependence over a third node', () => {
    // 1 answers 0.1, 2 answers 1.1; the node 3 delivers 2.1 without 0.1.
    const states = logs(['0.1', '1.1', '2.1'], ['0.1', '1.1', '2.1'], ['0.1', '1.1', '2.1'], ['1.1', '2.1'])
    expect(causalViolation(states)).toEqual({
      node: 3,
      first: { from: 0, number: 1 },
      second: { from: 1, number: 1 },
    })
  })

  it('finds none where messages do not know of each other', () => {
    expect(causalViolation(logs(['0.1', '1.1'], ['1.1', '0.1'], ['1.1', '0.1']))).toBeNull()
    expect(totalViolation(logs(['0.1', '1.1'], ['1.1', '0.1'], ['1.1', '0.1']))?.nodes).toEqual([0, 1])
  })

  it('claims nothing about a message whose sender has lost what it delivered', () => {
    expect(causalViolation(logs([], ['0.2', '1.1'], ['1.1']))).toBeNull()
  })
})

describe('the rule that everybody delivers everything', () => {
  it('names a message that is missing, and who has it', () => {
    const model = meshOf(3, {
      settings: { count: 1, answers: 1 },
      plan: [
        { do: 'start', at: 0, node: 'P1' },
        { do: 'cut', at: 5, from: 'P1', to: 'P3' },
      ],
    })
    const { judged } = runToEnd(setupOf(model, causalBroadcast, 1))
    expect(judged.find(({ rule }) => rule.id === 'all-delivered')).toMatchObject({
      holds: false,
      nodes: [2],
      sentence: 'P3 has not delivered P1.1, which P2 has, and nothing is to come any more.',
    })
  })

  it('asks nothing of a node that has crashed', () => {
    const model = meshOf(3, {
      plan: [
        { do: 'start', at: 1, node: 'P1' },
        { do: 'crash', at: 5, node: 'P3' },
      ],
    })
    expect(runToEnd(setupOf(model, causalBroadcast, 1)).judged.map(({ holds }) => holds)).toEqual([true, true])
  })
})

describe('the rule of one order', () => {
  it('is judged in the step that breaks it while there are few deliveries', () => {
    // P1 and P2 begin at once; each delivers its own message first.
    const model = meshOf(
      3,
      { settings: { sequencer: 0, answers: 0, count: 1 } },
      { P1: { starts: true }, P2: { starts: true } },
    )
    const { judged } = runToEnd(setupOf(model, totalBroadcast, 1))
    expect(judged.find(({ rule }) => rule.id === 'total-order')).toMatchObject({ holds: false, broke: 10 })
  })
})
