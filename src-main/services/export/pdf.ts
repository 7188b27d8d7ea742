// A painting as a PDF of one page: vectors and text with the font inside. Equal paintings give equal bytes.
import PDFDocument from 'pdfkit'
import type { PictureFont } from './font/font.ts'
import { flat, type Line, type Painting, type Stroke } from './painting.ts'
import { pathData } from './svg.ts'

/** Points for one unit of the canvas: 96 units are an inch. */
const POINTS = 0.75
/** PDF viewers refuse larger pages. */
const LONGEST = 14_400

/** @returns the file */
export async function paintingToPdf(painting: Painting, font: PictureFont): Promise<Buffer> {
  const { left, top, width, height, title } = painting
  const scale = Math.min(POINTS, LONGEST / Math.max(width, height))
  const file = new PDFDocument({
    size: [width * scale, height * scale],
    margin: 0,
    font: font.bytes as unknown as string,
    // A fixed date: the same drawing is the same file, today and next year.
    info: { Title: title, Creator: 'Interlock', Producer: 'Interlock', CreationDate: new Date(0) },
    lang: 'en',
    displayTitle: true,
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    file.on('data', (chunk: Buffer) => chunks.push(chunk))
    file.on('end', () => resolve(Buffer.concat(chunks)))
    file.on('error', reject)
  })
  file.scale(scale).translate(-left, -top)
  drawPainting(file, painting, font)
  file.end()
  return done
}

export type Page = InstanceType<typeof PDFDocument>

/** Draws a painting in canvas units where the page's own coordinates are now. */
export function drawPainting(file: Page, painting: Painting, font: PictureFont): void {
  const { left, top, width, height, background } = painting
  if (background !== null) file.rect(left, top, width, height).fill(background)
  for (const item of flat(painting.items)) {
    switch (item.do) {
      case 'circle':
        finish(file.circle(item.x, item.y, item.radius), item.fill, item.stroke)
        break
      case 'box':
        finish(file.roundedRect(item.x, item.y, item.width, item.height, item.corner), item.fill, item.stroke)
        break
      case 'path':
        finish(file.path(pathData(item.segments)), item.fill, item.stroke)
        break
      case 'text':
        if (item.turn === undefined) write(file, item, font)
        else {
          file.save().rotate(item.turn, { origin: [item.x, item.y] })
          write(file, item, font)
          file.restore()
        }
        break
    }
  }
}

function finish(page: Page, fill: string | null, stroke: Stroke | null): void {
  if (stroke !== null) {
    page.lineWidth(stroke.width).strokeColor(stroke.colour)
    page.lineCap(stroke.round ? 'round' : 'butt').lineJoin(stroke.round ? 'round' : 'miter')
    if (stroke.dash.length === 0) page.undash()
    // pdfkit takes a list, which its declarations do not know.
    else page.dash([...stroke.dash] as unknown as number, {})
  }
  if (fill !== null && stroke !== null) page.fillAndStroke(fill, stroke.colour)
  else if (fill !== null) page.fill(fill)
  else if (stroke !== null) page.stroke(stroke.colour)
}

/** The rim of paper is drawn as shapes, so that searching and copying finds each text once. */
function write(page: Page, line: Line, font: PictureFont): void {
  const start = line.anchor === 'middle' ? line.x - font.width(line.content, line.size) / 2 : line.x
  if (line.halo !== null) {
    const shape = pathData(font.outline(line.content, start, line.y, line.size))
    if (shape !== '') {
      finish(page.path(shape), null, { colour: line.halo, width: 4, dash: [], round: true })
    }
  }
  page.fillColor(line.colour).fontSize(line.size)
  page.text(line.content.normalize('NFC').replace(/\s/g, ' '), start, line.y, {
    lineBreak: false,
    baseline: 'alphabetic',
  })
}
