// Policies on random work: what holds of every run whatever its policy, and what each policy promises. What is right is
// worked out here from what a run says it did, never by the code that made it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import type { PoliciesOutput, PolicyRun } from '../../../../../src-main/labs/deadlock/model/policies.ts'
import { measures, policies as infos, usualPolicies } from '../../../../../src-main/labs/deadlock/model/policies.ts'
import { policies } from '../../../../../src-main/labs/deadlock/operations/policies.ts'
import { ResourceEvent } from '../../../../../src-main/labs/deadlock/simulations/event-rules.ts'
import { events } from '../../../../../src-main/labs/deadlock/simulations/events.ts'
import { everyPolicy, preventing, type Work, work } from './random-work.ts'

const compare = ({ model, script }: Work, chosen: unknown = everyPolicy, more: object = {}): PoliciesOutput =>
  policies.run({ model, script, policies: chosen, ...more })

/** What each process holds and asks for at a tick. */
const at = (run: PolicyRun, tick: number) =>
  run.holdings.map((changes) => changes.filter((change) => change.tick <= tick).at(-1)!)

const activity = (run: PolicyRun, process: number, tick: number) =>
  run.spans[process]!.find(({ from, to }) => from <= tick && tick < to)?.activity

/** Who can never go on by what is asked for and held, by trying everybody again and again. */
function stuckAt(output: PoliciesOutput, run: PolicyRun, tick: number): number[] {
  const now = at(run, tick)
  const work = output.types.map(({ units }, type) => units - now.reduce((sum, { holds }) => sum + holds[type]!, 0))
  let left = now.map((_, process) => process)
  for (;;) {
    const goes = left.find((process) => now[process]!.asks.every((units, type) => units <= work[type]!))
    if (goes === undefined) return left
    now[goes]!.holds.forEach((units, type) => (work[type]! += units))
    left = left.filter((process) => process !== goes)
  }
}

describe('every run on random work', () => {
  test('never gives out more than exists, loses nothing, and says of each tick who runs and who waits', () => {
    fc.assert(
      fc.property(work, (given) => {
        const output = compare(given)
        for (const run of output.runs) {
          const shared = run.settings['types'] ?? []
          for (let tick = 0; tick < run.ticks; tick += 1) {
            const now = at(run, tick)
            output.types.forEach(({ name, units }, type) => {
              const given = now.reduce((sum, { holds }) => sum + holds[type]!, 0)
              if (!(shared as string[]).includes(name)) expect(given).toBeLessThanOrEqual(units)
              for (const { holds } of now) expect(holds[type]!).toBeGreaterThanOrEqual(0)
            })
            now.forEach(({ holds, asks }, process) => {
              const doing = activity(run, process, tick)
              const waits = doing === 'waiting' || doing === 'deadlocked'
              expect(asks.some((units) => units > 0)).toBe(waits)
              if (doing === 'finished' || doing === 'pausing') expect(holds.every((units) => units === 0)).toBe(true)
            })
          }
        }
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  test('calls a process deadlocked exactly when reduction leaves it over', () => {
    let found = 0
    fc.assert(
      fc.property(work, (given) => {
        const output = compare(given)
        for (const run of output.runs) {
          if (run.policy === 'share') continue
          for (let tick = 0; tick < run.ticks; tick += 1) {
            const stuck = stuckAt(output, run, tick)
            const said = output.processes.flatMap((_, p) => (activity(run, p, tick) === 'deadlocked' ? [p] : []))
            expect(said).toEqual(stuck)
            const inEpisode = run.episodes.some(({ from, to }) => from <= tick && (to === null || tick < to))
            expect(inEpisode).toBe(stuck.length > 0)
            if (stuck.length > 0) found += 1
          }
        }
      }),
      { numRuns: 150, seed: 2 },
    )
    expect(found).toBeGreaterThan(60)
  })

  test('lets processes that finish do all of their program, and adds up its figures', () => {
    fc.assert(
      fc.property(work, (given) => {
        const output = compare(given)
        for (const run of output.runs) {
          const { measures: said } = run
          const ticks = (process: number, ...wanted: string[]) =>
            run.spans[process]!.filter((span) => wanted.includes(span.activity)).reduce(
              (sum, { from, to }) => sum + to - from,
              0,
            )
          output.processes.forEach((_, process) => {
            const spans = run.spans[process]!
            expect(spans[0]!.from).toBe(0)
            spans.slice(1).forEach((span, index) => expect(span.from).toBe(spans[index]!.to))
            expect(run.waits[process]).toBe(ticks(process, 'waiting', 'deadlocked', 'pausing'))
            const end = run.finishedAt[process]!
            if (end === null) return
            // Until it ends it runs or waits, and it runs as long as its program needs, more when it began again.
            expect(end).toBe(ticks(process, 'running') + run.waits[process]!)
            const events = given.script.map((event, index) => ({ event, index }))
            const own = events.filter(({ event }) => event.process === `P${process}`)
            const needs = own.length === 0 ? 1 : own.at(-1)!.index + 1
            if (said.restarts === 0) expect(ticks(process, 'running')).toBe(needs)
          })
          expect(said.waiting).toBe(run.waits.reduce((sum, one) => sum + one, 0))
          expect(said.finished).toBe(run.finishedAt.filter((end) => end !== null).length)
          const ends = run.finishedAt as number[]
          const mean = ends.reduce((sum, end) => sum + end, 0) / ends.length
          expect(said.turnaround).toBe(run.ended === 'finished' ? mean : null)
          const looks = run.policy === 'detect' ? run.looks! : null
          expect(run.looks).toEqual(looks)
          expect(said.detections).toBe(looks?.length ?? null)
          expect(said.comparisons).toBe(looks?.reduce((sum, { comparisons }) => sum + comparisons, 0) ?? null)
          const open = run.episodes.some(({ to }) => to === null)
          const stood = run.episodes.reduce((sum, { from, to }) => sum + (to ?? 0) - from, 0)
          expect(said.deadlockTicks).toBe(open ? null : stood)
          expect(said.makespan).toBe(run.ended === 'finished' ? Math.max(...(run.finishedAt as number[])) : null)
          expect(said.deadlocks).toBe(run.episodes.length)
          expect(said.utilisation + said.idle).toBeLessThanOrEqual(1 + 1e-9)
          expect(run.ended === 'livelock').toBe(run.livelock !== null)
        }
      }),
      { numRuns: 150, seed: 3 },
    )
  })

  test('is the same for the same seed', () => {
    fc.assert(
      fc.property(work, fc.nat(1000), (given, seed) => {
        expect(compare(given, everyPolicy, { seed })).toEqual(compare(given, everyPolicy, { seed }))
      }),
      { numRuns: 30, seed: 4 },
    )
  })

  test('can be played as a script into the drawing, event by event, and ends with the same holdings', () => {
    fc.assert(
      fc.property(work, (given) => {
        const output = compare(given)
        for (const run of output.runs) {
          if (run.played === null) {
            expect(run.policy).toBe('share')
            continue
          }
          let state = events.init(given.model, 0)
          for (const event of run.played) state = events.apply(state, ResourceEvent.parse(event))
          const last = at(run, run.ticks)
          const { holds } = state.drawing.graph
          last.forEach((said, process) => {
            const held = output.types.map(() => 0)
            for (let entry = holds.start[process]!; entry < holds.start[process + 1]!; entry += 1) {
              held[holds.to[entry]!] = holds.count[entry]!
            }
            expect(held).toEqual(said.holds)
          })
        }
      }),
      { numRuns: 100, seed: 5 },
    )
  })
})

describe('what a policy promises', () => {
  test('without one, what never finishes is what is in the deadlock at the end', () => {
    let [deadlocks, finished] = [0, 0]
    fc.assert(
      fc.property(work, (given) => {
        const output = compare(given, ['none'])
        const run = output.runs[0]!
        const stuck = stuckAt(output, run, run.ticks - 1)
        expect(run.ended).toBe(stuck.length > 0 ? 'deadlock' : 'finished')
        expect(run.finishedAt.flatMap((end, process) => (end === null ? [process] : []))).toEqual(stuck)
        if (stuck.length > 0) deadlocks += 1
        else finished += 1
      }),
      { numRuns: 400, seed: 6 },
    )
    expect(Math.min(deadlocks, finished)).toBeGreaterThan(30)
  })

  test('prevention never lets a deadlock arise, and everybody finishes', () => {
    fc.assert(
      fc.property(work, (given) => {
        for (const run of compare(given, preventing).runs) {
          expect(run.episodes, run.policy).toEqual([])
          expect(run.ended, run.policy).toBe('finished')
        }
      }),
      { numRuns: 400, seed: 7 },
    )
  })

  test('the Banker never lets one arise where the state is safe at the start', () => {
    let safe = 0
    fc.assert(
      fc.property(work, (given) => {
        const held = given.model.edges.length
        const run = compare(given, ['banker']).runs[0]!
        if (held > 0) return
        safe += 1
        expect(run.episodes).toEqual([])
        expect(run.ended).toBe('finished')
      }),
      { numRuns: 300, seed: 8 },
    )
    expect(safe).toBeGreaterThan(40)
  })

  test('the Banker lets somebody wait for free units exactly while no order of finishing is left after granting', () => {
    const orders = (left: number[]): number[][] =>
      left.length === 0
        ? [[]]
        : left.flatMap((one) => orders(left.filter((p) => p !== one)).map((rest) => [one, ...rest]))
    let refused = 0
    fc.assert(
      fc.property(work, (given) => {
        if (given.model.edges.length > 0) return
        const output = compare(given, ['banker'])
        const run = output.runs[0]!
        const most = output.processes.map(() => output.types.map(() => 0))
        const level = output.processes.map(() => output.types.map(() => 0))
        for (const { type, process, resource, count } of given.script) {
          const [p, r] = [Number(process.slice(1)), Number(resource.slice(1))]
          level[p]![r]! += type === 'request' ? count : -count
          most[p]![r] = Math.max(most[p]![r]!, level[p]![r]!)
        }
        for (let tick = 0; tick < run.ticks; tick += 1) {
          const now = at(run, tick)
          const free = output.types.map(
            ({ units }, type) => units - now.reduce((sum, { holds }) => sum + holds[type]!, 0),
          )
          now.forEach(({ asks }, process) => {
            const waits = asks.some((units) => units > 0) && asks.every((units, type) => units <= free[type]!)
            if (!waits) return
            refused += 1
            const held = now.map(({ holds }, p) =>
              holds.map((units, type) => units + (p === process ? asks[type]! : 0)),
            )
            const left = held.flatMap((_, p) => (activity(run, p, tick) === 'finished' ? [] : [p]))
            const safe = orders(left).some((order) => {
              const work = free.map((units, type) => units - asks[type]!)
              return order.every((p) => {
                if (most[p]!.some((units, type) => units - held[p]![type]! > work[type]!)) return false
                held[p]!.forEach((units, type) => (work[type]! += units))
                return true
              })
            })
            expect(safe).toBe(false)
          })
        }
      }),
      { numRuns: 400, seed: 15 },
    )
    expect(refused).toBeGreaterThan(30)
  })

  test('with all types shared nobody ever waits', () => {
    fc.assert(
      fc.property(work, (given) => {
        const types = given.model.nodes.filter(({ kind }) => kind === 'resource').map(({ name }) => name)
        const run = compare(given, [{ policy: 'share', settings: { types } }]).runs[0]!
        expect(run.measures.waiting).toBe(0)
        expect(run.ended).toBe('finished')
      }),
      { numRuns: 100, seed: 9 },
    )
  })

  test('a timeout lets no deadlock stand for longer than it is', () => {
    fc.assert(
      fc.property(work, fc.integer({ min: 1, max: 6 }), (given, timeout) => {
        const run = compare(given, [{ policy: 'timeout', settings: { timeout } }]).runs[0]!
        for (const { from, to } of run.episodes) expect((to ?? run.ticks) - from).toBeLessThanOrEqual(timeout)
      }),
      { numRuns: 200, seed: 10 },
    )
  })

  test('looking at every wait ends a deadlock in the tick in which it arises, and counts its looks', () => {
    let found = 0
    fc.assert(
      fc.property(work, (given) => {
        const run = compare(given, ['detect']).runs[0]!
        for (const { from, to } of run.episodes) expect(to).toBe(from)
        found += run.episodes.length
        expect(run.measures.restarts).toBeGreaterThanOrEqual(run.episodes.length)
        if (run.episodes.length > 0) expect(run.measures.detections!).toBeGreaterThan(run.episodes.length)
      }),
      { numRuns: 300, seed: 11 },
    )
    expect(found).toBeGreaterThan(20)
  })
})

describe('when deadlocks are looked for', () => {
  const looksOf = (given: Work, settings: object) =>
    compare(given, [{ policy: 'detect', settings }]).runs.map((run) => ({ run, looks: run.looks! }))[0]!

  test('every so many ticks: at these ticks and no others, and no deadlock stands for longer than that', () => {
    fc.assert(
      fc.property(work, fc.integer({ min: 1, max: 5 }), (given, every) => {
        const { run, looks } = looksOf(given, { when: 'ticks', every })
        for (const { tick } of looks) expect(tick % every).toBe(0)
        for (let tick = every; tick < run.ticks; tick += every)
          expect(looks.some((look) => look.tick === tick)).toBe(true)
        for (const { from, to } of run.episodes) expect((to ?? run.ticks) - from).toBeLessThanOrEqual(every)
      }),
      { numRuns: 200, seed: 12 },
    )
  })

  test('after so many events: never sooner, and a deadlock stands until enough of them have come', () => {
    let standing = 0
    fc.assert(
      fc.property(work, fc.integer({ min: 1, max: 5 }), (given, every) => {
        const { run, looks } = looksOf(given, { when: 'events', every })
        // Each sentence of asking or giving back is an event of a program; several looks at one tick follow a victim.
        const done = (until: number): number =>
          run.events.filter(({ tick, sentence }) => tick <= until && /^\S+ (asks for|gives back) /.test(sentence))
            .length
        const at = [...new Set(looks.map(({ tick }) => tick))]
        let [before, expected] = [0, [] as number[]]
        for (let tick = 0; tick <= run.ticks; tick += 1) {
          if (done(tick) - before < every) continue
          before = done(tick)
          expected = [...expected, tick]
        }
        expect(at).toEqual(expected)
        if (run.ended === 'deadlock') standing += 1
        expect(run.ended === 'deadlock').toBe(run.episodes.some(({ to }) => to === null))
      }),
      { numRuns: 300, seed: 13 },
    )
    expect(standing).toBeGreaterThan(5)
  })

  test('what is found is who is left by reduction, but for those behind the ring', () => {
    let found = 0
    fc.assert(
      fc.property(work, (given) => {
        const { run, looks } = looksOf(given, { when: 'ticks', every: 4 })
        for (const look of looks) {
          const episode = run.episodes.find(({ from, to }) => from <= look.tick && (to === null || look.tick <= to))
          if (look.found.length > 0) found += 1
          for (const process of look.found) expect(episode?.processes).toContain(process)
        }
      }),
      { numRuns: 200, seed: 14 },
    )
    expect(found).toBeGreaterThan(10)
  })
})

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
    expect(message).toMatch(new RegExp(`^At most \\d+ ${what} can be compared\\.$`))
  })

  test('compares as many as it allows within a second and a half for each policy, and ends every run', () => {
    const names = Array.from({ length: 50 }, (_, p) => `P${p}`)
    const resources = Object.fromEntries(Array.from({ length: 20 }, (_, r) => [`R${r}`, 3]))
    const script = Array.from({ length: 500 }, (_, k) => `P${(k * 7) % 50} requests R${(k * 3 + (k >> 5)) % 20}`)
    const held = new Map<string, number>()
    const possible = script.filter((line) => {
      held.set(line, (held.get(line) ?? 0) + 1)
      return held.get(line)! <= 3
    })
    for (const choice of everyPolicy) {
      const from = performance.now()
      const run = policies.run({ processes: names, resources, script: possible, policies: [choice] }).runs[0]!
      expect(performance.now() - from, choice.policy).toBeLessThan(choice.policy === 'share' ? 6000 : 1500)
      expect(run.ticks).toBeLessThanOrEqual(2000)
    }
  })

  test('says that withdrawals are left out', () => {
    const { remarks } = policies.run({ ...cross, script: 'P1 requests R1\nP2 requests R1\nP2 withdraws R1' })
    expect(remarks).toHaveLength(1)
  })
})
