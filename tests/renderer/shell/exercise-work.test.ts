// A student's work on an exercise: what is told when, what is hidden until when, and what the log and the time keep.
import { expect, test } from 'vitest'
import type { DocumentEnvelope } from '@contract/document.ts'
import type { Attempt, Exercise, Judgement } from '@contract/exercise.ts'
import { MAX_LOG_ENTRIES } from '@contract/limits.ts'
import { ExerciseWork } from '@page/shell/exercise/exercise-work.svelte.ts'

const part = (id: string, points = 2) => ({ id, ask: '?', check: 'c', params: {}, points, hints: ['one', 'two'] })
const exercise: Exercise = {
  id: 'e',
  task: 'Do it.',
  parts: [part('number'), part('drawing', 1)],
  conceal: true,
  feedback: 'at-once',
  given: { model: { nodes: [], edges: [] }, layout: { positions: {} } },
}
const attempt: Attempt = {
  student: { name: 'Ada', number: '' },
  answers: {},
  committed: [],
  seconds: 0,
  log: [],
  seal: '0'.repeat(64),
  handedIn: null,
}

/** A host that finds 7 and every drawing right; it answers when it is told to. */
function working(change: Partial<Exercise> = {}, begun: Attempt | null = attempt) {
  const clock = { now: 1_000_000 }
  const asked: string[][] = []
  let changes = 0
  let hold: Promise<void> = Promise.resolve()
  const work: ExerciseWork = new ExerciseWork({
    exercise: { ...exercise, ...change },
    attempt: begun,
    document: () => ({ attempt: work.attempt }) as unknown as DocumentEnvelope,
    changed: () => (changes += 1),
    now: () => clock.now,
    host: {
      call: (async (name: string, { parts }: { parts: string[] }) => {
        if (name === 'exercise.forms') return { number: { kind: 'number' }, drawing: { kind: 'drawing' } }
        asked.push(parts)
        const answers = work.attempt?.answers ?? {}
        await hold
        return Object.fromEntries(
          parts.flatMap((id): [string, Judgement][] => {
            const answer = answers[id]
            if (answer === undefined) return []
            const right = answer.kind !== 'number' || answer.value === 7
            return [[id, { right, share: right ? 1 : 0.5, expected: '7', found: '', sentence: '', at: [] }]]
          }),
        )
      }) as never,
    },
  })
  return { work, clock, asked, changes: () => changes, wait: (until: Promise<void>) => (hold = until) }
}

test('the verdict is hidden until every question was committed, right or wrong, and never without a wish to hide it', async () => {
  const { work } = working()
  await work.load()
  expect(work.conceals).toBe(true)
  work.answer('number', { kind: 'number', value: 3 })
  await work.check('number')
  expect(work.judgements['number']?.right).toBe(false)
  expect(work.conceals).toBe(true)
  await work.check('drawing')
  expect(work.conceals).toBe(false)
  expect(working({}, null).work.conceals).toBe(true)
  expect(working({ conceal: false }).work.conceals).toBe(false)
})

test('points count what is right and part of what is nearly so; a changed answer loses its judgement', async () => {
  const { work } = working()
  await work.load()
  work.answer('number', { kind: 'number', value: 3 })
  await work.check('number')
  expect(work.points).toEqual({ points: 1, of: 3 })
  work.answer('number', { kind: 'number', value: 7 })
  expect(work.judgements).toEqual({})
  await work.check('number')
  expect(work.points).toEqual({ points: 2, of: 3 })
  await work.check('drawing')
  expect(work.points).toEqual({ points: 3, of: 3 })
  work.drawn()
  expect(Object.keys(work.judgements)).toEqual(['number'])
  work.answer('number', null)
  expect(work.attempt?.answers).not.toHaveProperty('number')
})

test('an answer that was changed while it was judged is not told the judgement of the old one', async () => {
  const { work, wait } = working()
  await work.load()
  let go = (): void => undefined
  wait(new Promise((done) => (go = done)))
  work.answer('number', { kind: 'number', value: 7 })
  const checking = work.check('number')
  expect(work.judging).toBe('number')
  work.answer('number', { kind: 'number', value: 8 })
  go()
  await checking
  expect(work.judgements).toEqual({})
  expect(work.judging).toBeNull()
})

test('with feedback after handing in nothing is told, not even asked, before', async () => {
  const { work, asked } = working({ feedback: 'after-hand-in' })
  await work.load()
  work.answer('number', { kind: 'number', value: 3 })
  await work.check('number')
  expect([work.tells, asked, work.judgements]).toEqual([false, [], {}])
  work.handIn()
  await expect.poll(() => Object.keys(work.judgements).length).toBe(2)
  expect(work.tells).toBe(true)
  work.takeBack()
  expect(work.judgements).toEqual({})
})

test('what was handed in holds the drawing as an answer, cannot be changed, and goes on when it is taken back', async () => {
  const { work } = working()
  await work.load()
  work.handIn()
  expect(work.handedIn).toBe(true)
  expect(work.attempt?.answers).toEqual({ drawing: { kind: 'drawing' } })
  work.answer('number', { kind: 'number', value: 7 })
  await work.check('number')
  work.hint('number')
  expect(work.attempt?.answers).not.toHaveProperty('number')
  expect(work.attempt?.log.map(({ did }) => did)).toEqual(['handed-in'])
  work.takeBack()
  expect(work.handedIn).toBe(false)
  work.answer('number', { kind: 'number', value: 7 })
  expect(work.attempt?.answers['number']).toEqual({ kind: 'number', value: 7 })
})

test('hints come one at a time and end; tries and hints are logged, and the log has an end', async () => {
  const { work, changes } = working()
  await work.load()
  for (let press = 0; press < 5; press += 1) work.hint('number')
  expect(work.hints('number')).toBe(2)
  work.answer('number', { kind: 'number', value: 1 })
  for (let round = 0; round < 3; round += 1) await work.check('number')
  expect(work.tries('number')).toBe(3)
  expect(changes()).toBeGreaterThan(5)
  const full = { ...attempt, log: Array.from({ length: MAX_LOG_ENTRIES }, () => ({ at: 1, did: 'opened' as const })) }
  const other = working({}, full).work
  other.hint('number')
  expect(other.attempt?.log).toHaveLength(MAX_LOG_ENTRIES)
})

test('time is counted while something is done, and a long absence counts as a minute', async () => {
  const { work, clock } = working()
  await work.load()
  work.drawn()
  clock.now += 20_000
  work.answer('number', { kind: 'number', value: 1 })
  expect(work.attempt?.seconds).toBe(20)
  clock.now += 3_600_000
  work.answer('number', { kind: 'number', value: 2 })
  expect(work.attempt?.seconds).toBe(80)
})

test('a host that cannot be reached is said, and the answers stay', async () => {
  const { work } = working()
  await work.load()
  work.answer('number', { kind: 'number', value: 7 })
  const broken = new ExerciseWork({
    exercise,
    attempt: work.attempt,
    document: () => ({}) as DocumentEnvelope,
    changed: () => undefined,
    host: { call: () => Promise.reject(new Error('gone')) },
  })
  await broken.load()
  expect(broken.error).toBe('gone')
  await broken.check('number')
  expect(broken.error).toBe('gone')
  expect(broken.attempt?.answers['number']).toEqual({ kind: 'number', value: 7 })
})
