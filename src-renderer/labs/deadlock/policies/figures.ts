// Figures of a comparison as they are shown: texts, best and worst of each column, and what a tick looks like. Pure.
import { type Holding, measures, type MeasureKey, type PolicyRun } from '@labs/deadlock/model/policies.ts'
import { list } from '@labs/deadlock/model/words.ts'
import { policyViewTexts as words } from './policies-texts.ts'

export type Standing = 'best' | 'worst' | null

const shown = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** The more runs share the best figure, the less it says. */
const MOST_BEST = 3

/** What grows for ever in a run that never gets anywhere, whenever it was cut. */
const endless: readonly MeasureKey[] = ['waiting', 'longestWait']

/** Infinite where it would grow with the time one looks. */
function valueOf(run: PolicyRun, key: MeasureKey): number | null {
  const stuck = run.ended === 'deadlock' || run.ended === 'livelock'
  if (stuck && endless.includes(key)) return Infinity
  if (key === 'deadlockTicks' && run.episodes.some(({ to }) => to === null)) return Infinity
  return run.measures[key]
}

export function figureOf(run: PolicyRun, key: MeasureKey): string {
  const value = valueOf(run, key)
  if (value === null) return words.noFigure
  if (value === Infinity) return words.endless
  const measure = measures.find((one) => one.key === key)
  return measure?.percent === true ? `${shown.format(100 * value)} %` : shown.format(value)
}

/** Shares are those of the time until the end, which says little of a run that was cut. */
const comparable = (run: PolicyRun, key: MeasureKey): boolean =>
  run.ended === 'finished' || measures.find((one) => one.key === key)?.percent !== true

/** Best and worst of the column, where few runs share it; none when all are alike. */
export function standingOf(runs: readonly PolicyRun[], run: PolicyRun, key: MeasureKey): Standing {
  const values = runs.flatMap((one) => (comparable(one, key) ? (valueOf(one, key) ?? []) : []))
  const own = comparable(run, key) ? valueOf(run, key) : null
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (own === null || low === high || values.filter((value) => value === own).length > MOST_BEST) return null
  const better = measures.find((one) => one.key === key)?.better === 'less' ? low : high
  if (own === better) return 'best'
  return own === (better === low ? high : low) ? 'worst' : null
}

/** Measures that say something of at least one run. */
export function columnsOf(runs: readonly PolicyRun[]): MeasureKey[] {
  return measures.map(({ key }) => key).filter((key) => runs.some((run) => (valueOf(run, key) ?? 0) !== 0))
}

/** The last tick of the common axis. */
export function horizonOf(runs: readonly PolicyRun[]): number {
  return Math.max(1, ...runs.map(({ ticks }) => ticks))
}

/** Ticks at which the axis is marked: at most ten, at round numbers. */
export function marksOf(horizon: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => horizon / one <= 10) ?? 1000
  // The last one would stand beyond the axis.
  return Array.from({ length: Math.floor((0.97 * horizon) / step) + 1 }, (_, index) => index * step)
}

/** What a process holds and asks for at a tick. */
export function holdingAt(changes: readonly Holding[], tick: number): Holding | undefined {
  return changes.filter((change) => change.tick <= tick).at(-1)
}

/** What was found by the looks for deadlocks at a tick, and what they cost. */
export function looksSaid({ looks }: PolicyRun, tick: number, names: readonly string[]): string[] {
  return (looks ?? [])
    .filter((look) => look.tick === tick)
    .map(({ found, comparisons }) => words.looked(list(found.map((process) => names[process] ?? '')), comparisons))
}

export interface Bar {
  from: number
  to: number
}

/** Stretches in which a process holds units. */
export function heldBars(changes: readonly Holding[], end: number): Bar[] {
  const bars: Bar[] = []
  changes.forEach(({ tick, holds }, index) => {
    if (holds.every((units) => units === 0)) return
    const to = changes[index + 1]?.tick ?? end
    const last = bars.at(-1)
    if (last?.to === tick) last.to = to
    else bars.push({ from: tick, to })
  })
  return bars
}
