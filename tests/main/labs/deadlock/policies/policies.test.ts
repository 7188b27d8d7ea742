// Every policy on random work: what holds of a run whatever its policy. What is right is worked out here from what a run
// says it did, never by the code that made it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ResourceEvent } from '../../../../../src-main/labs/deadlock/simulations/event-rules.ts'
import { events } from '../../../../../src-main/labs/deadlock/simulations/events.ts'
import { everyPolicy, work } from './random-work.ts'
import { activity, at, compare, stuckAt } from './runs.ts'

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
