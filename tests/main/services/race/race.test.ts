// Races: the figures on given results; and real threads, of which a mutex loses nothing. What is lost without one is
// left to chance, so of that only the bounds are asserted.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { raceTable } from '../../../../src-main/cli/race.ts'
import { race, type RaceReport } from '../../../../src-main/services/race/index.ts'
import { figuresOf, median } from '../../../../src-main/services/race/report.ts'
import { cSource } from '../../../../src-main/services/race/source.ts'

const runs = (...counters: number[]) => counters.map((counter, at) => ({ counter, milliseconds: at + 1 }))

describe('the figures of races', () => {
  it('count what is missing', () => {
    expect(figuresOf(runs(200, 150, 120, 200), 200)).toEqual({
      runs: runs(200, 150, 120, 200),
      exact: 2,
      lost: { least: 0, median: 25, most: 80 },
      milliseconds: 2.5,
    })
    expect(figuresOf(runs(199), 200)).toMatchObject({ exact: 0, lost: { least: 1, median: 1, most: 1 } })
  })

  it('have a median with as many values above as below', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 }), (values) => {
        const middle = median(values)
        const [below, above] = [
          values.filter((one) => one < middle).length,
          values.filter((one) => one > middle).length,
        ]
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2)
      }),
    )
  })

  it('stand in a table with a row for each run', () => {
    const report: RaceReport = {
      ...{ threads: 'c', how: 'cc -O0', cores: 2, runs: 2, increments: 100, expected: 200, notes: [] },
      without: figuresOf(runs(150, 200), 200),
      with: figuresOf(runs(200, 200), 200),
    }
    expect(raceTable(report).split('\n').slice(0, -1)).toEqual([
      'Two threads add 100 times each to one counter, which should then say 200. 2 runs each way.',
      'Made with cc -O0, on 2 CPUs.',
      '',
      'run          no mutex     lost  with mutex     lost',
      '1                 150       50         200        0',
      '2                 200        0         200        0',
      '',
      'least lost                   0                    0',
      'median lost                 25                    0',
      'most lost                   50                    0',
      'exact runs              1 of 2               2 of 2',
      'median time            1.50 ms              1.50 ms',
    ])
  })
})

function bounds(report: RaceReport): void {
  const { increments, expected } = report
  expect(expected).toBe(2 * increments)
  for (const { counter, milliseconds } of [...report.without.runs, ...report.with.runs]) {
    // A thread that writes last has added at least twice to what it began with, unless each adds but once.
    expect(counter).toBeGreaterThanOrEqual(Math.min(2, increments))
    expect(counter).toBeLessThanOrEqual(expected)
    expect(milliseconds).toBeGreaterThan(0)
  }
  expect(report.with.runs.map(({ counter }) => counter)).toEqual(report.with.runs.map(() => expected))
}

const laboratories = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('interlock-lab-race'))

describe('real races', { timeout: 60_000 }, () => {
  it('of JavaScript lose nothing with a mutex', async () => {
    let told = 0
    const report = await race({ runs: 3, increments: 20_000, threads: 'javascript' }, (done) => (told = done))
    expect([report.threads, told, report.without.runs.length]).toEqual(['javascript', 3, 3])
    bounds(report)
  })

  const cc = ['cc', 'gcc', 'clang'].some((name) => spawnSync(name, ['--version']).status === 0)
  if (!cc) process.stdout.write('skipped: races in C: there is no C compiler on this machine\n')

  it.skipIf(!cc)('in C lose nothing with a mutex, and leave no folder', async () => {
    const before = laboratories()
    const report = await race({ runs: 3, increments: 20_000, threads: 'c' })
    expect(report.how).toMatch(/-O0 -pthread$/)
    bounds(report)
    expect(laboratories()).toEqual(before)
  })

  it.skipIf(!cc)('in C have a source without warnings', () => {
    const args = ['-x', 'c', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', '-']
    const { status, stderr } = spawnSync('cc', args, { input: cSource, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})
