// `interlock race`: additions that two threads lose to each other, and that a mutex keeps.
import { InterlockError } from '../contract/errors.ts'
import { MAX_RACE_INCREMENTS, MAX_RACE_RUNS } from '../contract/limits.ts'
import { race, type RaceReport, type Threads } from '../services/race/index.ts'
import { cSource, jsSource } from '../services/race/source.ts'
import { texts } from '../services/race/texts.ts'
import { type Arguments, parseArguments, textOption } from './arguments.ts'
import { DEFECT, RIGHT } from './exit-codes.ts'
import type { Io } from './io.ts'

export const raceOptions = {
  runs: { value: 'N' },
  increments: { value: 'N' },
  threads: { value: 'c|javascript' },
  json: 'flag',
  source: 'flag',
} as const

/** @returns the exit code: 0, whatever was lost without the mutex */
export async function runRace(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock race', argv, raceOptions)
  if (args.positionals.length > 0) {
    throw new InterlockError('bad-input', `interlock race takes no file. See interlock race --help.`)
  }
  const runs = numberOption(args, 'runs', 20, MAX_RACE_RUNS)
  const increments = numberOption(args, 'increments', 100_000, MAX_RACE_INCREMENTS)
  const threads = threadsOption(args)
  if (args.values.has('source')) {
    io.out(threads === 'javascript' ? jsSource : cSource)
    return RIGHT
  }
  const report = await race({ runs, increments, threads })
  for (const note of report.notes) io.err(`interlock: ${note}\n`)
  io.out(args.values.has('json') ? `${JSON.stringify(report, null, 2)}\n` : raceTable(report))
  // A mutex that loses additions is a fault of this program or of the machine.
  return report.with.exact === runs ? RIGHT : DEFECT
}

function numberOption(args: Arguments, name: string, usual: number, most: number): number {
  const text = textOption(args, name)
  if (text === null) return usual
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number >= 1 && number <= most) return number
  throw new InterlockError('bad-input', texts.number(`--${name}`, text, most))
}

function threadsOption(args: Arguments): Threads | null {
  const text = textOption(args, 'threads')
  if (text === null || text === 'c' || text === 'javascript') return text
  throw new InterlockError('bad-input', texts.threads(text))
}

/** A row for each run, then the figures of all. */
export function raceTable(report: RaceReport): string {
  const { without, with: locked, expected, runs } = report
  const { rows } = texts
  const cells: string[][] = [
    [...texts.headings],
    ...without.runs.map(({ counter }, at) => {
      const other = locked.runs[at]?.counter ?? 0
      return [at + 1, counter, expected - counter, other, expected - other].map(String)
    }),
    [],
    ...(['least', 'median', 'most'] as const).map((key) => [
      ...[rows[key], '', String(without.lost[key]), '', String(locked.lost[key])],
    ]),
    [rows.exact, '', texts.exact(without.exact, runs), '', texts.exact(locked.exact, runs)],
    [rows.time, '', texts.milliseconds(without.milliseconds), '', texts.milliseconds(locked.milliseconds)],
  ]
  const widths = texts.headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const about = [texts.title(report.increments, expected, runs), texts.made(report.how, report.cores), '']
  return `${[...about, ...lines].join('\n')}\n`
}
