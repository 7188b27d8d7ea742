// The comparison: its numbers against those of the operations that compute each of them alone, and against small sums.
import { describe, expect, test } from 'vitest'
import { parameters, subjects } from '../../../../../src-main/labs/topology/model/comparison.ts'
import { compare } from '../../../../../src-main/labs/topology/operations/compare.ts'
import { ha } from '../../../../../src-main/labs/topology/operations/ha.ts'
import { migrate } from '../../../../../src-main/labs/topology/operations/migrate.ts'

const run = (input: object) => compare.run(input)
const row = (input: object, id: string) => {
  const found = run(input).rows.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no row ${id}`)
  return found
}

test.each(subjects)('of %s has parts that add up to their totals, and lines through the totals', (subject) => {
  const { rows, lines } = run({ subject })
  for (const { parts, total, working } of rows) {
    expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(total, 6)
    expect(working.length).toBeGreaterThan(0)
  }
  for (const { id, points } of lines)
    expect(points.map(({ y }) => y)).toContain(rows.find((one) => one.id === id)?.total)
})

describe('techniques', () => {
  const events = { privileged: 0, systemCalls: 0, pageTableUpdates: 0, deviceOperations: 0, instructions: 1_000_000 }

  test('without anything privileged, the bare machine and traps cost the same', () => {
    expect(row({ subject: 'techniques', ...events }, 'native').total).toBe(1_000_000)
    expect(row({ subject: 'techniques', ...events }, 'trapAndEmulate').total).toBe(1_000_000)
  })

  test('a trap costs 1,300 cycles with the usual costs', () => {
    const { total, parts } = row({ subject: 'techniques', ...events, privileged: 10 }, 'trapAndEmulate')
    expect(total).toBe(1_000_000 + 10 * 1_300)
    expect(parts.map(({ what }) => what)).toEqual(['instructions', 'privileged instructions'])
  })
})

describe('machines and containers', () => {
  test('differ by what each instance takes besides the application', () => {
    const input = { subject: 'isolation', instances: 10, application: 100, guest: 400, runtime: 10, host: 5_000 }
    expect(row(input, 'machine').total).toBe(10 * 500)
    expect(row(input, 'container').total).toBe(10 * 110)
    // floor(5000 / 500) and floor(5000 / 110)
    expect(row(input, 'machine').working[1]).toContain('= 10')
    expect(row(input, 'container').working[1]).toContain('= 45')
  })
})

describe('a host that fails', () => {
  test('is away by HA as long as the operation for it says', () => {
    const times = { detect: 12, place: 3, boot: 45 }
    const { outage } = ha.run({ ...times }) as { outage: number }
    expect(row({ subject: 'failure', ...times }, 'ha').total).toBe(outage)
  })

  test('is away in Kubernetes for grace, toleration and start', () => {
    expect(row({ subject: 'failure', grace: 50, toleration: 30, start: 4 }, 'kubernetes').total).toBe(84)
  })

  test('that was left in time stands still as long as the migration does', () => {
    const plan = { memory: 4_096, link: 1_024, dirtyRate: 256 }
    const { downtime } = migrate.run({ ...plan }) as { downtime: number }
    expect(row({ subject: 'failure', ...plan }, 'migration').total).toBeCloseTo(downtime, 9)
  })

  test('a migration that never converges stops for all the memory', () => {
    const plan = { memory: 4_096, link: 100, dirtyRate: 500 }
    expect(row({ subject: 'failure', ...plan }, 'migration').total).toBeCloseTo(40.96, 9)
  })
})

test.each([
  [{}, /^subject: expected one of techniques, isolation, failure/],
  [{ subject: 'failure', boots: 3 }, /^boots: .*Did you mean boot/],
  [{ subject: 'isolation', instances: 0 }, /^instances: expected a number from 1 to 10000/],
])('%o is refused with its place', (input, problem) => {
  expect(() => run(input)).toThrow(problem)
})

test('every usual number is within its bounds', () => {
  for (const list of Object.values(parameters)) {
    for (const { usual, min, max } of list) expect(usual >= min && usual <= max).toBe(true)
  }
})
