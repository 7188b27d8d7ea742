// What each policy promises, on random work: no deadlock, no unsafe grant, looks at the right ticks.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preventing, type Work, work } from './random-work.ts'
import { activity, at, compare, stuckAt } from './runs.ts'

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
      { numRuns: 3000, seed: 15 },
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
