// Transactions that lock rows: the youngest on a ring is rolled back, and under wait-die and wound-wait no ring arises.
// Long, as schedules and what is right of them are worked out here.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { type DatabaseInput, databaseOperation } from '../../../../src-main/labs/deadlock/operations/database.ts'
import {
  type DatabaseEvent,
  type DatabaseState,
  database,
} from '../../../../src-main/labs/deadlock/simulations/database.ts'
import { createRandom } from '../../../../src-main/simulation/random.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'
import { draw } from './drawing.ts'
import { onCycle, singleUnits } from './sites.ts'

const rules = ['detect', 'wait-die', 'wound-wait'] as const

const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof InterlockError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'no error'
}

const empty = (transactions: number, rows: number): DeadlockModel =>
  draw(
    Array.from({ length: transactions }, (_, t) => `T${t + 1}`),
    Object.fromEntries(Array.from({ length: rows }, (_, r) => [String.fromCharCode(65 + r), 1])),
    [],
  )

interface Step {
  before: DatabaseState
  event: DatabaseEvent
  after: DatabaseState
}

function wander(start: DatabaseState, seed: number, most: number): Step[] {
  const random = createRandom(seed)
  const steps: Step[] = []
  for (let before = start; steps.length < most;) {
    const event = database.pick!(before, random)
    if (event === undefined) break
    const after = database.apply(before, event)
    steps.push({ before, event, after })
    before = after
  }
  return steps
}

const heldIn = ({ edges }: DeadlockModel, transaction: string): string[] =>
  edges.flatMap((edge) => (edge.kind === 'assignment' && edge.to === transaction ? [edge.from] : [])).sort()

const stampOf = (state: DatabaseState, transaction: string): number =>
  Number(database.view(state).table.rows.find(({ id }) => id === transaction)?.cells[0])

const underRule = (model: DeadlockModel, rule: (typeof rules)[number]): DatabaseState => {
  const start = database.init(model, 0)
  return rule === 'detect' ? start : database.apply(start, { type: 'rule', rule })
}

describe('transactions with row locks', () => {
  const played = (lines: readonly string[]) => {
    const run = createRun(database, empty(3, 2), 1)
    const { steps, problem } = run.read(0, lines)
    return { run, problem, steps, texts: steps.map((step) => step?.text) }
  }
  const crossed = ['T1 locks A', 'T2 locks B', 'T1 locks B', 'T2 locks A']

  test('the wait that closes a ring names the youngest as the victim', () => {
    const { run, steps, texts, problem } = played([...crossed, 'T2 rolls back', 'T1 commits'])
    expect(problem).toBeNull()
    expect(texts).toEqual([
      'T1 locks A; it begins with time stamp 1',
      'T2 locks B; it begins with time stamp 2',
      'T1 waits for B, which T2 holds',
      'T2 waits for A, which T1 holds',
      'T2 is rolled back and gives up B; B goes to T1',
      'T1 commits and gives up A and B',
    ])
    expect(steps[3]?.finding).toEqual({
      mark: 'ring',
      holds: false,
      what: 'deadlock',
      sentence:
        'Deadlock: T1 → T2 → T1. T2 is the youngest of them (time stamp 2) and has least to lose, so it is rolled back.',
    })
    expect(run.stateAt(4).possible.map(({ event }) => event)).toEqual([{ type: 'roll-back', process: 'T2' }])
    expect(steps[4]?.finding?.holds).toBe(true)
    expect(run.stateAt(5).table.rows.map(({ label, cells }) => [label, ...cells])).toEqual([
      ['T1', '1', 'running', 'A, B', '–', '–'],
      ['T2', '2', 'rolled back', '–', '–', '1×'],
      ['T3', '–', 'not begun', '–', '–', '–'],
    ])
  })

  const again = ['T2 rolls back', 'T1 commits', 'T3 locks A']
  const onceMore = ['T2 locks B', 'T3 locks B', 'T2 locks A']

  test('with a new time stamp the same one is the victim again, with its age kept the other one is', () => {
    const fresh = played([...crossed, ...again, 'T2 begins anew', ...onceMore, 'T2 rolls back'])
    expect(fresh.problem).toBeNull()
    expect(fresh.texts[7]).toBe('T2 begins again with a new time stamp 4')
    expect(fresh.run.stateAt(12).table.rows[1]?.cells[4]).toBe('2×')
    const kept = played([...crossed, ...again, 'T2 begins again', ...onceMore, 'T3 rolls back', 'T2 commits'])
    expect(kept.problem).toBeNull()
    expect(kept.texts[7]).toBe('T2 begins again and keeps its time stamp 2')
    expect(kept.texts[11]).toBe('T3 is rolled back and gives up A; A goes to T2')
  })

  test('under wait-die the younger one dies, under wound-wait the older one takes the row', () => {
    expect(played(['rule wait-die', ...crossed]).texts.slice(3)).toEqual([
      'T1 waits for B, since it is older than T2, which holds it',
      'T2 dies, asking for A of the older T1: it is rolled back and gives up B; B goes to T1',
    ])
    expect(played(['rule wound-wait', ...crossed.slice(0, 3)]).texts.slice(3)).toEqual([
      'T1 wounds the younger T2, asking for B: T2 is rolled back and gives up B; B goes to T1',
    ])
    expect(played(['rule wound-wait', 'T1 locks A', 'T2 locks A']).texts[2]).toBe(
      'T2 waits for A, since it is younger than T1, which holds it',
    )
  })

  test('wait-die and wound-wait never let a ring arise', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('wait-die', 'wound-wait'),
        fc.integer({ min: 2, max: 4 }),
        fc.nat(),
        (rule, n, seed) => {
          for (const { after } of wander(underRule(empty(n, 3), rule), seed, 120)) {
            expect(onCycle(after.model)).toEqual([])
            expect(database.properties[0]!.check(after).holds).toBe(true)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('with detection rings arise, and the victim is the youngest on the ring', () => {
    let rings = 0
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.nat(), (n, seed) => {
        for (const { before, event, after } of wander(database.init(empty(n, 3), 0), seed, 120)) {
          const ring = onCycle(before.model)
          expect(event.type === 'roll-back').toBe(ring.length > 0)
          if (event.type !== 'roll-back') continue
          rings += 1
          expect(ring).toContain(event.process)
          expect(stampOf(before, event.process)).toBe(Math.max(...ring.map((one) => stampOf(before, one))))
          expect(onCycle(after.model)).toEqual([])
          expect(heldIn(after.model, event.process)).toEqual([])
        }
      }),
      { numRuns: 150 },
    )
    expect(rings).toBeGreaterThan(0)
  })

  test('a row is given up only by a commit or a rollback, all rows at once, and has one holder', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rules), fc.nat(), (rule, seed) => {
        for (const { before, event, after } of wander(underRule(empty(4, 4), rule), seed, 120)) {
          for (const { id, kind } of before.model.nodes) {
            const held = heldIn(before.model, id)
            if (kind !== 'process') continue
            const kept = heldIn(after.model, id)
            const lost = held.filter((row) => !kept.includes(row))
            if (lost.length === 0) continue
            expect(kept).toEqual([])
            const stage = after.locks.transactions[after.drawing.processOf.get(id)!]!.stage
            expect(stage).toBe(event.type === 'commit' ? 'committed' : 'rolled-back')
          }
          const holders = after.model.edges.filter(({ kind }) => kind === 'assignment').map(({ from }) => from)
          expect(new Set(holders).size).toBe(holders.length)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('begins from a drawing: holders have begun, and a ring in it has its victim at once', () => {
    const ring = draw(['T1', 'T2', 'T3'], { A: 1, B: 1 }, ['A>T1', 'B>T2', 'T1>B', 'T2>A'])
    const run = createRun(database, ring, 1)
    expect(run.stateAt(0).possible.map(({ event }) => event)).toEqual([{ type: 'roll-back', process: 'T2' }])
    expect(run.steps()[0]?.finding?.holds).toBe(false)
    fc.assert(
      fc.property(singleUnits(4, 4, 1), fc.nat(), (model, seed) => {
        const own = model.edges.some(
          (asked) =>
            asked.kind === 'request' &&
            model.edges.some((held) => held.kind === 'assignment' && held.from === asked.to && held.to === asked.from),
        )
        if (own) expect(() => database.init(model, 0)).toThrow(/locks a row once/)
        else
          for (const { after } of wander(database.init(model, 0), seed, 60))
            expect(after.stuck !== null).toBe(onCycle(after.model).length > 0)
      }),
      { numRuns: 200 },
    )
  })

  test('a long ring is told with its first names and how many more there are', () => {
    const numbers = Array.from({ length: 8 }, (_, index) => index + 1)
    const model = draw(
      numbers.map((n) => `T${n}`),
      Object.fromEntries(numbers.map((n) => [`R${n}`, 1])),
      numbers.flatMap((n) => [`R${n}>T${n}`, `T${n}>R${(n % 8) + 1}`]),
    )
    expect(createRun(database, model, 1).steps()[0]?.finding?.sentence).toMatch(
      /^Deadlock: T1 → T2 → T3 → T4 → T5 → T6 → 2 more → T1\. T8 is the youngest of them/,
    )
  })

  test('every line is read as the event that it was written for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rules), fc.nat(), (rule, seed) => {
        for (const { before, event } of wander(underRule(empty(3, 3), rule), seed, 60)) {
          expect(database.read!(database.write!(event, before), before)).toEqual(event)
          expect(database.describe(event, before).text).not.toBe('')
        }
      }),
      { numRuns: 60 },
    )
    const start = database.init(empty(1, 1), 0)
    expect(database.read!('rule wait-die', start)).toEqual({ type: 'rule', rule: 'wait-die' })
  })

  test('refuses what cannot be, with the reason', () => {
    const problem = (...lines: string[]) => played(lines).problem?.message
    expect(problem('T1 commits')).toMatch(/^T1 has not begun/)
    expect(problem('T1 locks A', 'T1 locks A')).toMatch(/^T1 holds the lock on A already/)
    expect(problem('T1 locks A', 'T2 locks A', 'T2 locks B')).toMatch(/^T2 waits for A/)
    expect(problem('T1 begins', 'T1 begins')).toMatch(/^T1 has begun already/)
    expect(problem('T1 begins again')).toMatch(/^T1 was not rolled back/)
    expect(problem('T1 locks A', 'T1 commits', 'T1 locks B')).toMatch(/^T1 has committed/)
    expect(problem(...crossed, 'T3 locks A')).toMatch(/^There is a deadlock\. T2 is rolled back/)
    expect(problem(...crossed, 'T1 rolls back')).toMatch(/^T1 is not the youngest on a ring/)
    expect(problem(...crossed, 'T2 rolls back', 'T2 locks A')).toMatch(/^T2 was rolled back\. Let it begin again/)
    expect(problem(...crossed, 'T2 rolls back', 'T2 begins again', 'T2 commits')).toMatch(
      /^T2 was rolled back and has B and A still to lock/,
    )
    expect(problem('T1 locks A', 'rule wait-die')).toMatch(/^The rule is chosen before anything else/)
    expect(problem('rule detect')).toMatch(/^This rule is in force already/)
    expect(problem('rule of thumb')).toMatch(/^A line says what a transaction does/)
    const waiting = draw(['T1', 'T2'], { A: 1 }, ['A>T1', 'T2>A'])
    expect(createRun(database, waiting, 1).read(0, ['rule wait-die']).problem?.message).toMatch(/only detection fits/)
    const several = draw(['T1'], { A: 2 }, [])
    expect(messageOf(() => createRun(database, several, 1))).toMatch(/^bad-input: A has 2 units/)
    const run = createRun(database, empty(1, 1), 1)
    expect(messageOf(() => run.apply(0, { type: 'commit', process: 'T9' }))).toMatch(/^bad-event: There is no process/)
    expect(messageOf(() => run.apply(0, { type: 'lock', process: 'T1', resource: 'Z' }))).toMatch(
      /^bad-event: There is no resource type/,
    )
  })
})

describe('deadlock.database', () => {
  const input: DatabaseInput = {
    transactions: ['T1', 'T2'],
    rows: ['A', 'B'],
    schedule: 'T1 locks A\nT2 locks B\nT1 locks B\nT2 locks A\nT1 commits\nT2 commits',
  }

  test('plays one schedule under each rule', () => {
    const outcome = (rule: (typeof rules)[number]) => {
      const { deadlocks, rollbacks, committed } = databaseOperation.run({ ...input, rule })
      return { deadlocks, rollbacks, committed }
    }
    const after = { rollbacks: { T1: 0, T2: 1 }, committed: ['T1', 'T2'] }
    expect(outcome('detect')).toEqual({ deadlocks: 1, ...after })
    expect(outcome('wait-die')).toEqual({ deadlocks: 0, ...after })
    expect(outcome('wound-wait')).toEqual({ deadlocks: 0, ...after })
  })

  const programs = fc
    .array(fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    .chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        turns: fc.shuffledSubarray(
          rows.flatMap((row, t) => Array.from({ length: row.length + 1 }, () => t)),
          { minLength: rows.flat().length + rows.length },
        ),
      }),
    )
    .map(({ rows, turns }) => {
      const next = rows.map(() => 0)
      return {
        transactions: rows.map((_, t) => `T${t + 1}`),
        rows: ['A', 'B', 'C', 'D'],
        schedule: turns.map((t) => {
          const row = rows[t]![next[t]!++]
          return row === undefined ? `T${t + 1} commits` : `T${t + 1} locks ${'ABCD'[row]!}`
        }),
      }
    })

  test('lets every transaction commit, without a deadlock under wait-die and wound-wait', () => {
    let deadlocks = 0
    fc.assert(
      fc.property(programs, fc.constantFrom(...rules), fc.constantFrom('kept', 'new'), (schedule, rule, restart) => {
        const output = databaseOperation.run({ ...schedule, rule, restart })
        expect([...output.committed].sort()).toEqual(schedule.transactions)
        if (rule === 'detect') deadlocks += output.deadlocks
        else expect(output.deadlocks).toBe(0)
        if (rule === 'detect') {
          const sum = Object.values(output.rollbacks).reduce((total, count) => total + count, 0)
          expect(sum).toBe(output.deadlocks)
        }
      }),
      { numRuns: 300 },
    )
    expect(deadlocks).toBeGreaterThan(0)
  })

  test('refuses what it does not understand and names the place', () => {
    const run = (change: object) => messageOf(() => databaseOperation.run({ ...input, ...change }))
    expect(run({ rule: 'die' })).toMatch(/^bad-input: rule: expected "detect" or "wait-die" or "wound-wait"/)
    expect(run({ restart: 1 })).toMatch(/^bad-input: restart: expected "kept" or "new"/)
    expect(run({ rows: ['A', 'A'] })).toMatch(/^bad-input: rows: expected a list of names, each once/)
    expect(run({ transactions: [1] })).toMatch(/^bad-input: transactions: expected a list of names/)
    expect(run({ rows: ['T1', 'B'] })).toMatch(/^bad-input: .*"T1" is a process already/)
    expect(run({ schedule: ['T1 rolls back'] })).toMatch(/^bad-input: schedule, line 1: a schedule has lines such as/)
    expect(run({ schedule: ['T1 locks Z'] })).toMatch(
      /^bad-input: schedule, line 1: There is no resource type called Z/,
    )
    expect(run({ schedule: ['T1 locks A', 'T1 locks A'] })).toMatch(
      /^bad-input: schedule, line 2: T1 has locked A before/,
    )
    expect(run({ schedule: ['T1 commits', 'T1 locks A'] })).toMatch(
      /^bad-input: schedule, line 2: T1 has committed before/,
    )
    expect(run({ schedule: ['T1 locks A'] })).toMatch(/^bad-input: schedule: T1 never commits/)
    expect(run({ schedul: [] })).toMatch(/^bad-input: schedul: there is no such field/)
    expect(messageOf(() => databaseOperation.run(null as never))).toMatch(/^bad-input: input: expected an object/)
    const many = Array.from({ length: 5001 }, (_, index) => `R${index}`)
    expect(run({ rows: many })).toMatch(/^too-large: There are 5,003 transactions and rows/)
  })
})
