// Pictures in every format: read by programs of others, equal for equal drawings, and honest about what they lack.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { DocumentEnvelope } from '../../../../src-main/contract/document.ts'
import { defaultExportOptions, type ExportOptions, pictureFormats } from '../../../../src-main/contract/export.ts'
import { labs } from '../../../../src-main/labs/index.ts'
import { exportDrawing, formatsOf } from '../../../../src-main/services/export/drawing.ts'
import { missing, run } from './programs.ts'

const lab = labs[0]!

const odd = ['P₁', 'Größe & 50% {x}_y^z~\\', 'Процесс', '[a] *b*', '#1 "q" \'s\'', 'Łódź ąęő', 'λΩ×', '<b>$5</b>']
const document: DocumentEnvelope = {
  format: 'interlock',
  version: 1,
  lab: lab.id,
  title: 'Odd names: 100 % & more_',
  model: {
    nodes: [
      ...odd.map((name, index) => ({ id: `P${index}`, kind: 'process', name })),
      { id: 'R1', kind: 'resource', name: 'R & D', instances: 3 },
      { id: 'R2', kind: 'resource', name: 'Memory', instances: 200 },
    ],
    edges: [
      { id: 'E1', kind: 'assignment', from: 'R1', to: 'P0', count: 1 },
      { id: 'E2', kind: 'request', from: 'P0', to: 'R2', count: 500 },
      { id: 'E3', kind: 'assignment', from: 'R2', to: 'P1', count: 20 },
      { id: 'E4', kind: 'request', from: 'P1', to: 'R2', count: 2 },
      { id: 'E5', kind: 'request', from: 'P2', to: 'R1', count: 3 },
    ],
  },
  layout: { positions: {} },
  notes: [{ id: 'N1', text: 'A note: 50 % of {all}', place: { x: -300, y: 0, width: 200, height: 80 } }],
}

const all = { ...defaultExportOptions, verdict: true, title: true }

async function picture(to: string, change: Partial<ExportOptions> = {}, of = document): Promise<Buffer> {
  const { text, base64 } = await exportDrawing(lab, of, to, { ...all, ...change })
  return text === null ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text)
}

/** Width and height of a PNG from its header. */
const sizeOf = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)]

/** Whether any pixel of a grey PGM picture (P5) differs from white. */
function hasInk(pgm: Buffer): boolean {
  const head = /^P5\s+(?:#.*\n)?(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 200))
  return pgm.subarray(head?.[0].length ?? pgm.length).some((grey) => grey < 128)
}

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'interlock-pictures-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Ends a test whose program is missing, with the sentence that says so. */
function needs(context: TestContext, program: string, remedy: string, args?: string[]): void {
  const why = missing(program, remedy, args)
  if (why === null) return
  process.stdout.write(`skipped: ${context.task.name}: ${why}\n`)
  context.skip(why)
}

describe('PNG', () => {
  it('has as many pixels as its scale says', async () => {
    const svg = (await picture('svg')).toString()
    const [width, height] = [/ width="(\d+)"/, / height="(\d+)"/].map((size) => Number(size.exec(svg)?.[1]))
    for (const scale of [1, 2, 4]) {
      expect(sizeOf(await picture('png', { scale }))).toEqual([width! * scale, height! * scale])
    }
  })

  it('refuses more pixels than the limit and names the remedy', async () => {
    const far = { ...document, layout: { positions: { P0: { x: 0, y: 0 }, P1: { x: 9000, y: 9000 } } } }
    await expect(exportDrawing(lab, far, 'png', all)).rejects.toThrow(
      /64 million are the most\. Choose a smaller scale/,
    )
  })
})

describe('PDF', () => {
  it('is the same file for the same drawing', async () => {
    const [one, two] = [await picture('pdf'), await picture('pdf')]
    expect(one.subarray(0, 5).toString()).toBe('%PDF-')
    expect(one.equals(two)).toBe(true)
  })

  it('is read by poppler, with its texts and its font inside', async (context) => {
    needs(context, 'pdftoppm', 'Install poppler-utils.', ['-v'])
    const path = join(folder, 'picture.pdf')
    writeFileSync(path, await picture('pdf'))
    run('pdftoppm', ['-gray', '-r', '50', '-singlefile', path, join(folder, 'page')])
    expect(hasInk(readFileSync(join(folder, 'page.pgm')))).toBe(true)
    const texts = run('pdftotext', ['-raw', path, '-'])
    for (const name of ['Процесс', 'Memory', 'A note: 50 % of {all}']) expect(texts).toContain(name)
    expect(run('pdffonts', [path])).toMatch(/\+Inter-Medium .* yes yes yes/)
  })
})

describe('SVG', () => {
  it.each([true, false])('is read by librsvg (outlines: %s)', async (outlines) => {
    const why = missing('rsvg-convert', 'Install librsvg2-bin.')
    if (why !== null) return void process.stdout.write(`skipped: SVG is read by librsvg: ${why}\n`)
    const path = join(folder, 'picture.svg')
    writeFileSync(path, await picture('svg', { outlines }))
    run('rsvg-convert', ['--output', join(folder, 'svg.png'), path])
    const size = / width="(\d+)" height="(\d+)"/.exec(readFileSync(path, 'utf8'))
    expect(sizeOf(readFileSync(join(folder, 'svg.png')))).toEqual([Number(size?.[1]), Number(size?.[2])])
  })
})

describe('TikZ', () => {
  it('is plain ASCII and says which letters it wrote otherwise', async () => {
    const { text, remarks } = await exportDrawing(lab, document, 'tikz', all)
    // Comments keep names as they are.
    const code = (text ?? '').split('\n').filter((line) => !line.startsWith('%'))
    expect(code.join('\n')).toMatch(/^[\t\n\x20-\x7e]*$/)
    expect(remarks.join()).toMatch(/LaTeX's usual fonts lack .*П/)
  })

  it.each([false, true])(
    'compiles by pdflatex to one page with ink (fragment: %s)',
    { timeout: 90_000 },
    async (fragment) => {
      const why =
        missing('pdflatex', 'Install texlive-pictures.') ?? missing('pdftoppm', 'Install poppler-utils.', ['-v'])
      if (why !== null) return void process.stdout.write(`skipped: TikZ compiles by pdflatex: ${why}\n`)
      const text = (await picture('tikz', { fragment })).toString()
      const whole = fragment
        ? `\\documentclass{article}\\usepackage{tikz}\\pagestyle{empty}\\begin{document}\\resizebox{\\textwidth}{!}{%\n${text}}\\end{document}`
        : text
      writeFileSync(join(folder, 'picture.tex'), whole)
      run('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'picture.tex'], { cwd: folder })
      run('pdftoppm', ['-gray', '-r', '50', join(folder, 'picture.pdf'), join(folder, 'tikz')])
      expect(hasInk(readFileSync(join(folder, 'tikz-1.pgm')))).toBe(true)
      expect(run('pdfinfo', [join(folder, 'picture.pdf')])).toMatch(/Pages: +1\n/)
    },
  )
})

describe('every picture', () => {
  it.each(pictureFormats)('of nothing is an empty sheet (%s)', async (to) => {
    const empty = { ...document, model: { nodes: [], edges: [] }, notes: [] }
    expect((await picture(to, { verdict: false, title: false }, empty)).length).toBeGreaterThan(50)
  })

  it('says which letters its font lacks', async () => {
    const model = { nodes: [{ id: 'P1', kind: 'process', name: '进程' }], edges: [] }
    for (const to of ['svg', 'png', 'pdf']) {
      const { lacks, remarks } = await exportDrawing(lab, { ...document, model }, to, defaultExportOptions)
      expect(lacks).toBe('进程')
      expect(remarks.join()).toContain('lacks 进 程')
    }
    expect((await exportDrawing(lab, document, 'svg', defaultExportOptions)).remarks).toEqual([])
  })

  it('has a file name made of the title', async () => {
    const named = async (title: string): Promise<string> =>
      (await exportDrawing(lab, { ...document, title }, 'svg', defaultExportOptions)).name
    expect(await named('Ring')).toBe('Ring.svg')
    expect(await named('a/b:c')).toBe('a-b-c.svg')
    expect(await named('..')).toBe('Drawing.svg')
    expect(await named('')).toBe('Drawing.svg')
  })
})

it('names near formats where there is none of that name', async () => {
  await expect(exportDrawing(lab, document, 'tkz', all)).rejects.toThrow(/Did you mean tikz\?/)
  expect(new Set(formatsOf(lab.model)).size).toBe(formatsOf(lab.model).length)
})
