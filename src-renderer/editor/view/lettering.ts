// Text on the canvas: sizes that fit, names cut where they would leave their room, halos above lines.
// What was measured is kept, since measuring costs more than painting. Knows no shapes.

const MEAN_WIDTH = 0.6
/** Smaller text cannot be read, and painting it is half the cost of a large drawing seen from afar. */
const SMALLEST_ON_SCREEN = 5
const MOST_KEPT = 20_000

export interface Line {
  text: string
  /** middle of the line, or its start or end as `align` says */
  x: number
  y: number
  size: number
  weight: number
  colour: string
  align: CanvasTextAlign
  /** widest it may be, in canvas units */
  room: number
  /** colour and width of the halo; null for none */
  halo: { colour: string; width: number } | null
  /** colour of a ground behind a text in the middle of a line, which would show between its words; none when left out */
  ground?: string
}

/** The size at which a text of this many characters fits a width, between the two bounds. */
export function fittingSize(text: string, width: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(most, width / (Math.max([...text].length, 1) * MEAN_WIDTH))))
}

export class Lettering {
  readonly #font: string
  readonly #cut = new Map<string, string>()

  /** @param font font families as in CSS */
  constructor(font: string) {
    this.#font = font
  }

  /** @param zoom of the canvas; text too small to be read there is left out */
  write(context: CanvasRenderingContext2D, line: Line, zoom: number): void {
    if (line.text === '' || line.size * zoom < SMALLEST_ON_SCREEN) return
    const font = `${line.weight} ${line.size}px ${this.#font}`
    if (context.font !== font) context.font = font
    context.textAlign = line.align
    context.textBaseline = 'middle'
    const text = this.#fit(context, line, font)
    // Letters stand a little above the middle of their box.
    const y = line.y + line.size * 0.05
    if (line.ground !== undefined) {
      const width = context.measureText(text).width
      context.fillStyle = line.ground
      context.fillRect(line.x - width / 2, y - line.size * 0.6, width, line.size * 1.2)
    }
    if (line.halo !== null) {
      context.lineJoin = 'round'
      context.strokeStyle = line.halo.colour
      context.lineWidth = line.halo.width
      context.strokeText(text, line.x, y)
    }
    context.fillStyle = line.colour
    context.fillText(text, line.x, y)
  }

  #fit(context: CanvasRenderingContext2D, { text, room, size }: Line, font: string): string {
    // No letter is wider than its size, so short texts need no measuring.
    if (text.length * size <= room) return text
    const key = `${font} ${room} ${text}`
    const known = this.#cut.get(key)
    if (known !== undefined) return known
    if (this.#cut.size > MOST_KEPT) this.#cut.clear()
    const cut = cutToFit(text, room, (part) => context.measureText(part).width)
    this.#cut.set(key, cut)
    return cut
  }
}

/** The text, or its longest beginning that fits with an ellipsis behind it. */
export function cutToFit(text: string, room: number, width: (text: string) => number): string {
  if (width(text) <= room) return text
  const letters = [...text]
  let [fits, most] = [0, letters.length - 1]
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2)
    if (width(`${letters.slice(0, middle).join('')}…`) <= room) fits = middle
    else most = middle - 1
  }
  return `${letters.slice(0, fits).join('').trimEnd()}…`
}
