// Traces of runs as files: the document's script or a run to its end, the same bytes each time, pictures that programs
// of others read, and plain refusals where there is nothing to trace.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentEnvelope } from '../../../../src-main/contract/document.ts'
import {
  type RunExportOptions,
  type RunFormat,
  defaultRunExportOptions,
  runFormats,
  runTextFormats,
} from '../../../../src-main/contract/export.ts'
import { findLab } from '../../../../src-main/labs/index.ts'
import { exportRun } from '../../../../src-main/services/export/run.ts'
import { traceFromJson } from '../../../../src-main/simulation/trace/json.ts'
import { drawing } from '../../host/stand-in.ts'
import { missing, run } from './programs.ts'

const lab = findLab('distributed')
const samples = join(import.meta.dirname, '../../../../src-main/labs/distributed/samples')
const sample = (name: string): DocumentEnvelope =>
  JSON.parse(readFileSync(join(samples, `${name}.interlock`), 'utf8')) as DocumentEnvelope
const bully = sample('bully-crash')
const odd: DocumentEnvelope = {
  ...bully,
  title: 'Odd names: 100 % & more_',
  model: {
    ...bully.model,
    nodes: ['P₁ 1', 'Größe & 50% {x}_2^z~\\', 'Процесс 3', '<b>$4</b>', '#5 "q"'].map((name, index) => ({
      ...{ id: `n${index + 1}`, kind: 'node', name },
      ...(index === 0 ? { starts: true } : {}),
      ...(index === 4 ? { down: true } : {}),
    })),
  },
}

async function file(to: RunFormat, change: Partial<RunExportOptions> = {}, of = bully): Promise<Buffer> {
  const { text, base64 } = await exportRun(lab, of, to, { ...defaultRunExportOptions, ...change })
  return text === null ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text)
}
const text = async (...of: Parameters<typeof file>): Promise<string> => (await file(...of)).toString()
const counted = (all: string, what: RegExp): number => all.match(what)?.length ?? 0

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'interlock-traces-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the trace of a run', () => {
  it.each(runFormats)('is the same each time (%s)', async (to) => {
    expect((await file(to, { scale: 1 })).equals(await file(to, { scale: 1 }))).toBe(true)
  })

  it('is that of a run to its end when there is no script', async () => {
    const { events } = traceFromJson(await text('trace-json'))
    const messages = events.flatMap(({ trace }) => trace.sends)
    const ended = events.filter(({ trace }) => trace.kind === 'receive' || trace.kind === 'lost')
    expect(messages).toHaveLength(20)
    expect(ended).toHaveLength(20)
  })

  it('is cut where that is asked for, and says so', async () => {
    const options = [lab, bully, 'trace-json', defaultRunExportOptions] as const
    const { text: cut, remarks } = await exportRun(...options, { most: 4 })
    expect(traceFromJson(cut ?? '').events).toHaveLength(5)
    expect(remarks).toEqual(['The run was cut after 4 events; it may go on.'])
    expect((await exportRun(...options)).remarks).toEqual([])
  })

  const arrive = (message: number) => ({ do: 'arrive', message })
  const script = { simulation: 'bully', seed: 1, events: [{ do: 'start', node: 'n1' }, arrive(3), arrive(1)] }

  it('is that of the script, of its own way alone', async () => {
    const branches = [{ name: 'Other', after: 1, events: [arrive(2)] }]
    const { events } = traceFromJson(await text('trace-json', {}, { ...bully, script: { ...script, branches } }))
    expect(events.map(({ trace }) => [trace.kind, trace.message])).toEqual([
      ...[
        ['local', undefined],
        ['local', undefined],
      ],
      ...[
        ['receive', 'm3'],
        ['receive', 'm1'],
      ],
    ])
  })

  it('is that of other events when they are given', async () => {
    const document = { ...bully, script }
    const other = { ...script, events: script.events.slice(0, 2) }
    const { text: made } = await exportRun(lab, document, 'trace-json', defaultRunExportOptions, { script: other })
    expect(traceFromJson(made ?? '').events).toHaveLength(3)
  })

  it('says how far a script could be played', async () => {
    const late = { ...script, events: [...script.events, arrive(3), arrive(2)] }
    const { remarks, text: made } = await exportRun(
      lab,
      { ...bully, script: late },
      'trace-json',
      defaultRunExportOptions,
    )
    expect(remarks.join()).toMatch(/^The script was played for 3 of its 5 events\. .*m3 is not on its way/)
    expect(traceFromJson(made ?? '').events).toHaveLength(4)
  })

  it('is refused where there is none, with the reason', async () => {
    const refusal = (of: DocumentEnvelope, in_ = lab) => exportRun(in_, of, 'shiviz', defaultRunExportOptions)
    await expect(refusal({ ...bully, model: { nodes: [], edges: [] } })).rejects.toThrow(/cannot be played as it is/)
    await expect(refusal({ ...bully, script: { ...script, simulation: 'gone' } })).rejects.toThrow(
      /The script is for "gone", which the lab distributed does not have/,
    )
    const deadlock = { ...drawing('x'), script: { simulation: 'events', seed: 1, events: [] } }
    await expect(refusal(deadlock, findLab('deadlock'))).rejects.toThrow(
      /Nothing sends messages in a drawing of the lab deadlock, so its runs have no trace/,
    )
    await expect(refusal({ ...bully, model: { nodes: 3 } as never })).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('has a file name of the title and what it holds', async () => {
    const named = async (to: RunFormat, title: string): Promise<string> =>
      (await exportRun(lab, { ...bully, title }, to, defaultRunExportOptions)).name
    expect(await named('shiviz', 'a/b')).toBe('a-b.shiviz.log')
    expect(await named('space-time-tikz', 'Ring')).toBe('Ring-space-time.tex')
    expect(await named('space-time-svg', '')).toBe('Drawing-space-time.svg')
  })
})

describe('a space-time diagram as a picture', () => {
  /** Marks by what they are drawn with: crosses are paths of two strokes, filled and open dots circles. */
  const marks = (svg: string): Record<string, number> => ({
    crosses: counted(svg, /<path d="M[\d. -]+ L[\d. -]+ M[\d. -]+ L[\d. -]+" fill="none" [^>]*stroke-width="2.5"/g),
    filled: counted(svg, /<circle [^>]*fill="#1A1D21"/g),
    open: counted(svg, /<circle [^>]*fill="#FFFFFF"/g),
    arrows: counted(svg, /<path d="[^"]* Z" fill="#1A1D21"\/>/g),
    dashed: counted(svg, /stroke-dasharray/g),
    crashed: counted(svg, /<title>crashed<\/title>/g),
  })

  it.each([true, false])('draws every event, message, loss and crash (across: %s)', async (across) => {
    const { events } = traceFromJson(await text('trace-json'))
    const of = (kind: string) => events.filter(({ trace }) => trace.kind === kind).map(({ trace }) => trace)
    const silent = of('receive').filter(({ sends }) => sends.length === 0).length
    expect(marks(await text('space-time-svg', { across }))).toEqual({
      crosses: of('lost').length,
      filled: events.filter(({ trace }) => trace.lane !== null).length - silent,
      open: silent,
      arrows: of('receive').length,
      dashed: of('lost').length,
      crashed: 1,
    })
  })

  it('uses no colour: ink, grey and paper', async () => {
    const svg = await text('space-time-svg', { stamps: 'vector', axis: 'time' })
    const colours = new Set([...svg.matchAll(/(?:fill|stroke)="(#\w{6})"/g)].map(([, colour]) => colour))
    expect(colours).toEqual(new Set(['#1A1D21', '#545C66', '#FFFFFF']))
  })

  it('writes stamps that are asked for, and times where the axis is time', async () => {
    expect(await text('space-time-svg', { stamps: 'vector' })).toContain('>(1,1,0,0,0), (1,2,0,0,0)<')
    expect(await text('space-time-svg', { stamps: 'lamport' })).toContain('>2, 3<')
    expect(await text('space-time-svg', { stamps: 'matrix' })).toContain(
      '>(1,0,0,0,0) (1,1,0,0,0) (0,0,0,0,0) (0,0,0,0,0) (0,0,0,0,0), (1,0,0,0,0) (1,2,0,0,0) (0,0,0,0,0) (0,0,0,0,0) (0,0,0,0,0)<',
    )
    expect(await text('space-time-svg')).not.toMatch(/>\(1,|>10</)
    expect(await text('space-time-svg', { axis: 'time' })).toContain('>10</text>')
    expect(await text('space-time-svg', { title: true })).toContain('>Bully: P5 has crashed, P1 notices</text>')
  })

  it('refuses matrices of so many nodes that nobody could read them', async () => {
    const nodes = Array.from({ length: 9 }, (_, k) => ({ id: `P${k + 1}`, kind: 'node', name: `P${k + 1}` }))
    const many = { ...bully, model: { ...bully.model, nodes, edges: [] }, layout: { positions: {} } }
    await expect(file('space-time-svg', { stamps: 'matrix' }, many)).rejects.toMatchObject({ code: 'too-large' })
  })

  /**
   * Level texts of a diagram as boxes; a letter is taken as half as wide as high, which is less than it is. Of matrices,
   * most letters are brackets, commas and blanks, which are narrower.
   */
  function boxes(svg: string, letter = 5): { content: string; left: number; right: number; y: number }[] {
    return [
      ...svg.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"( text-anchor="middle")? font-size="11"[^>]*>([^<]+)</g),
    ].map(([, x, y, , content = '']) => ({
      content,
      left: Number(x),
      right: Number(x) + content.length * letter,
      y: Number(y),
    }))
  }
  it.each(['lamport', 'vector', 'matrix'] as const)('keeps what is written at events apart (%s)', async (stamps) => {
    const all = boxes(await text('space-time-svg', { stamps }), stamps === 'matrix' ? 4 : 5)
    expect(all.length).toBeGreaterThan(15)
    const over = all.flatMap((a, index) =>
      all.slice(index + 1).filter((b) => Math.abs(a.y - b.y) < 8 && a.left < b.right && b.left < a.right),
    )
    expect(over).toEqual([])
  })

  it.each(runFormats.filter((to) => !(runTextFormats as readonly string[]).includes(to)))(
    'of odd names and of no node at all is drawn (%s)',
    async (to) => {
      expect((await file(to, { scale: 1 }, odd)).length).toBeGreaterThan(1000)
      const lonely = { ...bully, model: { ...bully.model, nodes: (bully.model['nodes'] as unknown[]).slice(0, 1) } }
      expect((await file(to, { scale: 1 }, lonely)).length).toBeGreaterThan(200)
    },
  )

  it.each([true, false])('is read by librsvg (letters as shapes: %s)', async (outlines) => {
    const why = missing('rsvg-convert', 'Install librsvg2-bin.')
    if (why !== null) return void process.stdout.write(`skipped: SVG of a diagram is read by librsvg: ${why}\n`)
    const path = join(folder, 'diagram.svg')
    writeFileSync(path, await file('space-time-svg', { outlines, stamps: 'vector' }, odd))
    run('rsvg-convert', ['--output', join(folder, 'diagram.png'), path])
    expect(readFileSync(join(folder, 'diagram.png')).length).toBeGreaterThan(5000)
  })

  it('is read by poppler as a PDF, with its texts', async (context) => {
    const why = missing('pdftotext', 'Install poppler-utils.', ['-v'])
    if (why !== null) {
      process.stdout.write(`skipped: ${context.task.name}: ${why}\n`)
      return context.skip(why)
    }
    const path = join(folder, 'diagram.pdf')
    writeFileSync(path, await file('space-time-pdf', { stamps: 'lamport' }))
    // What stands aslant comes letter by letter.
    const found = run('pdftotext', ['-raw', path, '-']).replace(/\s/g, '')
    for (const word of ['P1', 'P5', 'takesitselffortheleader', 'ELECTION', 'COORDINATOR']) expect(found).toContain(word)
  })

  it.each([
    [false, true],
    [true, false],
  ])('compiles by pdflatex to one page (fragment: %s, across: %s)', { timeout: 90_000 }, async (fragment, across) => {
    const why =
      missing('pdflatex', 'Install texlive-pictures.') ?? missing('pdftotext', 'Install poppler-utils.', ['-v'])
    if (why !== null) return void process.stdout.write(`skipped: a diagram compiles by pdflatex: ${why}\n`)
    const tikz = await text('space-time-tikz', { fragment, across, stamps: 'vector', axis: 'time' }, odd)
    expect(
      tikz
        .split('\n')
        .filter((line) => !line.startsWith('%'))
        .join(''),
    ).toMatch(/^[\t\x20-\x7e]*$/)
    expect(tikz).toMatch(/rotate=-?\d/)
    const whole = fragment
      ? `\\documentclass{article}\\usepackage{tikz}\\pagestyle{empty}\\begin{document}\\resizebox{\\textwidth}{!}{%\n${tikz}}\\end{document}`
      : tikz
    writeFileSync(join(folder, 'diagram.tex'), whole)
    run('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'diagram.tex'], { cwd: folder })
    expect(run('pdfinfo', [join(folder, 'diagram.pdf')])).toMatch(/Pages: +1\n/)
    expect(run('pdftotext', ['-raw', join(folder, 'diagram.pdf'), '-']).replace(/\s/g, '')).toContain('ELECTION')
  })
})
