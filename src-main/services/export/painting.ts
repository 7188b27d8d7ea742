// A picture as a list of plain shapes, lines and texts in canvas units: what every format of pictures is written from.
// Knows no scene and no format.

export type Segment =
  | readonly ['M' | 'L', number, number]
  | readonly ['Q', number, number, number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']

export interface Stroke {
  colour: string
  width: number
  /** lengths of dashes and gaps; empty for a whole line */
  dash: readonly number[]
  /** round ends and corners */
  round: boolean
}

interface Painted {
  fill: string | null
  stroke: Stroke | null
}

export interface Circle extends Painted {
  do: 'circle'
  x: number
  y: number
  radius: number
}

/** A rectangle by its upper left corner, with rounded corners. */
export interface Rectangle extends Painted {
  do: 'box'
  x: number
  y: number
  width: number
  height: number
  corner: number
}

export interface Path extends Painted {
  do: 'path'
  segments: readonly Segment[]
}

/** One line of letters. `y` is the baseline, `x` its middle or its start. */
export interface Line {
  do: 'text'
  content: string
  x: number
  y: number
  size: number
  colour: string
  anchor: 'middle' | 'start'
  /** colour of a rim around the letters, so that they can be read above lines; null for none */
  halo: string | null
  /** degrees, clockwise around (x, y); level when left out */
  turn?: number
}

/** Shapes that are one thing, with what a screen reader says of it. */
export interface Group {
  do: 'group'
  title: string | null
  items: Item[]
}

export type Item = Circle | Rectangle | Path | Line | Group

export interface Painting {
  left: number
  top: number
  width: number
  height: number
  title: string
  description: string
  /** colour of the sheet; null leaves it transparent */
  background: string | null
  items: Item[]
}

/** All texts of a painting. */
export function textsOf(items: readonly Item[]): string[] {
  return items.flatMap((item) => (item.do === 'text' ? [item.content] : item.do === 'group' ? textsOf(item.items) : []))
}

/** Every shape in the order of painting, groups taken apart. */
export function* flat(items: readonly Item[]): Generator<Exclude<Item, Group>> {
  for (const item of items) {
    if (item.do === 'group') yield* flat(item.items)
    else yield item
  }
}
