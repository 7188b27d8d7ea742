// Where the names of messages stand in a space-time diagram: along their arrows, where the least lies in the way, and
// only where no other text is covered; a name for which there is no such place is left out. Pure geometry: knows no
// run, no canvas and no format of pictures.

export interface Place {
  readonly x: number
  readonly y: number
}

/** A straight line of the picture. */
export interface Way {
  readonly a: Place
  readonly b: Place
}

export interface Named extends Way {
  readonly message: string
  readonly label: string
  readonly detail: string
}

/** A level box that no name may cover: a text that stands already, or a mark. */
export interface Taken {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface PlacedLabel {
  readonly message: string
  readonly text: string
  /** middle of the text's base line */
  readonly x: number
  readonly y: number
  /** in radians; such that the text is never upside down */
  readonly angle: number
  readonly width: number
}

export interface Sheet {
  /** height of the letters */
  readonly size: number
  readonly width: (text: string) => number
  /** lines besides those of the messages; a name avoids them where it can */
  readonly lines: readonly Way[]
  readonly taken: readonly Taken[]
}

/** Parts of the way from the sender at which a name may stand, the best first. */
const PARTS = [0.42, 0.5, 0.34, 0.58, 0.66, 0.26, 0.74, 0.82, 0.18]
/** Between a line and the letters above it, and between the letters and a line above them. */
const OFF = 4
/** Room that a name leaves at both ends of its line, for the dot and the arrow head. */
const ENDS = 9
/** How much of a name may lie across other lines: of its kind with what it carries, and of its kind alone. */
const CROSSED = { long: 0.2, short: 0.6 }
/** Lines are noted in cells of this size, texts in larger ones. */
const CELL = 6
const BLOCK = 48

/**
 * Names with the fewest places to go are put first, so that the order of messages decides nothing.
 * @returns the names that are shown; no two of them, and none and a taken box, overlap
 */
export function placeLabels(messages: readonly Named[], sheet: Sheet): PlacedLabel[] {
  const lines = new Lines()
  for (const way of [...messages, ...sheet.lines]) lines.add(way, 1)
  const texts = new Texts()
  for (const { left, top, right, bottom } of sheet.taken) {
    texts.add([
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ])
  }
  const slack = (one: Named): number => Math.hypot(one.b.x - one.a.x, one.b.y - one.a.y) - sheet.width(one.label)
  const constrained = messages
    .map((one, index) => ({ one, index, slack: slack(one) }))
    .sort((a, b) => a.slack - b.slack || a.index - b.index)
  const placed: PlacedLabel[] = []
  for (const { one } of constrained) {
    lines.add(one, -1)
    const found = place(one, sheet, lines, texts)
    lines.add(one, 1)
    if (found === null) continue
    texts.add(cornersOf(found, sheet.size))
    placed.push(found)
  }
  return placed
}

function place(one: Named, sheet: Sheet, lines: Lines, texts: Texts): PlacedLabel | null {
  const { label, detail } = one
  const contents: [text: string, crossed: number][] = [[label, CROSSED.short]]
  if (detail !== '') contents.unshift([`${label} ${detail}`.trim(), CROSSED.long])
  for (const [text, crossed] of contents) {
    if (text === '') continue
    let best: { label: PlacedLabel; cost: number } | null = null
    for (const { label: candidate, cost } of candidates(one, text, sheet)) {
      const corners = cornersOf(candidate, sheet.size)
      if (best !== null && cost >= best.cost) continue
      if (texts.hit(corners)) continue
      const share = lines.share(candidate, sheet.size)
      if (share > crossed) continue
      const whole = cost + share * 10
      if (best === null || whole < best.cost) best = { label: candidate, cost: whole }
    }
    if (best !== null) return best.label
  }
  return null
}

/** Places along the line, above it before below it. */
function candidates({ message, a, b }: Named, text: string, sheet: Sheet): { label: PlacedLabel; cost: number }[] {
  const width = sheet.width(text)
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  const half = width / 2
  const steep = Math.atan2(b.y - a.y, b.x - a.x)
  const angle = steep > Math.PI / 2 ? steep - Math.PI : steep <= -Math.PI / 2 ? steep + Math.PI : steep
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  return PARTS.flatMap((part, index) => {
    if (Math.min(part, 1 - part) * length < half + ENDS) return []
    const middle = { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
    return [OFF, -OFF - sheet.size * 0.75].map((off, side) => ({
      label: { message, text, x: middle.x + off * uy, y: middle.y - off * ux, angle, width },
      cost: index * 0.3 + side * 0.5,
    }))
  })
}

/** The corners of a name's box, with a hair of room around the letters. */
export function cornersOf({ x, y, angle, width }: PlacedLabel, size: number): Place[] {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const [half, up, down] = [width / 2 + 2, size * 0.8, size * 0.25]
  const at = (along: number, above: number): Place => ({
    x: x + ux * along + uy * above,
    y: y + uy * along - ux * above,
  })
  return [at(-half, up), at(half, up), at(half, -down), at(-half, -down)]
}

/** How many lines run through each small square. */
class Lines {
  readonly #counts = new Map<number, number>()

  add({ a, b }: Way, by: 1 | -1): void {
    for (const cell of squaresOf(a, b, CELL)) this.#counts.set(cell, (this.#counts.get(cell) ?? 0) + by)
  }

  /** The part of a name, from 0 to 1, that lies on lines. */
  share({ x, y, angle, width }: PlacedLabel, size: number): number {
    const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
    const middle = { x: x + uy * size * 0.3, y: y - ux * size * 0.3 }
    const end = (sign: number): Place => ({
      x: middle.x + (sign * ux * width) / 2,
      y: middle.y + (sign * uy * width) / 2,
    })
    const squares = squaresOf(end(-1), end(1), CELL)
    let crossed = 0
    for (const cell of squares) if ((this.#counts.get(cell) ?? 0) > 0) crossed += 1
    return crossed / Math.max(1, squares.size)
  }
}

/** Boxes of texts, found by the large squares that they touch. */
class Texts {
  readonly #blocks = new Map<number, (readonly Place[])[]>()

  add(corners: readonly Place[]): void {
    for (const block of blocksOf(corners)) {
      const here = this.#blocks.get(block)
      if (here === undefined) this.#blocks.set(block, [corners])
      else here.push(corners)
    }
  }

  hit(corners: readonly Place[]): boolean {
    for (const block of blocksOf(corners)) {
      if (this.#blocks.get(block)?.some((other) => overlap(corners, other)) === true) return true
    }
    return false
  }
}

const squareAt = (column: number, row: number): number => (column + 0x8000) * 0x1_0000_0000 + row + 0x4000_0000

function squaresOf(a: Place, b: Place, size: number): Set<number> {
  const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / (size / 2)))
  const found = new Set<number>()
  for (let step = 0; step <= steps; step += 1) {
    const part = step / steps
    found.add(squareAt(Math.round((a.x + (b.x - a.x) * part) / size), Math.round((a.y + (b.y - a.y) * part) / size)))
  }
  return found
}

function blocksOf(corners: readonly Place[]): number[] {
  const [xs, ys] = [corners.map(({ x }) => Math.floor(x / BLOCK)), corners.map(({ y }) => Math.floor(y / BLOCK))]
  const found: number[] = []
  for (let column = Math.min(...xs); column <= Math.max(...xs); column += 1) {
    for (let row = Math.min(...ys); row <= Math.max(...ys); row += 1) found.push(squareAt(column, row))
  }
  return found
}

/** Whether two boxes that may be turned overlap: no side of either parts them (separating axis theorem). */
export function overlap(one: readonly Place[], other: readonly Place[]): boolean {
  return ![one, other].some((box) =>
    [0, 1].some((side) => {
      const [from, to] = [box[side], box[side + 1]]
      if (from === undefined || to === undefined) return false
      const [nx, ny] = [from.y - to.y, to.x - from.x]
      const shadow = (corners: readonly Place[]): number[] => corners.map(({ x, y }) => x * nx + y * ny)
      const [a, b] = [shadow(one), shadow(other)]
      return Math.max(...a) <= Math.min(...b) || Math.max(...b) <= Math.min(...a)
    }),
  )
}
