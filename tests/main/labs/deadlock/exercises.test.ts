// The exercises of the lab: each can be read and asked, its key can be told, and a wrong answer never tells the right one.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../../../src-main/contract/document-text.ts'
import type { Answer, AnswerForm } from '../../../../src-main/contract/exercise.ts'
import { deadlock } from '../../../../src-main/labs/deadlock/index.ts'
import { exerciseFor, exerciseOf, formsOf, judgeParts, keyOf } from '../../../../src-main/services/exercises/index.ts'
import { checkedModel } from '../../../../src-main/services/models.ts'

const folder = new URL('../../../../src-main/labs/deadlock/exercises/', import.meta.url)
const read = (id: string) =>
  parseDocument(readFileSync(new URL(`${id}.interlock`, folder), 'utf8'), () => deadlock.model).document

const listed = deadlock.exercises ?? []
const student = { name: 'Ada', number: '7' }

test('every file in the folder is offered, once', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.interlock$/, ''))
  expect(listed.map(({ id }) => id).sort()).toEqual(files.sort())
  expect([...new Set(listed.map(({ week }) => week))]).toEqual([3, 4, 5])
})

/** An answer of the form that is as far from right as it can be without knowing anything. */
function poorAnswer(form: AnswerForm): Answer {
  if (form.kind === 'choice') return { kind: 'choice', value: form.options.at(-1)?.value ?? '' }
  if (form.kind === 'order') return { kind: 'order', ids: form.items.map(({ id }) => id).reverse() }
  if (form.kind === 'set') return { kind: 'set', ids: form.items.map(({ id }) => id) }
  if (form.kind === 'number') return { kind: 'number', value: -1 }
  if (form.kind === 'table') return { kind: 'table', cells: form.rows.map(() => form.columns.map(() => null)) }
  return { kind: 'drawing' }
}

describe.each(listed.map(({ id }) => id))('%s', (id) => {
  const document = read(id)
  const exercise = exerciseFor(deadlock, exerciseOf(document), student)
  const forms = formsOf(deadlock, exercise)

  test('is called like its file, and asks what can be asked', () => {
    expect(exercise.id).toBe(id)
    for (const [part, form] of Object.entries(forms)) expect(form, part).not.toHaveProperty('sentence')
    expect(new Set(exercise.parts.map((part) => part.id)).size).toBe(exercise.parts.length)
  })

  test('has a key for every question', () => {
    for (const [part, answer] of Object.entries(keyOf(deadlock, exercise))) expect(answer, part).not.toBe('')
  })

  test('judges an answer of every form in a sentence', () => {
    const answers = Object.fromEntries(
      Object.entries(forms).map(([part, form]) => [part, poorAnswer(form as AnswerForm)]),
    )
    const judged = judgeParts(deadlock, exercise, checkedModel(deadlock, document.model), answers)
    for (const part of exercise.parts) {
      const { sentence, share, right, expected } = judged[part.id]!
      expect(sentence.length, part.id).toBeGreaterThan(10)
      expect(right).toBe(share === 1)
      expect(expected, part.id).not.toBe('')
    }
  })
})

describe('the key', () => {
  // Worked out by hand, or printed in the books that the numbers come from.
  const known: Record<string, Record<string, string>> = {
    'banker-ten': { available: '(6)', need: '(7) (3) (1)', state: 'Safe', order: '(one of 4)', count: '4' },
    'banker-twelve': { need: '(5) (2) (7)', order: 'P1, P0, P2 (the only one)', work: '(3) (5) (10) (12)' },
    'banker-five': {
      need: '(7, 4, 3) (1, 2, 2) (6, 0, 0) (0, 1, 1) (4, 3, 1)',
      p4: 'It is refused for now',
      p0: 'It is an error',
    },
    'unsafe-not-deadlock': { state: 'Unsafe, but no deadlock', order: 'no such order exists' },
    claims: { state: 'Safe', p2: 'It is refused for now', p1: 'It is granted' },
    'detection-printed': { never: 'nobody', count: '24', work: '(3, 3, 2) (3, 4, 2) (6, 4, 4) (8, 4, 4) (10, 5, 5)' },
    'detection-mended': { verdict: 'There is a deadlock', never: 'P1 and P3' },
    'holds-nothing': { reduction: 'P1, P2 and P4', book: 'P1 and P2' },
    'recovery-two-rings': { victims: '{P1, P3}, {P1, P4}, {P2, P3}, {P2, P4}' },
    counting: { six: 'A deadlock is possible', seven: 'A deadlock is not possible', three: 'A deadlock is possible' },
  }

  test.each(Object.entries(known))('of %s is right', (id, parts) => {
    const key = keyOf(deadlock, exerciseOf(read(id)))
    for (const [part, answer] of Object.entries(parts)) expect(key[part], part).toContain(answer)
  })
})
