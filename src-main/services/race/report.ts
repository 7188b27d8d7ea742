// What came out of the races: how many additions were lost, in numbers. Pure.

/** One run: what the counter said at the end, and how long both threads took. */
export interface RaceRun {
  counter: number
  milliseconds: number
}

export interface RaceFigures {
  runs: RaceRun[]
  /** runs in which the counter was right */
  exact: number
  /** additions that are missing at the end */
  lost: { least: number; median: number; most: number }
  /** median */
  milliseconds: number
}

/** Half of the values are below it; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** @param expected what the counter would say if nothing were lost */
export function figuresOf(runs: readonly RaceRun[], expected: number): RaceFigures {
  const lost = runs.map(({ counter }) => expected - counter)
  return {
    runs: [...runs],
    exact: lost.filter((one) => one === 0).length,
    lost: { least: Math.min(...lost), median: median(lost), most: Math.max(...lost) },
    milliseconds: median(runs.map(({ milliseconds }) => milliseconds)),
  }
}
