// `interlock eval` as scripts call it: the known cases, every shape of input, and every way to get it wrong.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { interlock, root } from './program.ts'

interface KnownCase {
  id: string
  operation: string
  input: unknown
  expected: Record<string, unknown>
}
const caseFile = join(root, 'tests/labs/cases/deadlock.json')
const { cases } = JSON.parse(readFileSync(caseFile, 'utf8')) as { cases: KnownCase[] }
const rag = cases.filter(({ operation }) => operation === 'deadlock.rag')
const ring = {
  processes: ['P1', 'P2'],
  resources: { R1: 1, R2: 1 },
  assignment: ['R1>P1', 'R2>P2'],
  request: ['P1>R2', 'P2>R1'],
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-eval-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const put = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describe('the known cases of deadlock.rag', () => {
  it('are all there', () => expect(rag.length).toBeGreaterThanOrEqual(16))

  it('give every expected field, one program run for each case', async () => {
    for (const { id, input, expected } of rag) {
      const { code, out, err } = await interlock(['eval', 'deadlock.rag', '-', '--json'], {
        input: JSON.stringify({ input }),
      })
      expect([code, err], id).toEqual([0, ''])
      expect(out.endsWith('\n') && !out.trimEnd().includes('\n'), `${id}: one line`).toBe(true)
      expect(JSON.parse(out), id).toMatchObject(expected)
    }
  }, 90_000)

  it('give the same as a list, with other operations left out and said so', async () => {
    const { code, out, err } = await interlock(['eval', 'deadlock.rag', caseFile])
    const found = JSON.parse(out) as { id: string; operation: string; output: Record<string, unknown> }[]
    expect(code).toBe(0)
    expect(found.map(({ id }) => id)).toEqual(rag.map(({ id }) => id))
    for (const [index, one] of rag.entries()) expect(found[index]?.output, one.id).toMatchObject(one.expected)
    const others = cases.length - rag.length
    if (others > 0) expect(err).toContain(`${others} cases are for other operations`)
  })

  it('are judged right against what they expect', async () => {
    const { code, out } = await interlock(['eval', 'deadlock.rag', caseFile, '--against-expected'])
    expect(out.trimEnd().split('\n')).toEqual(rag.map(({ id }) => `${id}: right`))
    expect(code).toBe(0)
  })
})

describe('shapes of input', () => {
  it('takes a bare input, a case, and the same from a file, and prints the same', async () => {
    const bare = await interlock(['eval', 'deadlock.rag'], { input: JSON.stringify(ring) })
    const one = await interlock(['eval', 'deadlock.rag', '-'], { input: JSON.stringify({ id: 'X', input: ring }) })
    const file = await interlock(['eval', 'deadlock.rag', put('ring.json', JSON.stringify(ring))])
    expect(bare.code).toBe(0)
    expect(JSON.parse(bare.out)).toMatchObject({ deadlock: true, neverFinish: ['P1', 'P2'] })
    expect([one.out, file.out]).toEqual([bare.out, bare.out])
  })

  it('prints readable JSON on several lines, or compact JSON on one', async () => {
    const pretty = await interlock(['eval', 'deadlock.rag'], { input: JSON.stringify(ring) })
    const compact = await interlock(['eval', 'deadlock.rag', '--json'], { input: JSON.stringify(ring) })
    expect(pretty.out.split('\n').length).toBeGreaterThan(5)
    expect(compact.out.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(pretty.out)).toEqual(JSON.parse(compact.out))
  })

  it.each([
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(ring))])],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${JSON.stringify(ring)}`, 'utf16le')],
    ['line ends of Windows', JSON.stringify(ring, null, 2).replaceAll('\n', '\r\n')],
  ])('takes %s', async (_, input) => {
    const { code, out } = await interlock(['eval', 'deadlock.rag', '--json'], { input })
    expect([code, (JSON.parse(out) as { deadlock: boolean }).deadlock]).toEqual([0, true])
  })

  it('takes large standard input', async () => {
    const processes = Array.from({ length: 20_000 }, (_, i) => `Process number ${i}`)
    const assignment = processes.map((name) => `R>${name}`)
    const input = JSON.stringify({ processes, resources: { R: processes.length }, assignment, request: [] })
    expect(input.length).toBeGreaterThan(900_000)
    const { code, out } = await interlock(['eval', 'deadlock.rag', '--json'], { input })
    expect(code).toBe(0)
    expect((JSON.parse(out) as { finishOrder: string[] }).finishOrder).toHaveLength(20_000)
  })

  it('ends quietly when its reader goes away', async () => {
    const input = JSON.stringify({ cases: Array.from({ length: 3_000 }, (_, i) => ({ id: `C${i}`, input: ring })) })
    const file = put('many.json', input)
    const child = spawn(process.execPath, [join(root, 'src-main/cli/main.ts'), 'eval', 'deadlock.rag', file])
    let err = ''
    child.stderr.on('data', (data: Buffer) => (err += data.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((done) => child.on('close', done))
    expect([code, err]).toEqual([0, ''])
  })
})

describe('comparing with what is expected', () => {
  const wrong = { input: ring, expected: { deadlock: false, neverFinish: ['P1', 'P2'], nonsense: 1 } }

  it('names each field that differs and ends with 1', async () => {
    const { code, out } = await interlock(['eval', 'deadlock.rag', '--against-expected'], {
      input: JSON.stringify({ cases: [{ id: 'A', ...wrong }] }),
    })
    expect(out).toBe('A: wrong\n  deadlock: expected false, found true\n  nonsense: expected 1, found nothing\n')
    expect(code).toBe(1)
  })

  it('does not judge unless it is asked to', async () => {
    const { code } = await interlock(['eval', 'deadlock.rag'], { input: JSON.stringify(wrong) })
    expect(code).toBe(0)
  })

  it('needs something to compare with', async () => {
    const { code, err } = await interlock(['eval', 'deadlock.rag', '--against-expected'], {
      input: JSON.stringify(ring),
    })
    expect([code, err]).toEqual([2, 'interlock: input has no field "expected" to compare with.\n'])
  })
})

describe('bad input', () => {
  it.each<[string, string[], string | Buffer, RegExp]>([
    ['no JSON', [], '{\n  "processes": [P1]\n}', /standard input is not JSON: line 2, column 17: expected .*found/],
    ['truncated JSON', [], '{"processes": ["P1"', /not JSON: line 1, column \d+/],
    ['nothing', [], '', /standard input is empty/],
    ['white space', [], ' \n', /standard input is empty/],
    ['not UTF-8', [], Buffer.from([0x7b, 0xff, 0x7d]), /not text in UTF-8/],
    ['nesting without end', [], '['.repeat(100_000), /not JSON/],
    ['a list', [], '[1]', /./],
    ['a number', [], '7', /./],
    ['null', [], 'null', /./],
    ['an unknown name', [], JSON.stringify({ ...ring, request: ['P9>R1'] }), /request\[0\].*P9/],
    ['a negative count', [], JSON.stringify({ ...ring, resources: { R1: -1, R2: 1 } }), /R1/],
    ['a wrong type', [], JSON.stringify({ ...ring, processes: 'P1' }), /processes/],
    [
      'a case for another operation',
      [],
      JSON.stringify({ operation: 'deadlock.banker', input: {} }),
      /deadlock\.banker/,
    ],
    ['a list without cases of this operation', [], '{"cases": []}', /None of the 0 cases/],
    ['a case without input', [], '{"cases": [{"id": "A"}]}', /cases\[0\]: a case needs a field "input"/],
    ['an absent file', ['absent.json'], '', /“absent\.json” is not there/],
    ['a folder', ['.'], '', /“\.” is a folder/],
    ['two files', ['a', 'b'], '', /one FILE at a time/],
    ['an unknown option', ['--jsn'], '', /no option --jsn\. Did you mean --json\?/],
    ['a value for a flag', ['--json=yes'], '', /takes no value/],
    ['an option twice', ['--json', '--json'], '', /given twice/],
  ])('says so for %s and ends with 2', async (_, args, input, sentence) => {
    const { code, out, err } = await interlock(['eval', 'deadlock.rag', ...args], { input, cwd: folder })
    expect(err).toMatch(sentence)
    expect(err).toMatch(/^interlock: [^\n]*\n$/)
    expect([code, out]).toEqual([2, ''])
  })

  it('reports one bad case of a list beside the results of the others, and ends with 2', async () => {
    const input = JSON.stringify({
      cases: [
        { id: 'A', input: ring },
        { id: 'B', input: { processes: 3 } },
      ],
    })
    const { code, out } = await interlock(['eval', 'deadlock.rag', '-'], { input })
    const [good, bad] = JSON.parse(out) as Record<string, unknown>[]
    expect(good).toMatchObject({ id: 'A', operation: 'deadlock.rag', output: { deadlock: true } })
    expect(bad).toMatchObject({ id: 'B', error: { code: 'bad-input' } })
    expect(code).toBe(2)
  })

  it.each([
    ['deadlock.rga', /Did you mean deadlock\.rag\b/],
    ['rag', /Did you mean deadlock\.rag\b/],
    ['deadlock', /Did you mean deadlock\.rag\b/],
    ['constructor', /There is no operation "constructor"/],
    ['deadlock.constructor', /There is no operation/],
  ])('names near operations for %s', async (name, sentence) => {
    const { code, err } = await interlock(['eval', name])
    expect([code, err]).toEqual([2, expect.stringMatching(sentence)])
  })
})

describe('help', () => {
  it('lists operations, as text and as JSON', async () => {
    expect((await interlock(['eval', '--list'])).out).toMatch(/^deadlock\.rag {2,}\S/m)
    const json = JSON.parse((await interlock(['eval', '--list', '--json'])).out) as { name: string }[]
    expect(json.map(({ name }) => name)).toContain('deadlock.rag')
  })

  it('describes an operation with an example that gives what it says', async () => {
    const { code, out } = await interlock(['eval', 'deadlock.rag', '--help'])
    expect(code).toBe(0)
    const [, input = '', output = ''] = /Example input:\n([\s\S]*?)\nIts output:\n([\s\S]*)$/.exec(out) ?? []
    const found = await interlock(['eval', 'deadlock.rag'], { input })
    expect(found.code).toBe(0)
    expect(JSON.parse(found.out)).toEqual(JSON.parse(output))
  })
})
