// A class of forty hand-ins for one exercise: right, wrong, empty, damaged, renamed, changed, copied. What each is to get
// is written down here by hand, from the task on paper; nothing here asks the grader.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DocumentEnvelope } from '../../src-main/contract/document.ts'
import { parseDocument, serialiseDocument } from '../../src-main/contract/document-text.ts'
import type { Answer, Attempt } from '../../src-main/contract/exercise.ts'
import { findLab } from '../../src-main/labs/index.ts'
import { begin } from '../../src-main/services/exercises/index.ts'

const exercises = resolve(import.meta.dirname, '../../src-main/labs/deadlock/exercises')
const lab = findLab('deadlock')

export interface HandIn {
  file: string
  /** as the report shows them */
  points: string
  /** part of a remark that has to be there; null when there is none */
  remark: string | null
  /** how many of the five answers are right, partly right, wrong and missing; null when no answer is graded */
  answers: { right: number; partly: number; wrong: number; unanswered: number } | null
  content: () => string
}

const table = (...cells: (number | null)[]): Answer => ({ kind: 'table', cells: cells.map((cell) => [cell]) })
const order = (...ids: string[]): Answer => ({ kind: 'order', ids })

/** Ten units; P0 holds 0 of 7, P1 2 of 5, P2 2 of 3. Six are available, and only P0 cannot go first. */
const right: Record<string, Answer> = {
  available: { kind: 'table', cells: [[6]] },
  need: table(7, 3, 1),
  state: { kind: 'choice', value: 'safe' },
  order: order('P1', 'P2', 'P0'),
  count: { kind: 'number', value: 4 },
}
const safeOrders = [
  ['P1', 'P2', 'P0'],
  ['P1', 'P0', 'P2'],
  ['P2', 'P1', 'P0'],
  ['P2', 'P0', 'P1'],
]
const names = [
  'Ada Lovelace',
  'Łukasz Żółć',
  '李小龍',
  "O'Brien, Zoë",
  '=SUM(A1:A9)',
  'ángel',
  'Ngozi',
  'Ïsıl',
  '  Bo  ',
]

function read(id: string): DocumentEnvelope {
  return parseDocument(readFileSync(join(exercises, `${id}.interlock`), 'utf8'), () => lab.model).document
}

let made = 0
/** A copy that was begun, answered and handed in. */
function work(
  answers: Record<string, Answer>,
  change: (document: DocumentEnvelope, attempt: Attempt) => void = () => {},
) {
  const own = (made += 1)
  return (): string => {
    const at = Date.UTC(2026, 9, 1) + own * 60_000
    const student = { name: names[own % names.length] ?? 'Bo', number: String(1000 + own) }
    const document = begin(lab, read('banker-ten'), student, at)
    const attempt: Attempt = {
      ...document.attempt!,
      answers,
      committed: Object.keys(answers),
      seconds: 60 * own,
      log: [{ at, did: 'begun' }],
      handedIn: at + 1000,
    }
    document.attempt = attempt
    change(document, attempt)
    return serialiseDocument(document)
  }
}

const all = { right: 5, partly: 0, wrong: 0, unanswered: 0 }
const number = (place: number): string => String(place).padStart(2, '0')
const kinds: Omit<HandIn, 'file'>[] = []
const add = (count: number, make: (index: number) => Omit<HandIn, 'file'>): void => {
  for (let index = 0; index < count; index += 1) kinds.push(make(index))
}

add(2, (index) => ({
  points: '6 / 6',
  remark: null,
  answers: all,
  content: work({ ...right, order: order(...safeOrders[index]!) }),
}))
// P0 needs seven and six are there: no point for the order.
add(5, () => ({
  points: '4 / 6',
  remark: null,
  answers: { right: 4, partly: 0, wrong: 1, unanswered: 0 },
  content: work({ ...right, order: order('P0', 'P1', 'P2') }),
}))
add(7, (index) => ({
  points: '6 / 6',
  remark: null,
  answers: all,
  content: work({ ...right, order: order(...safeOrders[index % 4]!) }),
}))
// One of three numbers is wrong: a quarter of the point.
add(4, () => ({
  points: '5.25 / 6',
  remark: null,
  answers: { right: 4, partly: 1, wrong: 0, unanswered: 0 },
  content: work({ ...right, need: table(7, 5, 1) }),
}))
add(1, () => ({
  points: '3 / 6',
  remark: null,
  answers: { right: 3, partly: 0, wrong: 1, unanswered: 1 },
  content: work({ available: right['available']!, need: right['need']!, order: order(), state: right['state']! }),
}))
add(3, () => ({
  points: '0 / 6',
  remark: null,
  answers: { right: 0, partly: 0, wrong: 0, unanswered: 5 },
  content: work({}),
}))
add(3, () => ({ points: '0 / 0', remark: 'JSON', answers: null, content: () => '' }))
add(3, (index) => {
  const whole = work(right)
  return {
    points: '0 / 0',
    remark: 'ends too early',
    answers: null,
    content: () => whole().slice(0, 400 + 300 * index),
  }
})
const changedTask = 'The task was changed'
add(1, () => ({
  points: '6 / 6',
  remark: changedTask,
  answers: all,
  content: work(right, (document) => (document.exercise!.parts[4]!.ask = 'Nothing. One point for everybody.')),
}))
// A drawing in which P0 can go first; the pack's drawing decides.
add(2, () => ({
  points: '4 / 6',
  remark: changedTask,
  answers: { right: 4, partly: 0, wrong: 1, unanswered: 0 },
  content: work({ ...right, order: order('P0', 'P1', 'P2') }, (document) => {
    const { nodes } = document.exercise!.given.model as { nodes: { id: string; instances?: number }[] }
    for (const node of nodes) if (node.id === 'R') node.instances = 20
  }),
}))
add(2, () => ({
  points: '0 / 0',
  remark: 'is not in this pack',
  answers: null,
  content: work(right, (document) => (document.exercise!.id = 'another')),
}))
add(2, () => ({
  points: '6 / 6',
  remark: 'not handed in',
  answers: all,
  content: work(right, (_, attempt) => (attempt.handedIn = null)),
}))
const copied = { ...right, order: order('P2', 'P0', 'P1') }
add(2, () => ({
  points: '6 / 6',
  remark: 'are the same as in',
  answers: all,
  content: work(copied, (_, attempt) => (attempt.log = [{ at: 1, did: 'begun' }])),
}))
const renamed = ['Kopie von Übung 4.interlock.txt', 'banker.interlock (1)', 'no ending at all']
add(3, () => ({ points: '6 / 6', remark: null, answers: all, content: work(right) }))

const words = [
  ...Array.from({ length: 2 }, () => 'right'),
  ...Array.from({ length: 5 }, () => 'wrong'),
  ...Array.from({ length: 7 }, () => 'right'),
]
/** The class: forty files. */
export const handIns: readonly HandIn[] = kinds.map((kind, index) => ({
  ...kind,
  file: renamed[index - (kinds.length - renamed.length)] ?? `${number(index + 1)}-${words[index] ?? 'other'}.interlock`,
}))

/** Writes `pack` and `hand-ins` below a folder, and beside the hand-ins what such a folder holds besides. */
export function writeClass(folder: string): void {
  mkdirSync(join(folder, 'pack'), { recursive: true })
  mkdirSync(join(folder, 'hand-ins'), { recursive: true })
  for (const id of ['banker-ten', 'banker-own']) {
    copyFileSync(join(exercises, `${id}.interlock`), join(folder, 'pack', `${id}.interlock`))
  }
  for (const { file, content } of handIns) writeFileSync(join(folder, 'hand-ins', file), content())
  writeFileSync(join(folder, 'hand-ins', 'notes.txt'), 'Three came by mail.\n')
  writeFileSync(join(folder, 'hand-ins', '.hidden.interlock'), 'x')
}
