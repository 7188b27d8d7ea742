// The operation that compares policies: two locks taken crosswise, worked by hand, and what it refuses.
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import { MAX_MESSAGE_CHARS } from '../../../../../src-main/contract/limits.ts'
import type { PolicyRun } from '../../../../../src-main/labs/deadlock/model/policies.ts'
import {
  decidingSettings,
  measures,
  policies as infos,
  usualPolicies,
} from '../../../../../src-main/labs/deadlock/model/policies.ts'
import { policies } from '../../../../../src-main/labs/deadlock/operations/policies.ts'

const cross = {
  processes: ['P1', 'P2'],
  resources: { R1: 1, R2: 1 },
  script: 'P1 requests R1\nP2 requests R2\nP1 requests R2\nP2 requests R1',
}
const runOf = (policy: string, settings: object = {}, more: object = {}): PolicyRun =>
  policies.run({ ...cross, ...more, policies: [{ policy, settings }] }).runs[0]!

describe('two locks taken crosswise', () => {
  test('deadlock without a policy, as soon as both wait', () => {
    expect(runOf('none')).toMatchObject({ ended: 'deadlock', episodes: [{ from: 3, to: null, processes: [0, 1] }] })
  })

  test('under a global order P2 gives its lock back before it asks for the earlier one', () => {
    const run = runOf('order')
    expect(run.ended).toBe('finished')
    expect(run.events.filter(({ changed }) => changed).map(({ sentence }) => sentence)).toEqual([
      'P2 gives back R2 before it asks.',
      'P2 asks for R1, as the order has it.',
      'P2 asks for R2, as the order has it.',
    ])
    const other = runOf('order', { order: ['R2', 'R1'] })
    expect(other.events.filter(({ changed }) => changed)[0]!.sentence).toBe('P1 gives back R1 before it asks.')
  })

  test('the Banker makes P2 wait for a lock that is free', () => {
    const { sentence } = runOf('banker').events.find(({ changed }) => changed)!
    expect(sentence).toBe('P2 waits for R2, which is free: granting it would be unsafe.')
  })

  test('have the figures that are counted by hand', () => {
    // All at once: P1 needs R1 in ticks 0 and 1, both in tick 2; P2 waits in ticks 1 and 2, then does the same.
    expect(runOf('all-at-once').measures).toEqual({
      finished: 2,
      makespan: 6,
      turnaround: 4.5,
      waiting: 2,
      longestWait: 2,
      utilisation: 8 / 12,
      idle: 4 / 12,
      restarts: 0,
      lost: 0,
      starved: 0,
      deadlocks: 0,
      deadlockTicks: 0,
      detections: null,
      comparisons: null,
    })
    // Detection: the ring closes at tick 3. P2 has run 2 ticks by then, pauses for one, and begins again when P1 has gone.
    expect(runOf('detect').measures).toMatchObject({
      makespan: 7,
      restarts: 1,
      lost: 2,
      deadlocks: 1,
      deadlockTicks: 0,
    })
  })

  test('maxima that are only declared make the Banker careful, too', () => {
    const script = 'P1 requests R1\nP2 requests R2\nP1 releases R1\nP2 releases R2'
    const claim = ['P1~R1', 'P1~R2', 'P2~R1', 'P2~R2']
    expect(runOf('banker', {}, { script }).measures.waiting).toBe(0)
    expect(runOf('banker', {}, { script, claim }).waits).toEqual([0, 1])
  })

  test('an unsafe state at the start is said, since then the Banker can promise nothing', () => {
    const run = runOf('banker', {}, { script: '', assignment: ['R1>P1', 'R2>P2'], request: ['P1>R2', 'P2>R1'] })
    expect(run.ended).toBe('deadlock')
    const free = runOf(
      'banker',
      {},
      {
        resources: { R1: 1, R2: 1, R3: 1 },
        script: 'P1 requests R3\nP1 requests R2\nP2 requests R1',
        assignment: ['R1>P1', 'R2>P2'],
      },
    )
    expect(free.events.filter(({ changed }) => changed).map(({ sentence }) => sentence.slice(0, 28))).toEqual([
      'The state is unsafe already:',
    ])
    expect(free.episodes).toHaveLength(1)
  })

  test('waiting for equally long at the same time, both give up again and again: a livelock, which chance ends', () => {
    const both = {
      processes: ['A', 'B'],
      resources: { X: 1, Y: 1 },
      assignment: ['X>A', 'Y>B'],
      request: ['A>Y', 'B>X'],
    }
    const played = (settings: object) =>
      policies.run({ ...both, script: '', policies: [{ policy: 'timeout', settings }] }).runs[0]!
    const run = played({ timeout: 4, pause: 2 })
    expect(run).toMatchObject({ ended: 'livelock', measures: { finished: 0, starved: 2 } })
    expect(run.livelock!.period).toBe(7)
    expect(played({ 'back-off': 'random' })).toMatchObject({ ended: 'finished', livelock: null })
  })
})

describe('the operation', () => {
  const refusal = (input: Parameters<typeof policies.run>[0]): InterlockError => {
    try {
      policies.run(input)
    } catch (error) {
      if (error instanceof InterlockError) return error
      throw error
    }
    throw new Error('nothing was refused')
  }

  test('compares the usual policies when none is named, and every policy has words and every measure a meaning', () => {
    expect(policies.run(cross).runs.map(({ policy }) => policy)).toEqual(usualPolicies)
    for (const { title, rule } of infos) expect(Math.min(title.length, rule.length)).toBeGreaterThan(5)
    const said = policies.run(cross).runs[0]!.measures
    expect(measures.map(({ key }) => key).sort()).toEqual(Object.keys(said).sort())
  })

  test.each([
    ['no script', { ...cross, script: undefined }, 'script'],
    ['a script without requests', { ...cross, script: '# nothing' }, 'no requests'],
    ['a line that is none', { ...cross, script: 'P1 requests R1\nP1 wants R2' }, 'line 2'],
    [
      'a release of what is not held',
      { ...cross, script: 'P1 requests R1\nP1 releases R2' },
      'P1 releases 1 unit of R2',
    ],
    ['more than exists', { ...cross, script: 'P1 requests R1\nP1 requests R1' }, '2 units of R1, which has 1'],
    ['a policy that is none', { ...cross, policies: ['hope'] }, 'all-at-once'],
    ['a setting that is none', { ...cross, policies: [{ policy: 'order', settings: { pause: 1 } }] }, 'order'],
    ['a number out of range', { ...cross, policies: [{ policy: 'timeout', settings: { timeout: 0 } }] }, '1 to 100'],
    [
      'an order that leaves a type out',
      { ...cross, policies: [{ policy: 'order', settings: { order: ['R1'] } }] },
      'every type once',
    ],
    [
      'an unknown type to share',
      { ...cross, policies: [{ policy: 'share', settings: { types: ['R9'] } }] },
      'names of types',
    ],
    ['too much declared', { ...cross, claim: ['P1~R1'], script: 'P1 requests R2' }, 'has declared 0'],
  ])('refuses %s', (_, input, part) => {
    const { code, message } = refusal(input)
    expect(code).toBe('bad-input')
    expect(message).toContain(part)
  })

  test.each([
    ['processes', { ...cross, processes: Array.from({ length: 51 }, (_, p) => `P${p}`), script: 'P1 requests R1' }],
    ['events', { ...cross, script: 'P1 requests R1\nP1 releases R1\n'.repeat(251) }],
  ])('refuses too many %s with the most there may be', (what, input) => {
    const { code, message } = refusal(input)
    expect(code).toBe('too-large')
    expect(message).toMatch(new RegExp(`^At most \\d+ ${what} can be compared\\. Leave some out\\.$`))
  })

  test('ends every run on as much as it allows, with an answer that one message can carry', () => {
    const processes = Array.from({ length: 50 }, (_, p) => `P${p}`)
    const resources = Object.fromEntries(Array.from({ length: 20 }, (_, r) => [`R${r}`, 3]))
    const script = Array.from({ length: 500 }, (_, k) => `P${k % 50} requests R${(3 * k + Math.floor(k / 50)) % 20}`)
    const output = policies.run({ processes, resources, script, policies: ['timeout', 'preempt', 'detect'] })
    for (const run of output.runs) expect(run.ticks).toBeLessThanOrEqual(2000)
    expect(JSON.stringify(output).length).toBeLessThan(MAX_MESSAGE_CHARS / 3)
  })

  test('shows only settings that decide something: those of a schedule while it is chosen', () => {
    const detect = infos.find(({ id }) => id === 'detect')!
    const shown = (chosen: object): string[] => decidingSettings(detect, { ...chosen }).map(({ key }) => key)
    expect(shown({})).toEqual(['when', 'victim'])
    expect(shown({ when: 'events' })).toEqual(['when', 'every', 'victim'])
    expect(shown({ when: 'ticks' })).toEqual(['when', 'every', 'victim'])
    expect(shown({ when: 'idle' })).toEqual(['when', 'below', 'victim'])
    // The others change nothing, indeed.
    const run = (settings: object) => ({ ...runOf('detect', settings), settings: null })
    expect(run({ every: 1, below: 100 })).toEqual(run({}))
    expect(run({ when: 'idle', every: 1 })).toEqual(run({ when: 'idle' }))
    expect(run({ when: 'events', below: 100 })).toEqual(run({ when: 'events' }))
  })

  test('says that withdrawals are left out', () => {
    const { remarks } = policies.run({ ...cross, script: 'P1 requests R1\nP2 requests R1\nP2 withdraws R1' })
    expect(remarks).toHaveLength(1)
  })
})
