// Grading a class of forty: points, remarks and rows are those written down for it, as a report, as CSV and as a page.
import { mkdtempSync, rmSync, writeFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allLabs } from '../../../../src-main/cli/grading-labs.ts'
import type { GradeReport } from '../../../../src-main/contract/exercise.ts'
import { csv, readCsv, reportCsv } from '../../../../src-main/services/grading/csv.ts'
import { reportHtml } from '../../../../src-main/services/grading/html.ts'
import { gradeFolder } from '../../../../src-main/services/grading/index.ts'
import { readStudents } from '../../../../src-main/services/grading/hand-out.ts'
import { handIns, writeClass } from '../../../classroom/hand-ins.ts'
import { interlock } from '../../cli/program.ts'

let folder = ''
let report: GradeReport

const gradeAt = (pack: string, of: string): Promise<GradeReport> =>
  gradeFolder(join(folder, pack), join(folder, of), { pack, folder: of }, allLabs)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interlock grading ü-'))
  writeClass(folder)
  report = await gradeAt('pack', 'hand-ins')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a class of forty', () => {
  test('has forty hand-ins, and nothing else of the folder is one', () => {
    expect(handIns).toHaveLength(40)
    expect(report.handIns.map(({ file }) => file).sort()).toEqual(handIns.map(({ file }) => file).sort())
  })

  test.each(handIns.map((one) => [one.file, one] as const))('%s gets what is written down', (file, wanted) => {
    const found = report.handIns.find((one) => one.file === file)!
    expect(`${found.points} / ${found.of}`).toBe(wanted.points)
    if (wanted.remark === null) expect(found.remarks).toEqual([])
    else expect(found.remarks.join(' ')).toContain(wanted.remark)
    const rows = report.rows.filter((row) => row.file === file)
    if (wanted.answers === null) {
      expect(rows).toMatchObject([{ part: null, points: 0, of: 0 }])
      return
    }
    const count = (status: string): number => rows.filter((row) => row.status === status).length
    const { right, partly, wrong, unanswered } = wanted.answers
    expect([count('right'), count('partly'), count('wrong'), count('unanswered')]).toEqual([
      right,
      partly,
      wrong,
      unanswered,
    ])
  })

  test('tells of a wrong order where and why', () => {
    const row = report.rows.find(({ file, part }) => file === '03-wrong.interlock' && part === 'order')
    expect(row).toMatchObject({
      status: 'wrong',
      found: 'P0, P1, P2',
      expected: 'P1, P2, P0',
      where: 'P0, R',
      sentence: 'P0 cannot finish at this step: it needs 7 of R and Work has 6.',
    })
  })

  test('is the same from zip files and single files', async () => {
    const zipped = (of: string): Uint8Array =>
      zipSync(
        Object.fromEntries(readdirSync(join(folder, of)).map((file) => [file, readFileSync(join(folder, of, file))])),
      )
    writeFileSync(join(folder, 'pack.zip'), zipped('pack'))
    mkdirSync(join(folder, 'zipped'), { recursive: true })
    writeFileSync(join(folder, 'zipped', 'all.zip'), zipped('hand-ins'))
    const again = await gradeAt('pack.zip', 'zipped')
    const points = ({ handIns: all }: GradeReport): string[] => all.map((one) => `${one.points} ${one.of}`).sort()
    expect(points(again)).toEqual(points(report))
    const one = await gradeAt('pack/banker-ten.interlock', 'hand-ins/01-right.interlock')
    expect(one.handIns).toMatchObject([{ points: 6, of: 6 }])
  })
})

describe('the report', () => {
  test('as CSV has a row for each answer, and no cell is a formula', () => {
    const [heading, ...rows] = readCsv(reportCsv(report))
    expect(heading?.slice(0, 4)).toEqual(['File', 'Student', 'Number', 'Exercise'])
    expect(rows).toHaveLength(report.rows.length)
    for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+@-]/)
    expect(rows.some((row) => row[1] === "'=SUM(A1:A9)")).toBe(true)
  })

  test('as a page escapes what students wrote, and loads nothing', () => {
    const [first] = report.handIns
    const page = reportHtml({
      ...report,
      handIns: [{ ...first!, student: { name: '<script>alert(1)</script>', number: '' } }],
    })
    expect(page).not.toContain('<script>')
    expect(page).not.toMatch(/(src|href)=/)
  })

  test('of CSV is read back as it was', () => {
    const rows = [
      ['a,b', 'c"d', 'e\nf'],
      ['', '1', 'ü'],
    ]
    expect(readCsv(csv(rows))).toEqual(rows)
  })
})

describe('a pack that cannot be used', () => {
  test.each([
    ['an empty folder', 'none', () => mkdirSync(join(folder, 'none')), 'holds no exercise'],
    [
      'an exercise twice',
      'double',
      () => {
        mkdirSync(join(folder, 'double'))
        const text = readFileSync(join(folder, 'pack', 'banker-ten.interlock'))
        for (const name of ['a', 'b']) writeFileSync(join(folder, 'double', `${name}.interlock`), text)
      },
      'twice, in a.interlock and in b.interlock',
    ],
    [
      'a damaged drawing',
      'damaged',
      () => {
        mkdirSync(join(folder, 'damaged'))
        writeFileSync(join(folder, 'damaged', 'a.interlock'), '{')
      },
      'The pack cannot be used: a.interlock',
    ],
    ['a damaged zip file', 'bad.zip', () => writeFileSync(join(folder, 'bad.zip'), 'PK'), 'zip file is damaged'],
    ['no such folder', 'absent', () => undefined, 'absent'],
  ])('%s is refused', async (_, name, make, sentence) => {
    make()
    await expect(gradeAt(name, 'hand-ins')).rejects.toThrow(sentence)
  })
})

describe('interlock grade', () => {
  const run = (...args: string[]): ReturnType<typeof interlock> => interlock(args, { cwd: folder })

  test('writes both reports, prints a table, and ends with 1 when something is wrong', async () => {
    const { code, out } = await run('grade', 'pack', 'hand-ins', '--csv', 'r.csv', '--html', 'r.html')
    expect(code).toBe(1)
    expect(out).toContain('40 hand-ins')
    expect(readCsv(readFileSync(join(folder, 'r.csv'), 'utf8'))).toHaveLength(report.rows.length + 1)
    expect(readFileSync(join(folder, 'r.html'), 'utf8')).toContain('03-wrong.interlock')
    const again = await run('grade', 'pack', 'hand-ins', '--csv', 'r.csv')
    expect(again.code).toBe(2)
    expect(again.err).toContain('exists already')
  })

  test('gives out one copy for each student, and the key; a copy grades as its own task', async () => {
    writeFileSync(join(folder, 'students.csv'), 'Number;Name\n17;Ada\n18;Bo\n')
    const out = await run('hand-out', 'pack', '--students', 'students.csv', '--to', 'copies', '--key', 'key.csv')
    expect(out).toMatchObject({ code: 0, out: '4 copies written to copies.\n' })
    expect(readdirSync(join(folder, 'copies')).sort()).toEqual([
      'banker-own-17.interlock',
      'banker-own-18.interlock',
      'banker-ten-17.interlock',
      'banker-ten-18.interlock',
    ])
    const key = readCsv(readFileSync(join(folder, 'key.csv'), 'utf8'))
    const needs = key.filter((row) => row[2] === 'banker-own' && row[4]?.includes('Need')).map((row) => row[5])
    expect(new Set(needs).size).toBe(2)
    const graded = await gradeAt('pack', 'copies')
    expect(graded.handIns.flatMap(({ remarks }) => remarks)).toEqual(
      Array(4).fill(expect.stringContaining('not handed in')),
    )
  })

  test.each([
    [['grade', 'pack'], 'Name a pack and a folder'],
    [['grade', 'absent', 'hand-ins'], 'absent'],
    [['hand-out', 'pack', '--to', 'x'], 'Say for whom'],
    [['hand-out', 'pack', '--students', 'students.csv'], 'Name a pack and a folder'],
  ])('refuses %j', async (args, sentence) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })

  test.each([
    ['', 'is empty'],
    ['Name\n', 'is empty'],
    ['First,Last\nA,B\n', 'needs a column'],
    ['Name,Number\n,\nA,1\n,,\n', null],
    ['Name,Number\nA,1\nB,1\n', 'twice, again in line 3'],
  ])('reads the list of students %j', (text, sentence) => {
    if (sentence === null) expect(readStudents(text)).toEqual([{ name: 'A', number: '1' }])
    else expect(() => readStudents(text)).toThrow(sentence)
  })
})
