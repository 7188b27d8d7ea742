// Writing an exercise: what is written always fits the contract, students are given the drawing as it is, and the key is
// worked out meanwhile.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DocumentEnvelope } from '@contract/document.ts'
import { readCounts, readNames, writeParam } from '@page/shell/exercise/params.ts'
import { slugOf } from '@page/shell/exercise/exercise-draft.svelte.ts'
import { findLab, labs } from '../../../src-main/labs/index.ts'
import { fieldsOf } from '../../../src-main/services/exercises/fields.ts'
import { type Rig, rig } from './rig.ts'

let given: Rig
beforeEach(() => {
  given = rig()
})
afterEach(() => given.end())

async function writing() {
  const bench = await given.page()
  await bench.files.openSample('deadlock', 'two-rings')
  const doc = bench.active!
  await doc.writeExercise()
  await vi.waitFor(() => expect(Object.keys(doc.draft!.key)).toHaveLength(1), 10_000)
  return { bench, doc, draft: doc.draft! }
}

test('an exercise is written, tried as a student, changed again, dropped and brought back', async () => {
  const { doc, draft } = await writing()
  expect(draft.exercise.id).toBe('two-rings-and-a-waiter')
  draft.change({ task: 'Look at it.' })
  draft.setCheck('q1', 'ring')
  draft.changePart('q1', { ask: 'Who is on a ring?', points: 1e9, hints: ['Look again.'] })
  draft.addPart()
  draft.setCheck('q2', 'grant')
  draft.setParam('q2', 'process', 'P1')
  draft.setParam('q2', 'units', { R9: 1 })
  await vi.waitFor(() => expect(draft.key['q2']).toMatchObject({ refused: expect.stringContaining('R9') as string }))
  expect(draft.key['q1']).toEqual({ right: 'P1, P2, P3 and P4' })
  draft.movePart('q2', -1)
  expect(draft.exercise.parts.map(({ id }) => id)).toEqual(['q2', 'q1'])
  draft.removePart('q2')
  draft.removePart('q1')
  expect(draft.exercise.parts.map(({ id, points }) => [id, points])).toEqual([['q1', 1000]])
  expect(DocumentEnvelope.safeParse(doc.document()).success).toBe(true)

  doc.finishExercise()
  expect(doc.draft).toBeNull()
  expect(doc.concealed).toBe(true)
  expect(doc.verdict).toBeNull()
  expect(doc.dirty).toBe(true)

  await doc.writeExercise()
  expect(doc.draft?.exercise.task).toBe('Look at it.')
  expect(doc.concealed).toBe(false)
  const back = doc.dropExercise()
  expect(doc.document()).not.toHaveProperty('exercise')
  back()
  expect(doc.document().exercise?.task).toBe('Look at it.')
})

test('what students are given is the drawing as it is when the writing ends', async () => {
  const { doc, draft } = await writing()
  draft.setCheck('q1', 'ring')
  doc.editor.remove(['P1'])
  await vi.waitFor(() => expect(draft.key['q1']).toEqual({ right: 'P3 and P4' }), 5000)
  doc.finishExercise()
  const { exercise, model } = doc.document()
  expect(exercise?.given.model).toEqual(model)
})

test('a drawing of each student’s own takes the generator’s usual values, and can be taken back', async () => {
  const { draft } = await writing()
  draft.setVariant('banker')
  draft.setVariantValue('processes', 4)
  expect(draft.exercise.variant).toMatchObject({ generator: 'banker', values: { processes: 4 } })
  draft.setVariant(null)
  expect(draft.exercise).not.toHaveProperty('variant')
  draft.setAfterword('That is it.')
  draft.setAfterword('  ')
  expect(draft.exercise).not.toHaveProperty('afterword')
})

test('an exercise that somebody has begun cannot be changed', async () => {
  const bench = await given.page()
  await bench.files.openSample('deadlock', 'two-ring')
  await bench.files.beginExercise(bench.active!, { name: 'Ada', number: '' })
  expect(bench.active!.writable).toBe(false)
  await bench.active!.writeExercise()
  expect(bench.active!.draft).toBeNull()
})

test('short names fit the contract whatever is typed', () => {
  expect(slugOf('Übung 3: Zwei Ringe!')).toBe('ubung-3-zwei-ringe')
  expect(slugOf('  ')).toBe('exercise')
  expect(slugOf('x'.repeat(90))).toHaveLength(60)
})

test('names and counts are read as they are written', () => {
  expect(readNames(' P1, ,Fork 2 ')).toEqual(['P1', 'Fork 2'])
  expect(readCounts('R1: 2, a: b: 3')).toEqual({ R1: 2, 'a: b': 3 })
  expect(readCounts('R1 2')).toBeNull()
  for (const value of [['P1', 'P2'], { R1: 2, 'Fork 1': 0 }]) {
    const text = writeParam(value)
    expect(Array.isArray(value) ? readNames(text) : readCounts(text)).toEqual(value)
  }
  expect(writeParam(undefined)).toBe('')
})

test('every check of every lab can be set in a form, with words', () => {
  for (const lab of labs) {
    for (const check of findLab(lab.id).checks ?? []) {
      for (const { key, label } of fieldsOf(check.params)) expect(label, `${check.id}.${key}`).not.toBe(key)
    }
  }
})
