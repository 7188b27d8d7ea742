// `interlock check`, `export` and `schema` on real drawings: words, exit codes, and what is left untouched.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportDrawing, exportFormats } from '../../../src-main/cli/export.ts'
import { commandHelp } from '../../../src-main/cli/help.ts'
import { type Io, processIo } from '../../../src-main/cli/io.ts'
import { interlock, root } from './program.ts'

const samples = join(root, 'src-main/labs/deadlock/samples')
let folder = ''

const drawing = (edges: unknown[], change: Record<string, unknown> = {}): string =>
  JSON.stringify({
    format: 'interlock',
    version: 1,
    lab: 'deadlock',
    title: 'Two & <three>',
    model: {
      nodes: [
        { id: 'P1', kind: 'process', name: 'P1' },
        { id: 'P2', kind: 'process', name: 'P₂' },
        { id: 'R1', kind: 'resource', name: 'R1', instances: 1 },
        { id: 'R2', kind: 'resource', name: 'R2', instances: 1 },
      ],
      edges,
    },
    layout: { positions: {} },
    notes: [],
    ...change,
  })
const edge = (id: string, from: string, to: string, count = 1): unknown => ({
  id,
  kind: from.startsWith('P') ? 'request' : 'assignment',
  from,
  to,
  count,
})
const ring = [edge('e1', 'R1', 'P1'), edge('e2', 'R2', 'P2'), edge('e3', 'P1', 'R2'), edge('e4', 'P2', 'R1')]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock drawings ü-'))
  writeFileSync(join(folder, 'ring.interlock'), drawing(ring))
  writeFileSync(join(folder, 'free.interlock'), drawing(ring.slice(0, 3)))
  writeFileSync(join(folder, 'over.interlock'), drawing([edge('e1', 'R1', 'P1', 2)]))
  writeFileSync(join(folder, 'cut.interlock'), drawing(ring).slice(0, 300))
  writeFileSync(join(folder, 'foreign.interlock'), '{"nodes": []}')
  writeFileSync(join(folder, 'dangling.interlock'), drawing([edge('e1', 'R1', 'P7')]))
  writeFileSync(join(folder, 'lab.interlock'), drawing([], { lab: 'alchemy' }))
  const event = (type: string, process: string, resource: string): unknown => ({ type, process, resource, count: 1 })
  const script = {
    simulation: 'events',
    seed: 1,
    events: [event('request', 'P1', 'R2'), event('request', 'P2', 'R1')],
    branches: [{ name: 'kind', after: 1, events: [event('release', 'P2', 'R2'), event('grant', 'P1', 'R2')] }],
  }
  const held = ring.slice(0, 2)
  writeFileSync(join(folder, 'script.interlock'), drawing(held, { script }))
  const late = { ...script, events: [...script.events, event('release', 'P2', 'R2')], branches: [] }
  writeFileSync(join(folder, 'late.interlock'), drawing(held, { script: late }))
  writeFileSync(join(folder, 'strange.interlock'), drawing(held, { script: { ...script, simulation: 'juggling' } }))
  writeFileSync(join(folder, 'newer.interlock'), drawing(ring, { version: 99 }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (...args: string[]): ReturnType<typeof interlock> => interlock(args, { cwd: folder })

describe('check of a drawing with a script', () => {
  it('says at which step a deadlock arises, on each branch, and judges the drawing as it is drawn', async () => {
    const { code, out } = await run('check', 'script.interlock')
    expect(out.split('\n').slice(2, 4)).toEqual([
      '  script, 2 events: at step 2 (P₂ requests R1): Deadlock: P1 and P₂ wait for each other in a ring: P1 needs R2, ' +
        'which P₂ holds; P₂ needs R1, which P1 holds.',
      '  branch kind, 3 events: nothing is found.',
    ])
    expect(code).toBe(0)
    const json = JSON.parse((await run('check', 'script.interlock', '--json')).out) as { script: unknown }
    expect(json.script).toMatchObject([{ foundAt: 2 }, { branch: 'kind', foundAt: null }])
  })

  it('says which event is not possible, and that a simulation is not known', async () => {
    expect((await run('check', 'late.interlock')).out).toMatch(/It stops early: P₂ waits and does nothing else/)
    expect((await run('check', 'strange.interlock')).out).toMatch(/script is for "juggling"/)
  })
})

describe('check', () => {
  it('prints the verdict of a drawing that is free and ends with 0', async () => {
    const { code, out, err } = await run('check', 'free.interlock')
    expect(out).toMatch(/^free\.interlock: No deadlock\n {2}\S/)
    expect([code, err]).toEqual([0, ''])
  })

  it('prints who waits for whom in a deadlock and ends with 1', async () => {
    const { code, out } = await run('check', 'ring.interlock')
    expect(out).toMatch(/^ring\.interlock: Deadlock\n/)
    expect(out).toMatch(/P1/)
    expect(out).toMatch(/P₂/)
    expect(code).toBe(1)
  })

  it('says what is withheld and why when a drawing cannot be so, and ends with 1', async () => {
    const { code, out } = await run('check', 'over.interlock')
    expect(out).toMatch(/^over\.interlock: Withheld\n/)
    expect(out).toMatch(/^ {2}error: .*R1/m)
    expect(code).toBe(1)
  })

  it('checks every file, reports what it cannot read by name, and ends with the worst', async () => {
    const { code, out, err } = await run(
      'check',
      'absent.interlock',
      'ring.interlock',
      'cut.interlock',
      'free.interlock',
    )
    expect(out.match(/^\S+: /gm)).toEqual(['ring.interlock: ', 'free.interlock: '])
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^interlock: “absent\.interlock” is not there/),
      expect.stringMatching(/^interlock: cut\.interlock: /),
    ])
    expect(code).toBe(2)
    expect((await run('check', 'free.interlock', 'ring.interlock')).code).toBe(1)
  })

  it.each([
    ['foreign.interlock', /foreign\.interlock: /],
    ['dangling.interlock', /model\.edges\[0\].*P7/],
    ['lab.interlock', /alchemy/],
    ['.', /“\.” is a folder/],
    [join('ring.interlock', 'x'), /is not there/],
  ])('refuses %s with a sentence', async (file, sentence) => {
    const { code, err } = await run('check', file)
    expect(err).toMatch(sentence)
    expect(code).toBe(2)
  })

  it('looks at a drawing of a newer version and says so', async () => {
    const { code, out } = await run('check', 'newer.interlock')
    expect(out).toMatch(/Deadlock[\s\S]*note: .*newer Interlock/)
    expect(code).toBe(1)
  })

  it('prints one line of JSON for each file', async () => {
    const { out } = await run('check', '--json', 'ring.interlock', 'absent.interlock', 'free.interlock')
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toMatchObject([
      { file: 'ring.interlock', lab: 'deadlock', title: 'Two & <three>', verdict: { word: 'Deadlock', mark: 'ring' } },
      { file: 'absent.interlock', error: { code: 'not-found' } },
      { file: 'free.interlock', verdict: { mark: 'free' } },
    ])
  })

  it('reads standard input', async () => {
    const { code, out } = await interlock(['check', '-'], { input: drawing(ring) })
    expect([code, out.startsWith('-: Deadlock')]).toEqual([1, true])
  })

  it('writes nothing beside the drawings it looks at', async () => {
    const before = readdirSync(folder)
    await run('check', 'ring.interlock', 'over.interlock')
    expect(readdirSync(folder)).toEqual(before)
  })

  it('gives every sample a verdict', async () => {
    const files = readdirSync(samples).map((name) => join(samples, name))
    const { out, err } = await run('check', ...files)
    expect(err).toBe('')
    expect(out.match(/^\S.*: /gm)).toHaveLength(files.length)
  })

  it('wants a file', async () => {
    expect(await run('check')).toMatchObject({ code: 2, err: expect.stringContaining('Name one or more drawings') })
  })
})

describe('export', () => {
  it('writes a picture in SVG with title and verdict, to standard output and to a file', async () => {
    const { code, out } = await run('export', 'ring.interlock', '--to', 'svg')
    expect(code).toBe(0)
    expect(out).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(out).toContain('Two &amp; &lt;three&gt;')
    expect(out).toContain('P₂')
    expect(await run('export', 'ring.interlock', '--to', 'svg', '--out', 'ring.svg')).toMatchObject({
      code: 0,
      out: '',
    })
    expect(readFileSync(join(folder, 'ring.svg'), 'utf8')).toBe(out)
  })

  it('leaves out the marks of the verdict when asked', async () => {
    const plain = (await run('export', 'ring.interlock', '--to', 'svg', '--no-marks')).out
    expect(plain).not.toContain('Deadlock')
    expect((await run('export', 'ring.interlock', '--to', 'svg')).out).toContain('Deadlock')
  })

  it.each<[string, string[], RegExp]>([
    ['no format', [], /No format is given\. Add --to with one of .*svg/],
    ['an unknown format', ['--to', 'docx'], /"docx" is not a format/],
    ['a forgotten value', ['--to', 'svg', '--out'], /--out needs a value: --out PATH/],
    ['a near format', ['--to', 'markdwn'], /Did you mean markdown\?/],
    ['a scale beyond its range', ['--to', 'png', '--scale', '5'], /"5" is not a scale\. Give a number from 1 to 4/],
    ['an unknown background', ['--to', 'png', '--background', 'pink'], /Choose white or transparent/],
    ['a folder as target', ['--to', 'svg', '--out', '.'], /“\.” is a folder/],
    [
      'a target in an absent folder',
      ['--to', 'svg', '--out', 'no/ring.svg'],
      /folder of “no\/ring\.svg” does not exist/,
    ],
  ])('says what is missing with %s', async (_, args, sentence) => {
    const { code, err } = await run('export', 'ring.interlock', ...args)
    expect([code, err]).toEqual([2, expect.stringMatching(sentence)])
  })

  it('turns any format that is read into any that is written', async () => {
    const dot = (await run('export', 'ring.interlock', '--to', 'dot', '--verdict')).out
    expect(dot).toContain('// Deadlock.')
    writeFileSync(join(folder, 'ring.dot'), dot)
    const csv = (await run('export', 'ring.dot', '--to', 'csv')).out
    expect(csv).toContain('Allocation\nProcess,R1,R2\nP1,1,0\nP₂,0,1\n')
    const { code, out } = await interlock(['check', '-'], { cwd: folder, input: csv })
    expect([code, out]).toEqual([1, expect.stringContaining('note: Read as CSV tables.')])
  })

  it('writes bytes to a file and to a pipe, but not to a terminal', async () => {
    expect((await run('export', 'ring.interlock', '--to', 'pdf', '--out', 'ring.pdf')).code).toBe(0)
    expect(readFileSync(join(folder, 'ring.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    const given: (string | Uint8Array)[] = []
    const io = (stdoutIsTerminal: boolean): Io => ({
      ...processIo(),
      out: (content) => void given.push(content),
      stdoutIsTerminal,
      cwd: folder,
    })
    await expect(exportDrawing(['ring.interlock', '--to', 'png'], io(true))).rejects.toThrow(
      /A terminal cannot show PNG\. Add --out PATH/,
    )
    expect(given).toEqual([])
    expect(await exportDrawing(['ring.interlock', '--to', 'png', '--scale', '1'], io(false))).toBe(0)
    expect(
      Buffer.from(given[0] as Uint8Array)
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  it('names all its formats in its help', () => {
    const named = /FORMAT is one of\n([^]*?)\nor, for/.exec(commandHelp.export)?.[1]
    expect(named?.trim().split(/\s+/)).toEqual(exportFormats)
  })

  it('says so when the disk is full', async () => {
    const { code, err } = await run('export', 'ring.interlock', '--to', 'svg', '--out', '/dev/full')
    expect([code, err]).toEqual([2, expect.stringMatching(/no room left on the disk/)])
  })
})

describe('schema', () => {
  /** Not by the library that made the schema, but by a validator that comes with the build's tools. */
  const validator = async (...what: string[]): Promise<(value: unknown) => boolean> => {
    const require = createRequire(import.meta.url)
    const Ajv = (require('ajv/dist/2020.js') as { default: new (options: object) => AjvLike }).default
    return new Ajv({ strict: false }).compile(JSON.parse((await run('schema', ...what)).out))
  }

  it('accepts the samples and refuses a drawing with a wrong value', async () => {
    const validate = await validator()
    for (const name of readdirSync(samples)) {
      expect(validate(JSON.parse(readFileSync(join(samples, name), 'utf8'))), name).toBe(true)
    }
    expect(validate(JSON.parse(drawing(ring)))).toBe(true)
    expect(validate(JSON.parse(drawing([edge('e1', 'R1', 'P1', -1)])))).toBe(false)
    expect(validate(JSON.parse(drawing(ring, { format: 'other' })))).toBe(false)
  })

  it('of a recording and of its samples accepts one that was made, and refuses one without processes', async () => {
    const kept = new URL('../../../src-main/labs/namespaces/samples/pid-1.interlock', import.meta.url)
    const { model } = JSON.parse(readFileSync(kept, 'utf8')) as { model: { recording: { first: object } } }
    const [recording, sample] = [await validator('recording'), await validator('kernel-sample')]
    expect([recording(model.recording), sample(model.recording.first)]).toEqual([true, true])
    expect(sample({ ...model.recording.first, processes: undefined })).toBe(false)
  })

  it('says which schemas there are', async () => {
    const { code, err } = await run('schema', 'nothing')
    expect([code, err]).toEqual([2, expect.stringContaining('kernel-sample')])
  })
})

interface AjvLike {
  compile(schema: unknown): (value: unknown) => boolean
}
