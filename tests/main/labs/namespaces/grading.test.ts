// Runs that were handed in are graded by what the kernel said: a real one, one that stops half-way, one in which only the
// right command stands in the terminal, and none.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseDocument, serialiseDocument } from '../../../../src-main/contract/document-text.ts'
import type { GradeReport } from '../../../../src-main/contract/exercise.ts'
import type { Recording } from '../../../../src-main/contract/kernel.ts'
import { namespaces } from '../../../../src-main/labs/namespaces/index.ts'
import { begin } from '../../../../src-main/services/exercises/index.ts'
import { interlock } from '../../cli/program.ts'

const lab = new URL('../../../../src-main/labs/namespaces/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'interlock runs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (path: string) => parseDocument(readFileSync(new URL(path, lab), 'utf8'), () => namespaces.model).document

function handIn(file: string, recording?: Recording): void {
  const begun = begin(namespaces, open('exercises/do-pid-1.interlock'), { name: file, number: '7' }, 0)
  begun.attempt = { ...begun.attempt!, answers: { run: { kind: 'drawing' } }, committed: ['run'], handedIn: 1000 }
  if (recording !== undefined) begun.model['recording'] = recording
  writeFileSync(join(folder, 'hand-ins', `${file}.interlock`), serialiseDocument(begun))
}

test('hand-ins are graded by their evidence', async () => {
  for (const name of ['pack', 'hand-ins']) mkdirSync(join(folder, name))
  copyFileSync(new URL('exercises/do-pid-1.interlock', lab), join(folder, 'pack', 'do-pid-1.interlock'))
  const real = open('samples/pid-1.interlock').model['recording'] as Recording
  handIn('real', real)
  handIn('stopped', { ...real, changes: [] })
  handIn('typed', {
    ...real,
    changes: [],
    terminal: {
      ...real.terminal,
      events: [[1, 'o', '$ unshare --user --pid --fork --mount-proc bash\r\n# echo $$\r\n1\r\n']],
    },
  })
  handIn('empty')

  const { out } = await interlock(['grade', join(folder, 'pack'), join(folder, 'hand-ins'), '--json'])
  const { handIns, rows } = JSON.parse(out) as GradeReport
  const points = Object.fromEntries(handIns.map(({ file, points: got, of }) => [file, `${got} / ${of}`]))
  expect(points).toEqual({
    'real.interlock': '10 / 10',
    'stopped.interlock': '0 / 10',
    'typed.interlock': '0 / 10',
    'empty.interlock': '0 / 10',
  })
  expect(rows.find(({ file }) => file === 'typed.interlock')?.sentence).toContain('Not proven')
})

test('a run that was kept for another experiment proves nothing of this one', async () => {
  const path = join(folder, 'check.interlock')
  const document = open('samples/pid-1.interlock')
  writeFileSync(path, serialiseDocument({ ...document, model: { ...document.model, experiment: 'cable' } }))
  const { out } = await interlock(['check', path])
  expect(out).not.toContain('Solved')
})
