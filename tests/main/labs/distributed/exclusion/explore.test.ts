// Every order of beginnings, deliveries and timers with three nodes: nobody is inside together, and nobody waits for
// ever, except where an algorithm is known to fail or was made wrong on purpose.
import { describe, expect, test } from 'vitest'
import { central } from '../../../../../src-main/labs/distributed/algorithms/exclusion/central.ts'
import { exclusionAlgorithms } from '../../../../../src-main/labs/distributed/algorithms/exclusion/index.ts'
import { lamport } from '../../../../../src-main/labs/distributed/algorithms/exclusion/lamport.ts'
import { maekawa } from '../../../../../src-main/labs/distributed/algorithms/exclusion/maekawa.ts'
import { ricartAgrawala } from '../../../../../src-main/labs/distributed/algorithms/exclusion/ricart-agrawala.ts'
import { suzukiKasami } from '../../../../../src-main/labs/distributed/algorithms/exclusion/suzuki-kasami.ts'
import { tokenRing } from '../../../../../src-main/labs/distributed/algorithms/exclusion/token-ring.ts'
import { exploreNetwork } from '../../../../../src-main/labs/distributed/network/explore.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import type { Algorithm, Input } from '../../../../../src-main/labs/distributed/network/types.ts'
import { exploreAll, ringOfNodes } from './networks.ts'

const all = [0, 1, 2]
// Settings that an algorithm does not know are passed over.
const settings = { limit: 1, cure: 1 }
const cases = exclusionAlgorithms.map((algorithm) => [algorithm.label, algorithm] as const)
const withoutLamport = cases.filter(([, algorithm]) => algorithm !== lamport)

describe('three nodes that all ask, in every order', () => {
  test.each(cases)('%s', { timeout: 120_000 }, (_, algorithm) => {
    const found = exploreAll(algorithm, ringOfNodes(3, { settings }), all)
    expect(found).toMatchObject({ unsafe: null, stuck: null })
    expect(found.ends).toBeGreaterThan(0)
    // Fewer would mean that orders were missed: already the beginnings can be in six.
    expect(found.states).toBeGreaterThan(60)
  })
})

describe('two of three nodes that ask twice, in every order', () => {
  test.each(withoutLamport)('%s', (_, algorithm) => {
    const found = exploreAll(algorithm, ringOfNodes(3, { settings: { ...settings, entries: 2 } }), [0, 2])
    expect(found).toMatchObject({ unsafe: null, stuck: null })
  })
})

describe('when messages overtake each other', () => {
  test.each(withoutLamport)('%s still lets one in at a time, and everybody', (_, algorithm) => {
    const found = exploreAll(algorithm, ringOfNodes(3, { settings: { ...settings, entries: 2 } }), [1, 2], true)
    expect(found).toMatchObject({ unsafe: null, stuck: null })
  })

  test('Lamport lets two in at once', () => {
    const found = exploreAll(lamport, ringOfNodes(3), all, true, ({ unsafe }) => unsafe !== null)
    expect(found.unsafe).not.toBeNull()
  })
})

describe('Maekawa', () => {
  test('without the cure, nodes lock each other out in some order, yet never two are inside', () => {
    const found = exploreAll(maekawa, ringOfNodes(3), all)
    expect(found.stuck).not.toBeNull()
    expect(found.unsafe).toBeNull()
  })

  test('with the cure, four nodes on a grid of two by two get in, in every order', { timeout: 120_000 }, () => {
    const found = exploreAll(maekawa, ringOfNodes(4, { settings }), [0, 1, 3])
    expect(found).toMatchObject({ unsafe: null, stuck: null })
  })
})

describe('the explorer of the lab, on the network itself,', () => {
  const calm = { crashes: 0, losses: 0, impatient: false }
  const most = 500_000

  test.each(withoutLamport)('sees exactly the states that the search above sees: %s', (_, algorithm) => {
    const model = ringOfNodes(3, { settings }, all)
    const { states, ends } = exploreAll(algorithm, model, all)
    const explored = exploreNetwork(setupOf(model, algorithm, 1), calm, { most })
    expect(explored).toMatchObject({ states, ends, complete: true, found: [] })
  })

  test('also where two of three ask by Lamport', () => {
    const model = ringOfNodes(3, {}, [0, 2])
    const { states, ends } = exploreAll(lamport, model, [0, 2])
    const explored = exploreNetwork(setupOf(model, lamport, 1), calm, { most })
    expect(explored).toMatchObject({ states, ends, complete: true, found: [] })
  })

  test('finds how nodes lock each other out by Maekawa', () => {
    const { found } = exploreNetwork(setupOf(ringOfNodes(3, {}, all), maekawa, 1), calm, { most })
    expect(found.map(({ what }) => what)).toEqual(['everyone-enters'])
    // Two that need each other begin, and hear of each other too late.
    expect(found[0]?.sentence).toContain('still wait')
  })

  test.each(withoutLamport)(
    'finds nobody inside with another when one node may crash at any time: %s',
    (_, algorithm) => {
      const model = ringOfNodes(3, { settings }, [0, 1])
      const { found, complete } = exploreNetwork(setupOf(model, algorithm, 1), { ...calm, crashes: 1 }, { most })
      expect(complete).toBe(true)
      expect(found.map(({ what }) => what)).not.toContain('one-inside')
    },
  )

  test('finds the second token that impatience makes', () => {
    const model = ringOfNodes(3, { settings: { limit: 1, patience: 50 } }, [0, 1])
    const { found } = exploreNetwork(setupOf(model, tokenRing, 1), { ...calm, impatient: true }, { most, first: true })
    expect(found.map(({ what }) => what)).toEqual(['one-inside'])
  })
})

/** The algorithm with another reaction. */
const wrong = <S>(algorithm: Algorithm<S>, react: Algorithm<S>['react']): Algorithm<S> => ({
  ...algorithm,
  react,
  look: (state, self) => algorithm.look(state, self),
})

const isMessage = (input: Input, kind: string): boolean => input.do === 'message' && input.body.kind === kind

describe('the same search finds what is wrong with', () => {
  test('Ricart-Agrawala that does not compare timestamps', () => {
    const blind = wrong(ricartAgrawala, (state, input, self, clock) => {
      if (!isMessage(input, 'REQUEST')) return ricartAgrawala.react(state, input, self, clock)
      const { state: after, outputs } = ricartAgrawala.react({ ...state, stamp: null }, input, self, clock)
      return { state: { ...after, stamp: state.stamp }, outputs }
    })
    expect(exploreAll(blind, ringOfNodes(3), all).unsafe).not.toBeNull()
  })

  test('Ricart-Agrawala that does not break ties', () => {
    const tied = wrong(ricartAgrawala, (state, input, self, clock) => {
      const same = input.do === 'message' && input.body['stamp'] === state.stamp && state.stamp !== null
      if (!same) return ricartAgrawala.react(state, input, self, clock)
      return { state: { ...state, deferred: [...state.deferred, input.from] }, outputs: [] }
    })
    const found = exploreAll(tied, ringOfNodes(3), all)
    expect(found.stuck).not.toBeNull()
    expect(found.unsafe).toBeNull()
  })

  test('Lamport that does not wait for later messages', () => {
    const hasty = wrong(lamport, (state, input, self, clock) =>
      lamport.react({ ...state, missing: input.do === 'message' ? [] : state.missing }, input, self, clock),
    )
    const found = exploreAll(hasty, ringOfNodes(3), all, false, ({ unsafe }) => unsafe !== null)
    expect(found.unsafe).not.toBeNull()
  })

  test('a token that is sent away from inside', () => {
    const generous = wrong(suzukiKasami, (state, input, self, clock) => {
      const asked = isMessage(input, 'REQUEST') && state.section === 'inside'
      if (!asked) return suzukiKasami.react(state, input, self, clock)
      const { state: after, outputs } = suzukiKasami.react({ ...state, section: 'out' }, input, self, clock)
      return { state: { ...after, section: 'inside' as const }, outputs }
    })
    expect(exploreAll(generous, ringOfNodes(3), all).unsafe).not.toBeNull()
  })

  test('a coordinator that forgets who waits', () => {
    const forgetful = wrong(central, (state, input, self, clock) => {
      const { state: after, outputs } = central.react(state, input, self, clock)
      return { state: { ...after, queue: [] }, outputs }
    })
    expect(exploreAll(forgetful, ringOfNodes(3), all).stuck).not.toBeNull()
  })
})
