import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type HeartbeatState,
  heartbeat,
} from '../../../../../src-main/labs/distributed/algorithms/election/heartbeat.ts'
import { runToEnd } from '../../../../../src-main/labs/distributed/network/outcome.ts'
import { lives } from '../../../../../src-main/labs/distributed/network/properties.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import type { PlanEntry } from '../../../../../src-main/labs/distributed/model/schema.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { meshOf, notesOf, playOut, sentIn } from '../playing.ts'

const statesOf = (world: World): HeartbeatState[] => world.states as HeartbeatState[]
const looksOf = (world: World) =>
  world.setup.selves.map((self) => heartbeat.look(world.states[self.index] as HeartbeatState, self))

describe('suspicion', () => {
  it('comes exactly when the silence is longer than the timeout by the own clock', () => {
    let suspicious = 0
    fc.assert(
      fc.property(
        fc.record({
          period: fc.integer({ min: 5, max: 120 }),
          timeout: fc.integer({ min: 5, max: 200 }),
          horizon: fc.integer({ min: 50, max: 900 }),
          delay: fc.integer({ min: 0, max: 300 }),
          sender: fc.integer({ min: -400_000, max: 400_000 }),
          watcher: fc.integer({ min: -400_000, max: 400_000 }),
          offset: fc.integer({ min: -5000, max: 5000 }),
        }),
        ({ period, timeout, horizon, delay, sender, watcher, offset }) => {
          const [sent, own] = [1 + sender / 1e6, 1 + watcher / 1e6]
          // Arrivals by true time, written down from the rhythm alone.
          const arrivals: number[] = []
          for (let own = period; own < horizon; own += period) arrivals.push(own / sent + delay)
          arrivals.push(horizon / sent + delay)
          const end = horizon / own
          let expected = 0
          let before = 0
          for (const arrival of arrivals) {
            const runsOut = before + timeout / own
            fc.pre([runsOut - arrival, runsOut - end, arrival - end].every((gap) => Math.abs(gap) > 1e-3))
            if (before < end && runsOut < arrival && runsOut < end) expected += 1
            before = arrival
          }
          const model = meshOf(
            2,
            { settings: { period, timeout, horizon }, network: { delay } },
            { P2: { drift: sender }, P1: { drift: watcher, offset } },
          )
          const [state] = statesOf(playOut(model, heartbeat))
          expect(state?.suspicions).toBe(expected)
          expect(state?.wrong).toBe(expected)
          if (expected > 0) suspicious += 1
        },
      ),
      { numRuns: 300 },
    )
    expect(suspicious).toBeGreaterThan(50)
  })

  it('is told when it comes, and that it was wrong when a heartbeat arrives after all', () => {
    const plan: PlanEntry[] = [
      { do: 'pause', at: 250, node: 'P3' },
      { do: 'resume', at: 500, node: 'P3' },
    ]
    const model = meshOf(3, { plan, settings: { horizon: 1000 } })
    expect(notesOf(model, heartbeat)).toEqual([
      'P1 suspects P3 after 150 ms of silence',
      'P2 suspects P3 after 150 ms of silence',
      'P1 trusts P3 again: the suspicion was wrong',
      'P2 trusts P3 again: the suspicion was wrong',
    ])
    const { judged, world } = runToEnd(setupOf(model, heartbeat, 1))
    const accuracy = judged.find(({ rule }) => rule.id === 'accuracy')
    expect(accuracy).toMatchObject({ holds: false, broke: 360, sentence: 'P1 suspects P3, which has not crashed.' })
    expect(statesOf(world).map(({ suspicions, wrong }) => [suspicions, wrong])).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ])
    expect(looksOf(world).map(({ leader }) => leader)).toEqual([2, 2, 2])
  })

  it('is right when the coordinator crashed, and is not called wrong when it comes back', () => {
    const crash: PlanEntry = { do: 'crash', at: 250, node: 'P3' }
    const gone = playOut(meshOf(3, { plan: [crash] }), heartbeat)
    expect(looksOf(gone).map(({ said }) => said)).toEqual(['suspects P3', 'suspects P3', 'coordinator'])
    const back = meshOf(3, { plan: [crash, { do: 'recover', at: 500, node: 'P3' }] })
    expect(notesOf(back, heartbeat).filter((text) => text.startsWith('P1'))).toEqual([
      'P1 suspects P3 after 150 ms of silence',
      'P1 trusts P3 again: it had crashed and is back',
    ])
    expect(statesOf(playOut(back, heartbeat)).map(({ wrong }) => wrong)).toEqual([0, 0, 0])
  })

  it('ends after so many mistakes that the learned timeout covers the longest delay', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 5, max: 60 }),
        fc.nat(),
        (spread, raise, seed) => {
          const [period, timeout] = [50, 40]
          const settings = { period, timeout, raise, horizon: 8000 }
          const [state] = statesOf(playOut(meshOf(2, { settings, network: { delay: 5, spread } }), heartbeat, seed))
          // Two heartbeats arrive at most a period and the spread apart; the first has the delay on top.
          const longest = period + spread + 5
          expect(state?.wrong).toBeLessThanOrEqual(Math.ceil((longest - timeout) / raise))
          expect(state?.patience).toBe(timeout + raise * (state?.wrong ?? 0))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('can be begun by hand', () => {
    const plan: PlanEntry[] = [
      { do: 'start', at: 30, node: 'P1' },
      { do: 'start', at: 60, node: 'P3' },
    ]
    const notes = notesOf(meshOf(3, { plan }), heartbeat)
    expect(notes).toEqual(['P1 suspects P3', 'P1 trusts P3 again: the suspicion was wrong'])
  })
})

describe('an election after suspicion', () => {
  const settings = { elect: 1, period: 100, timeout: 150, answers: 60, result: 300, horizon: 2500 }

  it('makes the highest node that lives the coordinator, whoever crashes, and it sends the heartbeats then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.uniqueArray(fc.record({ node: fc.nat(5), at: fc.integer({ min: 1, max: 1200 }) }), {
          maxLength: 4,
          selector: ({ node }) => node,
        }),
        fc.integer({ min: 0, max: 15 }),
        fc.nat(),
        (count, crashes, spread, seed) => {
          const plan = crashes.flatMap(({ node, at }): PlanEntry[] =>
            node < count ? [{ do: 'crash', at, node: `P${node + 1}` }] : [],
          )
          fc.pre(plan.length < count)
          const model = meshOf(count, { settings, plan, network: { delay: 10, spread } })
          const world = playOut(model, heartbeat, seed)
          const live = [...Array(count).keys()].filter((node) => lives(world, node))
          const highest = Math.max(...live)
          const looks = looksOf(world)
          expect(live.map((node) => looks[node]?.leader)).toEqual(live.map(() => highest))
          expect(looks[highest]?.said).toBe('coordinator')
          if (highest < count - 1) expect(statesOf(world)[highest]?.beats).toBeGreaterThan(0)
        },
      ),
      { numRuns: 80 },
    )
  })

  it('leaves a coordinator in place that was suspected wrongly', () => {
    const plan: PlanEntry[] = [
      { do: 'pause', at: 250, node: 'P3' },
      { do: 'resume', at: 390, node: 'P3' },
    ]
    const world = playOut(meshOf(3, { settings, plan }), heartbeat)
    expect(looksOf(world).map(({ leader }) => leader)).toEqual([2, 2, 2])
    expect(world.tallies.get('ELECTION')?.sent).toBeGreaterThan(0)
    expect(statesOf(world).map(({ wrong }) => wrong)).toEqual([1, 1, 0])
  })

  it('gives the place back to the highest node when it returns', () => {
    const plan: PlanEntry[] = [
      { do: 'crash', at: 250, node: 'P3' },
      { do: 'recover', at: 900, node: 'P3' },
    ]
    const between: (number | null | undefined)[] = []
    const world = playOut(meshOf(3, { settings, plan }), heartbeat, 1, (now) => {
      if (now.now > 800 && now.now < 900) between.push(looksOf(now)[0]?.leader)
    })
    expect(new Set(between)).toEqual(new Set([1]))
    expect(looksOf(world).map(({ leader }) => leader)).toEqual([2, 2, 2])
    expect(statesOf(world).map(({ wrong }) => wrong)).toEqual([0, 0, 0])
  })

  it('makes both sides of a partition have a coordinator, and one again when it heals', () => {
    const plan: PlanEntry[] = [
      { do: 'part', at: 150, nodes: ['P3', 'P4'] },
      { do: 'heal', at: 1000 },
    ]
    const during: string[] = []
    const senders = new Set<number>()
    const world = playOut(meshOf(4, { settings, plan }), heartbeat, 1, (now) => {
      for (const { from, body } of now.last?.sent ?? []) {
        if (body.kind !== 'HEARTBEAT') continue
        expect(statesOf(now)[from]?.election.leader).toBe(from)
        if (now.now > 1500) senders.add(from)
      }
      if (now.now > 900 && now.now < 1000)
        during.push(
          looksOf(now)
            .map(({ leader }) => leader)
            .join(),
        )
    })
    expect(senders).toEqual(new Set([3]))
    expect(new Set(during)).toEqual(new Set(['1,1,3,3']))
    expect(looksOf(world).map(({ leader }) => leader)).toEqual([3, 3, 3, 3])
  })
})

describe('a run of the detector', () => {
  it('costs one heartbeat to each other node in each period while nobody crashes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 700 }),
        (count, period, horizon) => {
          const world = playOut(meshOf(count, { settings: { period, horizon, timeout: 200 } }), heartbeat)
          const costs = heartbeat.cost?.(world.setup.selves, Array<boolean>(count).fill(true), []) ?? []
          expect(costs.map(({ value }) => value)).toEqual([sentIn(world)])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('ends under losses, duplicates, crashes and recoveries', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 1 }),
        fc.array(fc.record({ at: fc.nat(900), node: fc.nat(4), back: fc.boolean() }), { maxLength: 8 }),
        fc.nat(),
        (count, loss, duplicates, elect, changes, seed) => {
          const plan = changes.map(({ at, node, back }): PlanEntry => ({
            do: back ? 'recover' : 'crash',
            at,
            node: `P${(node % count) + 1}`,
          }))
          const settings = { elect, horizon: 1000 }
          const network = { delay: 10, spread: 40, loss, duplicates, overtaking: true }
          const world = playOut(meshOf(count, { settings, plan, network }), heartbeat, seed)
          for (const [node, { over }] of statesOf(world).entries()) expect(over || !lives(world, node)).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })
})
