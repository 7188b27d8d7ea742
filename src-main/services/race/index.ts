// The race between two threads, without and with a mutex: real threads, real losses, counted.
import { tmpdir } from 'node:os'
import { availableParallelism } from 'node:os'
import { InterlockError } from '../../contract/errors.ts'
import { compiler, cRacers } from './c-threads.ts'
import { jsRacers } from './js-threads.ts'
import type { Racers } from './racers.ts'
import { figuresOf, type RaceFigures, type RaceRun } from './report.ts'
import { texts } from './texts.ts'

export type Threads = 'c' | 'javascript'

export interface RaceOptions {
  /** runs each way */
  runs: number
  /** of each thread */
  increments: number
  /** null: C where there is a compiler */
  threads: Threads | null
}

export interface RaceReport {
  threads: Threads
  how: string
  cores: number
  runs: number
  increments: number
  expected: number
  without: RaceFigures
  with: RaceFigures
  /** sentences about what was done otherwise than usual */
  notes: string[]
}

/**
 * The ways take turns, so that a machine that gets busy meanwhile is busy for both.
 * @param told after each pair of runs: how many are done
 * @throws InterlockError when C was asked for and cannot be had, or a run fails
 */
export async function race(
  { runs, increments, threads }: RaceOptions,
  told: (done: number) => void = () => undefined,
): Promise<RaceReport> {
  const notes: string[] = []
  const racers = await racersOf(threads, notes)
  const results: Record<'without' | 'with', RaceRun[]> = { without: [], with: [] }
  try {
    // The first run pays for loading the program and is not counted.
    await racers.race(Math.min(increments, 1000), true)
    for (let done = 1; done <= runs; done += 1) {
      results.without.push(await racers.race(increments, false))
      results.with.push(await racers.race(increments, true))
      told(done)
    }
  } finally {
    await racers.end()
  }
  const expected = 2 * increments
  const figures = { without: figuresOf(results.without, expected), with: figuresOf(results.with, expected) }
  if (figures.without.lost.most === 0) notes.push(texts.lucky)
  return {
    ...{ threads: racers.threads, how: racers.how, cores: availableParallelism(), runs, increments, expected },
    ...figures,
    notes,
  }
}

async function racersOf(threads: Threads | null, notes: string[]): Promise<Racers & { threads: Threads }> {
  if (threads !== 'javascript') {
    const cc = await compiler()
    if (cc === null && threads === 'c') throw new InterlockError('not-found', texts.wantsCompiler)
    if (cc === null) notes.push(texts.noCompiler)
    try {
      if (cc !== null) return { ...(await cRacers(cc, tmpdir())), threads: 'c' }
    } catch (error) {
      if (threads === 'c' || !(error instanceof InterlockError)) throw error
      notes.push(error.message)
    }
  }
  return { ...jsRacers(), threads: 'javascript' }
}
