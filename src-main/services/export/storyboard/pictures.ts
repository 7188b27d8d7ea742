// A walkthrough as pictures in a zip: a PNG for each step, all of one size, with what is said as text beside them. Equal
// walkthroughs give equal bytes.
import { type Zippable, zipSync } from 'fflate'
import { transcript, webVtt } from '../../../contract/captions.ts'
import type { Walkthrough } from '../../../contract/walkthrough.ts'
import type { PictureFont } from '../font/font.ts'
import { paintingToPng } from '../png.ts'
import type { Storyboard } from './storyboard.ts'

/** The first day that a zip can name; a fixed one keeps the bytes the same. Read as local time by the writer. */
const DATE = new Date(1980, 0, 1)

/**
 * @param scale pixels for each unit of the canvas
 * @throws InterlockError `too-large` for pictures of too many pixels
 */
export async function picturesOf(
  board: Storyboard,
  walkthrough: Walkthrough,
  font: PictureFont,
  scale: number,
): Promise<Buffer> {
  const { window, paintings, steps } = board
  const pngs: Buffer[] = []
  for (const painting of paintings) pngs.push(await paintingToPng({ ...painting, ...window }, font, scale))
  const digits = Math.max(2, String(steps.length).length)
  const files: Zippable = {}
  for (const [index, { picture }] of steps.entries()) {
    const bytes = pngs[picture]
    // A PNG does not get smaller a second time.
    if (bytes !== undefined) files[`step-${String(index + 1).padStart(digits, '0')}.png`] = [bytes, { level: 0 }]
  }
  const text = (content: string): Uint8Array => new TextEncoder().encode(content)
  files['transcript.txt'] = text(transcript(walkthrough))
  files['captions.vtt'] = text(webVtt(walkthrough))
  return Buffer.from(zipSync(files, { mtime: DATE }))
}
