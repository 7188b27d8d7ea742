// Frames of a film as pixels, before any encoder: jumping to a frame draws what playing to it draws, in any order and
// after any pause. Checked on the page's own drawing code, in a real browser.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Page, expect, test } from '@playwright/test'
import { build } from 'vite'
import type { DocumentEnvelope } from '../../src-main/contract/document.ts'
import { defaultFilmOptions, frameAt } from '../../src-main/contract/film.ts'
import { paintedFilm, sampleFile } from './film-pictures.ts'
import { root } from './serve.ts'

/** The drawing code of the page as one script that gives `easels`. */
async function drawingCode(): Promise<string> {
  const entry = `${root}/src-renderer/walkthrough/film/easel.ts`
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'easels' } },
  })
  const [bundle] = Array.isArray(made) ? made : [made]
  const [chunk] = bundle !== undefined && 'output' in bundle ? bundle.output : []
  if (chunk === undefined || chunk.type !== 'chunk') throw new Error('the drawing code was not built')
  return chunk.code
}

/** Draws frames one after the other on one canvas. @returns the hash of the pixels of each */
function hashes(page: Page, code: string, svgs: string[], pause: number): Promise<string[]> {
  return page.evaluate(
    async ([script, pictures, wait]) => {
      interface Easel {
        draw(svg: string): Promise<void>
        hash(): Promise<Uint8Array>
      }
      const easels = window.eval(`${script}; easels`) as { Easel: new (width: number, height: number) => Easel }
      const easel = new easels.Easel(1280, 720)
      const found: string[] = []
      for (const picture of pictures) {
        await easel.draw(picture)
        if (wait > 0) await new Promise((done) => setTimeout(done, Math.random() * wait))
        found.push([...(await easel.hash())].map((byte) => byte.toString(16)).join(' '))
      }
      return found
    },
    [code, svgs, pause] as const,
  )
}

/** An empty page on loopback, where hashes may be computed. */
async function serveBlank(): Promise<{ address: string; close(): void }> {
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<title>blank</title>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

test('a frame has the same pixels whether one plays to it, jumps to it or comes back to it', async ({ page }) => {
  const document = JSON.parse(readFileSync(sampleFile, 'utf8')) as DocumentEnvelope
  // Chapters far apart, so that there are frames in which the camera moves.
  const steps = document.walkthrough?.steps.map((step, index) => ({
    ...step,
    ms: 1_000,
    chapter: `Chapter ${index}`,
    ...(index % 2 === 1 && {
      changes: [...step.changes, { in: 'positions' as const, id: 'P1', put: { x: 900, y: -700 } }],
    }),
  }))
  const told = { ...document, walkthrough: { title: 'Told', start: document.walkthrough?.start, steps } }
  const { film, svg } = paintedFilm(told as DocumentEnvelope, { ...defaultFilmOptions, height: 720, questions: false })
  const frames = Array.from({ length: 40 }, (_, index) => Math.floor((index * film.frames) / 41))
  expect(new Set(frames.map((frame) => frameAt(film, frame).key)).size).toBeGreaterThan(20)

  const server = await serveBlank()
  try {
    await page.goto(server.address)
    const code = await drawingCode()
    const played = await hashes(page, code, frames.map(svg), 0)
    const back = await hashes(page, code, frames.toReversed().map(svg), 20)
    expect(back.toReversed()).toEqual(played)
    for (const index of [7, 23, 31]) {
      expect(await hashes(page, code, [svg(frames[index] ?? 0)], 0)).toEqual([played[index]])
    }
    expect(new Set(played).size).toBeGreaterThan(20)
  } finally {
    server.close()
  }
})
