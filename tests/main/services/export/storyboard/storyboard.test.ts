// A walkthrough as pictures: what each step shows, each picture once, one window; and the files made of them, the same
// bytes each time and readable by programs of others.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle, BUNDLE } from '../../../../../scripts/web-page.ts'
import type { DocumentEnvelope } from '../../../../../src-main/contract/document.ts'
import { defaultWalkthroughExportOptions as usual } from '../../../../../src-main/contract/export.ts'
import type { PlayerData } from '../../../../../src-main/contract/told.ts'
import { Walkthrough } from '../../../../../src-main/contract/walkthrough.ts'
import { findLab, labs } from '../../../../../src-main/labs/index.ts'
import { pictureFont } from '../../../../../src-main/services/export/font/font.ts'
import { darkColours } from '../../../../../src-main/services/export/storyboard/dark.ts'
import { exportWalkthrough } from '../../../../../src-main/services/export/storyboard/export.ts'
import { storyboardOf } from '../../../../../src-main/services/export/storyboard/storyboard.ts'
import * as style from '../../../../../src-main/services/export/style.ts'
import { missing, run } from '../programs.ts'

const root = join(import.meta.dirname, '../../../../..')
const read = (lab: string, id: string): DocumentEnvelope =>
  JSON.parse(readFileSync(join(root, `src-main/labs/${lab}/samples/${id}.interlock`), 'utf8')) as DocumentEnvelope
const ring = read('deadlock', 'told-ring')
const lab = findLab('deadlock')
const font = pictureFont()

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock storyboard-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The document with its walkthrough changed. */
function told(change: (walkthrough: Walkthrough) => Walkthrough): DocumentEnvelope {
  return { ...ring, walkthrough: change(Walkthrough.parse(ring.walkthrough)) }
}

describe('a storyboard', () => {
  test('has every step with its time, its words, and a picture that is there once only', () => {
    const board = storyboardOf(lab, ring, font)
    const { steps } = Walkthrough.parse(ring.walkthrough)
    expect(board.steps.map(({ caption }) => caption)).toEqual(steps.map(({ caption }) => caption))
    expect(board.steps[1]?.at).toBe(steps[0]?.ms)
    expect(board.length).toBe(steps.reduce((sum, { ms }) => sum + ms, 0))
    expect(new Set(board.paintings.map(({ items }) => JSON.stringify(items))).size).toBe(board.paintings.length)
    expect(board.paintings.length).toBeLessThan(steps.length)
    expect(new Set(board.steps.map(({ picture }) => picture)).size).toBe(board.paintings.length)
  })

  test('says of each step what verdict or run say', () => {
    const states = storyboardOf(lab, ring, font).steps.map(({ state }) => state)
    expect(states[0]).toMatch(/^No deadlock\./)
    expect(states[7]).toMatch(/^Deadlock\. P1 and P2 wait for each other/)
    expect(states[12]).toBe('P1 can finish now.')
  })

  test('shows all pictures in one window that holds each of them', () => {
    const { window, paintings } = storyboardOf(lab, ring, font)
    for (const { left, top, width, height } of paintings) {
      expect(left).toBeGreaterThanOrEqual(window.left)
      expect(top).toBeGreaterThanOrEqual(window.top)
      expect(left + width).toBeLessThanOrEqual(window.left + window.width)
      expect(top + height).toBeLessThanOrEqual(window.top + window.height)
    }
  })

  test('puts a rim around what is talked about, and around nothing else', () => {
    const { steps, paintings } = storyboardOf(lab, ring, font)
    const rims = (index: number): number =>
      JSON.stringify(paintings[steps[index]?.picture ?? -1]).split(`"colour":"${style.spot}"`).length - 1
    expect([rims(0), rims(1), rims(7)]).toEqual([0, 1, 2])
  })

  test('is refused with the step and the reason where there is none, or where a run cannot be played', () => {
    const { walkthrough, ...bare } = ring
    expect(walkthrough).toBeDefined()
    expect(() => storyboardOf(lab, bare, font)).toThrow(/has no walkthrough/)
    const run = { simulation: 'reduction', seed: 1, events: [{ finish: 'P2' }] }
    const impossible = told((one) => ({
      ...one,
      steps: one.steps.map((step, index) => (index === 7 ? { ...step, run } : step)),
    }))
    expect(() => storyboardOf(lab, impossible, font)).toThrow(/^Step 8 of the walkthrough cannot be shown: /)
    const foreign = told((one) => ({ ...one, start: { ...one.start, nodes: [{ id: 'X', kind: 'lamp' }] } }))
    expect(() => storyboardOf(lab, foreign, font)).toThrow(/^Step 1 of the walkthrough cannot be shown: /)
  })
})

const dataOf = (html: string): PlayerData =>
  JSON.parse(/id="walkthrough">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as PlayerData

async function page(document: DocumentEnvelope, of = lab): Promise<string> {
  return (await exportWalkthrough(of, document, 'html-player', usual)).text ?? ''
}

describe('the web page', () => {
  test('brings the same script and styles that its sources give', async () => {
    expect(await bundle()).toBe(readFileSync(join(root, BUNDLE), 'utf8'))
  })

  test('is the same each time, small, and names nothing outside of itself', async () => {
    const html = await page(ring)
    expect(await page(ring)).toBe(html)
    expect(html.length).toBeLessThan(60_000)
    const addresses = html.match(/https?:\/\/[^"'`)\s]+/g) ?? []
    expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([])
    expect(html).not.toMatch(/<(?:link|img|iframe|object|embed|base)\b/)
    expect(html).not.toMatch(/\s(?:src|srcset|href)=/)
  })

  test('has a policy that allows exactly its own script and styles, by their hashes', async () => {
    const html = await page(ring)
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64')
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? ''
    const styles = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? ''
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash(script)}'`,
      `style-src 'sha256-${hash(styles)}'`,
      'font-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  test('keeps what people typed as text, wherever it stands', async () => {
    const evil = '</script><img src=x onerror=alert(1)>'
    const document = told((one) => ({
      ...one,
      title: evil,
      start: { ...one.start, nodes: one.start.nodes.map((node) => ({ ...node, name: evil })) },
      steps: one.steps.map((step) => ({ ...step, caption: evil, chapter: evil })),
    }))
    const html = await page(document)
    expect(html.split('</script>')).toHaveLength(3)
    expect(html).not.toContain('<img')
    const data = dataOf(html)
    expect(data.title).toBe(evil)
    expect(data.pieces.join('')).not.toContain('<img')
    expect(data.pieces.join('')).toContain('&lt;/script&gt;')
  })

  test('has each piece of its pictures once', async () => {
    const { pieces, pictures } = dataOf(await page(ring))
    expect(new Set(pieces).size).toBe(pieces.length)
    expect(pictures.flat().length).toBeGreaterThan(2 * pieces.length)
    for (const number of pictures.flat()) expect(pieces[number]).toBeDefined()
  })

  test.each(labs.filter(({ model }) => model.nodeKinds.length > 0).map((one) => [one.id, one] as const))(
    'of the lab %s has only colours that have a dark one',
    async (id, one) => {
      const sample = one.samples.find((name) => 'walkthrough' in read(id, name)) ?? ''
      const { pieces } = dataOf(await page(read(id, sample), one))
      const colours = new Set(pieces.join('').match(/#[0-9A-Fa-f]{6}\b/g))
      expect(colours.size).toBeGreaterThan(3)
      for (const colour of colours) expect(Object.keys(darkColours)).toContain(colour)
    },
  )

  test('knows a dark colour for every colour that pictures can have', () => {
    const all = JSON.stringify(style).match(/#[0-9A-Fa-f]{6}\b/g) ?? []
    expect(all.length).toBeGreaterThan(10)
    for (const colour of all) expect(Object.keys(darkColours)).toContain(colour)
  })
})

describe('the handout', () => {
  test.each([
    [6, 3],
    [2, 8],
  ] as const)('with %i steps a page has %i pages, each step with its words', async (perPage, pages) => {
    const made = await exportWalkthrough(lab, ring, 'storyboard-pdf', { ...usual, perPage })
    const again = await exportWalkthrough(lab, ring, 'storyboard-pdf', { ...usual, perPage })
    expect(again.base64).toBe(made.base64)
    expect(made.name).toBe('How a deadlock comes about.pdf')
    const bytes = Buffer.from(made.base64 ?? '', 'base64')
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(pages)
  })

  test('holds its words as text that can be searched', async (context) => {
    const without = missing('pdftotext', 'Install poppler-utils.')
    if (without !== null) return context.skip(without)
    const { base64 } = await exportWalkthrough(lab, ring, 'storyboard-pdf', usual)
    const path = join(folder, 'ring.pdf')
    writeFileSync(path, Buffer.from(base64 ?? '', 'base64'))
    const text = run('pdftotext', ['-layout', path, '-']).replace(/\s+/g, ' ')
    expect(text).toContain('How to be sure of it')
    expect(text).toContain('Who can finish first now? (a) P1 (b) P2 (c) Nobody')
    expect(text).toContain('3 of 3')
  })
})

describe('the pictures', () => {
  test('are one PNG for each step, all of one size, with what is said beside them', async () => {
    const { base64, name } = await exportWalkthrough(lab, ring, 'storyboard-png', usual)
    expect(name).toBe('How a deadlock comes about.zip')
    const files = unzipSync(Buffer.from(base64 ?? '', 'base64'))
    const { steps } = Walkthrough.parse(ring.walkthrough)
    const pngs = Object.keys(files).filter((file) => file.endsWith('.png'))
    expect(pngs).toEqual(steps.map((_, index) => `step-${String(index + 1).padStart(2, '0')}.png`))
    const { window } = storyboardOf(lab, ring, font)
    for (const png of pngs) {
      const bytes = Buffer.from(files[png] ?? [])
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2 * window.width, 2 * window.height])
    }
    expect(new TextDecoder().decode(files['captions.vtt'])).toMatch(/^WEBVTT/)
    expect(new TextDecoder().decode(files['transcript.txt'])).toContain('What happens?')
  })

  test('are the same bytes each time', async () => {
    const made = () => exportWalkthrough(lab, ring, 'storyboard-png', { ...usual, scale: 1 })
    expect((await made()).base64).toBe((await made()).base64)
  })
})

test('a file that is larger than asked for is refused with both sizes', async () => {
  await expect(exportWalkthrough(lab, ring, 'html-player', usual, 10_000)).rejects.toMatchObject({ code: 'too-large' })
})
