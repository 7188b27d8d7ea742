// Hand-ins of this lab go through the grading command as those of the others do: numbers, choices, sets and drawings.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { DocumentEnvelope } from '../../../../src-main/contract/document.ts'
import { parseDocument, serialiseDocument } from '../../../../src-main/contract/document-text.ts'
import type { Answer, GradeReport } from '../../../../src-main/contract/exercise.ts'
import { topology } from '../../../../src-main/labs/topology/index.ts'
import { begin } from '../../../../src-main/services/exercises/index.ts'
import { interlock } from '../../cli/program.ts'

const exercises = new URL('../../../../src-main/labs/topology/exercises/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'interlock machines-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function handIn(
  file: string,
  exercise: string,
  answers: Record<string, Answer>,
  change: (document: DocumentEnvelope) => void = () => {},
): void {
  const { document } = parseDocument(
    readFileSync(new URL(`${exercise}.interlock`, exercises), 'utf8'),
    () => topology.model,
  )
  const begun = begin(topology, document, { name: file, number: '7' }, 0)
  begun.attempt = { ...begun.attempt!, answers, committed: Object.keys(answers), handedIn: 1000 }
  change(begun)
  writeFileSync(join(folder, 'hand-ins', `${file}.interlock`), serialiseDocument(begun))
}

const nodesOf = (document: DocumentEnvelope): { id: string }[] => document.model['nodes'] as { id: string }[]
const drawing: Answer = { kind: 'drawing' }
const set = (...ids: string[]): Answer => ({ kind: 'set', ids })
const closed = (document: DocumentEnvelope): void => {
  for (const node of nodesOf(document)) {
    if (node.id === 'web') Object.assign(node, { privileged: false })
    if (node.id === 'tool') Object.assign(node, { pid: true, memory: 256 })
  }
}

test('a class is graded: right, partly right, changed by hand, and with a number that is off', async () => {
  for (const name of ['pack', 'hand-ins']) mkdirSync(join(folder, name))
  for (const id of ['doors-open', 'throttled'])
    copyFileSync(new URL(`${id}.interlock`, exercises), join(folder, 'pack', `${id}.interlock`))
  const kernel: Answer = { kind: 'choice', value: 'one' }
  handIn('right', 'doors-open', { which: set('web', 'tool'), mend: drawing, kernel }, closed)
  handIn('unchanged', 'doors-open', { which: set('web', 'tool'), mend: drawing, kernel })
  handIn('half', 'doors-open', { which: set('web'), mend: drawing, kernel }, (document) => {
    for (const node of nodesOf(document)) if (node.id === 'tool') Object.assign(node, { pid: true, memory: 256 })
  })
  handIn('numbers', 'throttled', { wall: { kind: 'number', value: 610 }, periods: { kind: 'number', value: 7 } })

  const { out } = await interlock(['grade', join(folder, 'pack'), join(folder, 'hand-ins'), '--json'])
  const { handIns, rows } = JSON.parse(out) as GradeReport
  const points = Object.fromEntries(
    handIns.map(({ file, points: got, of }) => [file.replace('.interlock', ''), `${got} / ${of}`]),
  )
  // doors-open: 2, 3 and 1 points. Half: one of two containers (0.25 of 2), two of three findings mended (0.25 of 3).
  expect(points).toEqual({ right: '6 / 6', unchanged: '3 / 6', half: '2.25 / 6', numbers: '2 / 6' })
  const row = rows.find(({ file, part }) => file === 'half.interlock' && part === 'mend')
  expect(row?.sentence).toContain('web is privileged')
  expect(row?.where).toContain('web')
})
