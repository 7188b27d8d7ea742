// The exercises and checks of the lab: each can be asked; keys are the numbers of textbooks and closed forms, written here;
// wrong answers are refused with a sentence that helps and never tells the right one.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../../../src-main/contract/document-text.ts'
import type { Answer, AnswerForm } from '../../../../src-main/contract/exercise.ts'
import { checks } from '../../../../src-main/labs/distributed/checks/index.ts'
import { distributed } from '../../../../src-main/labs/distributed/index.ts'
import { gridDrawing, meshOf, ringDrawing } from '../../../../src-main/labs/distributed/operations/drawings.ts'
import {
  exerciseFor,
  exerciseOf,
  fieldsOf,
  formsOf,
  judgeParts,
  keyOf,
} from '../../../../src-main/services/exercises/index.ts'
import { checkedModel } from '../../../../src-main/services/models.ts'

const folder = new URL('../../../../src-main/labs/distributed/exercises/', import.meta.url)
const read = (id: string) =>
  parseDocument(readFileSync(new URL(`${id}.interlock`, folder), 'utf8'), () => distributed.model).document
const listed = distributed.exercises ?? []

test('every file in the folder is offered, once, in weeks 9 and 10', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.interlock$/, ''))
  expect(listed.map(({ id }) => id).sort()).toEqual(files.sort())
  expect([...new Set(listed.map(({ week }) => week))]).toEqual([9, 10])
})

test.each(checks.map((check) => [check.id, check] as const))('%s can be set by an author', (_, { params }) => {
  expect(fieldsOf(params).length).toBeGreaterThan(0)
})

function poorAnswer(form: AnswerForm): Answer {
  if (form.kind === 'choice') return { kind: 'choice', value: '?' }
  if (form.kind === 'order') return { kind: 'order', ids: form.items.map(({ id }) => id).reverse() }
  if (form.kind === 'set') return { kind: 'set', ids: [] }
  if (form.kind === 'number') return { kind: 'number', value: -999 }
  if (form.kind === 'table') return { kind: 'table', cells: form.rows.map(() => form.columns.map(() => null)) }
  return { kind: 'drawing' }
}

describe.each(listed.map(({ id }) => id))('%s', (id) => {
  const document = read(id)
  const exercise = exerciseFor(distributed, exerciseOf(document), { name: 'Ada', number: '7' })
  const forms = formsOf(distributed, exercise)

  test('is called like its file, asks what can be asked, and has a key', () => {
    expect(exercise.id).toBe(id)
    expect(new Set(exercise.parts.map((part) => part.id)).size).toBe(exercise.parts.length)
    for (const [part, form] of Object.entries(forms)) expect(form, part).not.toHaveProperty('sentence')
    for (const [part, answer] of Object.entries(keyOf(distributed, exercise))) expect(answer, part).not.toBe('')
    for (const { x, y } of Object.values(document.layout.positions)) {
      expect(x > 30 && x < 870 && y > 50 && y < 490).toBe(true)
    }
  })

  test('refuses a wrong answer of every form in a sentence', () => {
    const answers = Object.fromEntries(
      Object.entries(forms).map(([part, form]) => [part, poorAnswer(form as AnswerForm)]),
    )
    const judged = judgeParts(distributed, exercise, checkedModel(distributed, document.model), answers)
    for (const part of exercise.parts) {
      const { sentence, right, expected } = judged[part.id]!
      expect(right, part.id).toBe(false)
      expect(sentence.length).toBeGreaterThan(7)
      expect(expected).not.toBe('')
    }
  })
})

describe('the right answer', () => {
  const known: Record<string, Record<string, Answer>> = {
    'lamport-three': {
      // In the order of their names, not in that of the processes: a to f, as the task tells them.
      lamport: table([1, 2, 3, 4, 5, 6].map((stamp) => [stamp])),
      vector: table([
        [1, 0, 0],
        [1, 1, 0],
        [1, 2, 0],
        [1, 2, 1],
        [1, 2, 2],
        [2, 2, 2],
      ]),
      concurrent: number(0),
    },
    'six-events': {
      lamport: table([1, 2, 3, 4, 1, 5].map((stamp) => [stamp])),
      'b-e': choice('concurrent'),
      'a-f': choice('second'),
      pairs: number(4),
      words: choice('maybe'),
    },
    crossing: {
      lamport: table([[1], [2], [3], [1], [2]]),
      'p1-q2': choice('first'),
      'p2-q2': choice('concurrent'),
      pairs: number(3),
    },
    drifting: {
      table: table([
        [6, 16, 16],
        [24, 40, 40],
        [60, 56, 61],
        [69, 54, 70],
      ]),
    },
    'cristian-three': { set: number(28352), bound: number(10), least: number(2) },
    asymmetric: { error: number(10), bound: number(20) },
    'berkeley-outlier': { average: number(185), own: number(5), outlier: number(-115) },
    'ntp-four': { offset: number(10), delay: number(30) },
    'two-requests': { order: { kind: 'order', ids: ['n0', 'n2'] }, messages: number(4) },
    'entry-costs': { central: number(3), lamport: number(27), ricart: number(18), suzuki: number(10), ring: number(9) },
    bully: {
      leader: choice('n4'),
      election: number(10),
      all: number(20),
      reached: number(15),
      highest: number(5),
      eight: number(56),
    },
    'ring-five': { leader: choice('n17'), election: number(5), all: number(10), worst: number(65) },
    'ring-broken': { leader: choice('n12'), reached: number(8), words: choice('stops') },
    grid: { sweep: number(16), flood: number(96) },
    'quiz-9': { clocks: choice('order'), central: choice('single'), stamp: choice('maybe') },
    'quiz-10': { coordinator: choice('direct'), majority: number(3), fail: number(3), even: number(2) },
  }
  function number(value: number): Answer {
    return { kind: 'number', value }
  }
  function choice(value: string): Answer {
    return { kind: 'choice', value }
  }
  function table(cells: number[][]): Answer {
    return { kind: 'table', cells }
  }

  test.each(Object.entries(known))('of %s is judged right', (id, answers) => {
    const document = read(id)
    const judged = judgeParts(distributed, exerciseOf(document), checkedModel(distributed, document.model), answers)
    for (const [part, { right, sentence }] of Object.entries(judged))
      expect([part, right, sentence]).toEqual([part, true, sentence])
  })
})

describe('a wrong answer', () => {
  const judge = (id: string, part: string, answer: Answer) => {
    const document = read(id)
    return judgeParts(distributed, exerciseOf(document), checkedModel(distributed, document.model), { [part]: answer })[
      part
    ]!
  }

  test('that left out the messages to crashed nodes is told the convention', () => {
    expect(judge('bully', 'all', { kind: 'number', value: 15 }).sentence).toContain('leaves them out')
    expect(judge('bully', 'reached', { kind: 'number', value: 20 }).sentence).toContain('counts them')
  })

  test('with the wrong sign is told so, and a crashed leader is refused', () => {
    expect(judge('berkeley-outlier', 'outlier', { kind: 'number', value: 115 }).sentence).toContain('ahead of whom')
    expect(judge('bully', 'leader', { kind: 'choice', value: 'n5' }).sentence).toContain('crashed')
  })

  test('in the order of entries points at the first wrong node', () => {
    expect(judge('two-requests', 'order', { kind: 'order', ids: ['n2', 'n0'] })).toMatchObject({
      right: false,
      at: ['n2'],
    })
  })
})

describe('a drawing', () => {
  const cheap = (ids: number[]) =>
    judgeParts(distributed, exerciseOf(read('cheap-election')), ringDrawing(ids), { draw: { kind: 'drawing' } })[
      'draw'
    ]!
  test('is judged by its run: rising ids are cheap, falling ones dear, and a mesh is no ring', () => {
    // 2n - 1 or n(n + 1) / 2 ELECTION messages, and n more that announce the leader
    expect(cheap([2, 3, 4, 5, 6, 7])).toMatchObject({ right: true })
    expect(cheap([7, 6, 5, 4, 3, 2])).toMatchObject({ right: false, found: expect.stringContaining('27') as string })
    expect(cheap([2, 3, 4, 5, 6, 8]).sentence).toContain('P8 leads')
    expect(cheap([5, 6, 7]).sentence).toContain('at least 6')
    const mesh = meshOf([2, 3, 4, 5, 6, 7])
    const judged = judgeParts(distributed, exerciseOf(read('cheap-election')), mesh, { draw: { kind: 'drawing' } })
    expect(judged['draw']!.sentence).toContain('ring')
  })

  test('of a grid needs its rows and columns', () => {
    const grid = (rows: number, columns: number) =>
      judgeParts(distributed, exerciseOf(read('grid')), gridDrawing(rows, columns), { draw: { kind: 'drawing' } })[
        'draw'
      ]!
    expect(grid(3, 3).right).toBe(true)
    expect(grid(2, 5).sentence).toContain('3 × 3')
    expect(grid(3, 4).sentence).toContain('P12 leads')
  })
})
