// What can race: one run at a time, and an end. Knows neither C nor JavaScript.
import type { RaceRun } from './report.ts'

export interface Racers {
  /** the compiler with its flags, or the program that has the threads */
  how: string
  /**
   * @param increments of each of the two threads
   * @throws InterlockError when it cannot be run
   */
  race(increments: number, mutex: boolean): Promise<RaceRun>
  end(): Promise<void>
}
