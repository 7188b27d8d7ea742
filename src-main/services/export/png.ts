// A painting as a PNG: drawn by resvg from the SVG with letters as shapes, so that every machine gives the same pixels.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Resvg, initWasm } from '@resvg/resvg-wasm'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_PICTURE_PIXELS } from '../../contract/limits.ts'
import type { PictureFont } from './font/font.ts'
import type { Painting } from './painting.ts'
import { paintingToSvg } from './svg.ts'

let ready: Promise<void> | null = null

/** The module is compiled once; a failure is not kept. */
function prepared(): Promise<void> {
  const start = async (): Promise<void> => {
    const path = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
    await initWasm(await readFile(path))
  }
  ready ??= start().catch((error: unknown) => {
    ready = null
    throw error
  })
  return ready
}

/**
 * @param scale pixels for each unit of the canvas
 * @throws InterlockError `too-large` above MAX_PICTURE_PIXELS
 */
export async function paintingToPng(painting: Painting, font: PictureFont, scale: number): Promise<Buffer> {
  const [width, height] = [Math.ceil(painting.width * scale), Math.ceil(painting.height * scale)]
  if (width * height > MAX_PICTURE_PIXELS) {
    const most = MAX_PICTURE_PIXELS / 1_000_000
    throw new InterlockError(
      'too-large',
      `At this scale the picture would have ${width} × ${height} pixels, and ${most} million are the most. Choose a smaller scale, or SVG or PDF, which have none.`,
    )
  }
  await prepared()
  const picture = new Resvg(paintingToSvg(painting, font, { outlines: 'all' }), {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false },
  })
  try {
    return Buffer.from(picture.render().asPng())
  } finally {
    picture.free()
  }
}
