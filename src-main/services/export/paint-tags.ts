// Paints regions and what is on its way between nodes, in the look of the canvas. Knows scenes, and no format of pictures.
import type { SceneRegion, SceneTag } from '../../contract/scene.ts'
import type { PictureFont } from './font/font.ts'
import { type Box, boxOf } from './geometry.ts'
import type { Item, Line } from './painting.ts'
import { ink, paper, quiet } from './style.ts'
import { elided } from './xml.ts'

const SIZE = 11
const HEIGHT = 18
const PADDING = 6
const HEAD = 7

interface Piece {
  items: Item[]
  boxes: Box[]
}

/** A small tag with its text, a filled head in the direction it goes, and a cross when it will not arrive. */
export function tagPiece({ x, y, heading, text, lost }: SceneTag, font: PictureFont): Piece {
  const content = elided(text)
  const width = font.width(content, SIZE) + 2 * PADDING
  const [ux, uy] = [Math.cos(heading), Math.sin(heading)]
  const reach = Math.min(width / 2 / Math.max(Math.abs(ux), 0.001), HEIGHT / 2 / Math.max(Math.abs(uy), 0.001))
  const [baseX, baseY] = [x + ux * (reach - 2), y + uy * (reach - 2)]
  const line: Line = {
    do: 'text',
    content,
    x,
    y: y + SIZE * 0.35,
    size: SIZE,
    colour: ink,
    anchor: 'middle',
    halo: null,
  }
  const rim = { colour: ink, width: 1.5, dash: lost ? [4, 3] : [], round: false }
  const items: Item[] = [
    {
      do: 'path',
      segments: [
        ['M', x + ux * (reach + HEAD), y + uy * (reach + HEAD)],
        ['L', baseX - uy * 6, baseY + ux * 6],
        ['L', baseX + uy * 6, baseY - ux * 6],
        ['Z'],
      ],
      fill: ink,
      stroke: null,
    },
    {
      do: 'box',
      x: x - width / 2,
      y: y - HEIGHT / 2,
      width,
      height: HEIGHT,
      corner: HEIGHT / 2,
      fill: paper,
      stroke: rim,
    },
    line,
  ]
  if (lost) {
    const [cx, cy, arm] = [x + width / 2 + 2, y - 9, 5]
    items.push({
      do: 'path',
      segments: [
        ['M', cx - arm, cy - arm],
        ['L', cx + arm, cy + arm],
        ['M', cx + arm, cy - arm],
        ['L', cx - arm, cy + arm],
      ],
      fill: null,
      stroke: { colour: ink, width: 2.5, dash: [], round: true },
    })
  }
  const half = { x: width / 2 + HEAD + 2, y: HEIGHT / 2 + HEAD + 2 }
  const corners = [
    { x: x - half.x, y: y - half.y },
    { x: x + half.x, y: y + half.y },
  ]
  return { items: [{ do: 'group', title: text, items }], boxes: [boxOf(corners)] }
}

/** A part of the drawing set apart: a dashed rounded box with its title at the upper left, inside. */
export function regionPiece({ x, y, width, height, text }: SceneRegion, font: PictureFont): Piece {
  const content = elided(text)
  const rim = { colour: quiet, width: 1.5, dash: [10, 6], round: false }
  const title: Line = {
    do: 'text',
    content,
    x: x + 10,
    y: y + 17,
    size: 12,
    colour: quiet,
    anchor: 'start',
    halo: paper,
  }
  return {
    items: [{ do: 'box', x, y, width, height, corner: 12, fill: null, stroke: rim }, title],
    boxes: [
      boxOf([
        { x, y },
        { x: Math.max(x + width, x + 10 + font.width(content, 12)), y: y + height },
      ]),
    ],
  }
}
