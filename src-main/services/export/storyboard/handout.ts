// A walkthrough on paper: the picture of each step with what is said under it, two or six on a page. Vectors and text
// with the font inside; equal walkthroughs give equal bytes.
import PDFDocument from 'pdfkit'
import { clockTime } from '../../../contract/captions.ts'
import type { ToldStep } from '../../../contract/told.ts'
import type { PictureFont } from '../font/font.ts'
import type { Painting } from '../painting.ts'
import { drawPainting, type Page } from '../pdf.ts'
import { ink, quiet } from '../style.ts'
import type { Storyboard } from './storyboard.ts'

/** A4 in points, upright. */
const SHEET = { width: 595.28, height: 841.89 }
const MARGIN = 42
const HEAD = 30
const FOOT = 22
const GAP = { x: 18, y: 16 }
const RIM = '#C9CFD7'

/** @param perPage steps on a page: two below each other, or six in two columns */
export async function handoutOf(board: Storyboard, font: PictureFont, perPage: 2 | 6): Promise<Buffer> {
  const file = new PDFDocument({
    size: [SHEET.width, SHEET.height],
    margin: 0,
    autoFirstPage: false,
    font: font.bytes as unknown as string,
    // A fixed date: the same walkthrough is the same file, today and next year.
    info: { Title: board.title, Creator: 'Interlock', Producer: 'Interlock', CreationDate: new Date(0) },
    lang: 'en',
    displayTitle: true,
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    file.on('data', (chunk: Buffer) => chunks.push(chunk))
    file.on('end', () => resolve(Buffer.concat(chunks)))
    file.on('error', reject)
  })
  const columns = perPage === 6 ? 2 : 1
  const rows = perPage / columns
  const cell = {
    width: (SHEET.width - 2 * MARGIN - (columns - 1) * GAP.x) / columns,
    height: (SHEET.height - 2 * MARGIN - HEAD - FOOT - (rows - 1) * GAP.y) / rows,
  }
  const pages = Math.ceil(board.steps.length / perPage)
  for (const [index, step] of board.steps.entries()) {
    const place = index % perPage
    if (place === 0) frame(file.addPage(), board.title, index / perPage + 1, pages)
    const painting = board.paintings[step.picture]
    if (painting === undefined) continue
    const x = MARGIN + (place % columns) * (cell.width + GAP.x)
    const y = MARGIN + HEAD + Math.floor(place / columns) * (cell.height + GAP.y)
    const box = { x, y, ...cell }
    drawStep(file, board, { step, number: index + 1, painting }, box, font, perPage === 2)
  }
  file.end()
  return done
}

function frame(file: Page, title: string, page: number, pages: number): void {
  const width = SHEET.width - 2 * MARGIN
  file.fillColor(ink).fontSize(15).text(title, MARGIN, MARGIN, { width, height: 20, ellipsis: true, lineBreak: true })
  file.fillColor(quiet).fontSize(9)
  file.text(`${page} of ${pages}`, MARGIN, SHEET.height - MARGIN - 10, { width, align: 'right', lineBreak: false })
}

interface Drawn {
  step: ToldStep
  number: number
  painting: Painting
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function drawStep(
  file: Page,
  { window }: Storyboard,
  { step, number, painting }: Drawn,
  { x, y, width, height }: Box,
  font: PictureFont,
  roomy: boolean,
): void {
  const size = roomy ? 12 : 9
  // What is said has its room first; the picture gets the rest.
  const texts = [
    { text: step.caption.replace(/\s+/g, ' '), colour: ink, most: 4 },
    ...(step.question === null ? [] : [{ text: questionLine(step.question), colour: quiet, most: roomy ? 8 : 4 }]),
  ].filter(({ text }) => text !== '')
  const heights = texts.map(({ text, most }) => Math.min(most * size * 1.35, heightOf(file, text, width, size)))
  const label = `${number}   ${clockTime(step.at)}${step.chapter === '' ? '' : `   ${step.chapter}`}`
  const above = size + 7
  const said = heights.reduce((sum, one) => sum + one + 5, 0)
  const room = { width, height: height - above - said - 4 }
  file.fillColor(quiet).fontSize(size)
  file.text(label, x, y, { width, height: size * 1.4, ellipsis: true })
  file.save()
  file.rect(x, y + above, room.width, room.height).clip()
  const scale = Math.min(0.75, room.width / window.width, room.height / window.height)
  file.translate(
    x + (room.width - window.width * scale) / 2 - window.left * scale,
    y + above + (room.height - window.height * scale) / 2 - window.top * scale,
  )
  file.scale(scale)
  drawPainting(file, { ...painting, background: null }, font)
  file.restore()
  file
    .undash()
    .lineWidth(0.75)
    .rect(x, y + above, room.width, room.height)
    .stroke(RIM)
  let at = y + above + room.height + 5
  for (const [index, { text, colour }] of texts.entries()) {
    const high = heights[index] ?? 0
    file
      .fillColor(colour)
      .fontSize(size)
      .text(text, x, at, { width, height: high, ellipsis: true, lineGap: size * 0.14 })
    at += high + 5
  }
}

const questionLine = ({ text, answers }: NonNullable<ToldStep['question']>): string =>
  `${text} ${answers.map((answer, index) => `(${String.fromCodePoint(97 + index)}) ${answer.text}`).join('  ')}`

const heightOf = (file: Page, text: string, width: number, size: number): number =>
  file.fontSize(size).heightOfString(text, { width, lineGap: size * 0.14 }) + 1
