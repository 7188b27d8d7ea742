// The samples made for the comparison of policies keep what their notes promise; what is promised was worked out by hand.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deadlock } from '../../../../../src-main/labs/deadlock/index.ts'
import { policyIds, type PolicyRun, usualPolicies } from '../../../../../src-main/labs/deadlock/model/policies.ts'
import { DeadlockModel } from '../../../../../src-main/labs/deadlock/model/schema.ts'
import { policies } from '../../../../../src-main/labs/deadlock/operations/policies.ts'
import { ResourceEvent } from '../../../../../src-main/labs/deadlock/simulations/event-rules.ts'
import { events } from '../../../../../src-main/labs/deadlock/simulations/events.ts'

const ids = ['policies-two-locks', 'policies-compared', 'starvation', 'livelock-timeout']

interface Sample {
  model: DeadlockModel
  script?: { events: unknown[] }
  sources?: { script: string }
}

function read(id: string): Sample {
  const url = new URL(`../../../../../src-main/labs/deadlock/samples/${id}.interlock`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as Sample
}

function runOf(id: string, policy: string, settings: object = {}): PolicyRun {
  const { model, sources } = read(id)
  return policies.run({ model, script: sources?.script ?? '', policies: [{ policy, settings }] }).runs[0]!
}

const changedIn = (run: PolicyRun): string[] =>
  run.events.filter(({ changed }) => changed).map(({ sentence }) => sentence)

test.each(ids)('%s is offered, and its script is possible step by step', (id) => {
  expect(deadlock.samples).toContain(id)
  const { model, script } = read(id)
  let state = events.init(DeadlockModel.parse(model), 0)
  for (const event of script?.events ?? []) state = events.apply(state, ResourceEvent.parse(event))
})

describe('two locks, taken crosswise', () => {
  const id = 'policies-two-locks'

  test('deadlock without a policy as soon as both have asked for their second, and under no other', () => {
    expect(runOf(id, 'none')).toMatchObject({ ended: 'deadlock', episodes: [{ from: 4, to: null, processes: [0, 1] }] })
    for (const policy of policyIds.slice(1)) expect(runOf(id, policy), policy).toMatchObject({ ended: 'finished' })
  })

  test('go on in the way that each policy is named for', () => {
    expect(changedIn(runOf(id, 'order'))).toEqual([
      'P2 gives back B before it asks.',
      'P2 asks for A, as the order has it.',
      'P2 asks for B, as the order has it.',
    ])
    expect(changedIn(runOf(id, 'banker'))).toEqual(['P2 waits for B, which is free: granting it would be unsafe.'])
    expect(changedIn(runOf(id, 'detect'))).toEqual([
      'P1 and P2 are found in a deadlock.',
      'P2 is the victim: it gives back B and begins again.',
    ])
  })
})

describe('one script, many policies', () => {
  const id = 'policies-compared'

  test('deadlocks without one, and each of the usual six finishes it and pays another price', () => {
    const none = runOf(id, 'none')
    expect(none.episodes.at(-1)).toMatchObject({ to: null, processes: [0, 1, 2, 3] })
    const runs = usualPolicies.slice(1).map((policy) => runOf(id, policy))
    expect(runs.map(({ measures }) => measures.finished)).toEqual([4, 4, 4, 4, 4, 4])
    const prices = runs.map(({ measures: { waiting, longestWait, restarts, lost, detections } }) =>
      [waiting, longestWait, restarts, lost, detections].join(' '),
    )
    expect(new Set(prices).size).toBe(6)
  })

  test('loses work only where somebody begins again', () => {
    for (const policy of policyIds) {
      const { restarts, lost } = runOf(id, policy).measures
      expect(restarts > 0, policy).toBe(policy === 'timeout' || policy === 'detect')
      expect(lost > 0, policy).toBe(restarts > 0)
    }
  })
})

test('starvation: asking for all at once P3 waits until the others have gone, waiting in turn it does not', () => {
  const starved = runOf('starvation', 'all-at-once')
  expect(starved.measures.starved).toBe(1)
  const [first, second] = starved.finishedAt as [number, number]
  const served = starved.spans[2]!.findLast(({ activity }) => activity === 'waiting')!.to
  expect(served).toBeGreaterThanOrEqual(Math.min(first, second))
  expect(runOf('starvation', 'none').measures).toMatchObject({ starved: 0, finished: 3 })
})

test('livelock: both give way for ever after the same pause, and chance ends it whatever the seed', () => {
  expect(runOf('livelock-timeout', 'timeout')).toMatchObject({
    ended: 'livelock',
    measures: { finished: 0, starved: 2 },
  })
  const { model } = read('livelock-timeout')
  for (let seed = 1; seed <= 20; seed += 1) {
    const settings = { 'back-off': 'random' }
    const run = policies.run({ model, script: '', seed, policies: [{ policy: 'timeout', settings }] }).runs[0]!
    expect(run, String(seed)).toMatchObject({ ended: 'finished' })
  }
})
