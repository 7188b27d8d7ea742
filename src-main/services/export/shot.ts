// What a film shows at one moment, painted: the scene with what is selected in canvas units, and the words over it in
// units of the frame. Knows scenes, no lab by name, and no film.
import { CARD, FRAME, type FilmOptions, type FilmWords, type PaintedShot, type View } from '../../contract/film.ts'
import type { Scene, SceneNode } from '../../contract/scene.ts'
import type { Mark } from '../../contract/verdict.ts'
import { type PictureFont, pictureFont } from './font/font.ts'
import { CORNER, edgePath } from './geometry.ts'
import { accents, darkened, grounds } from './looks.ts'
import { paint } from './paint.ts'
import type { Item, Line, Stroke } from './painting.ts'
import { ink, paper, quiet } from './style.ts'
import { svgMarkup } from './svg.ts'

export interface ShotAsked {
  scene: Scene
  /** ids of nodes, edges and notes that are ringed */
  selected: readonly string[]
  /** one for each moment in which this drawing is shown */
  words: readonly FilmWords[]
  look: FilmOptions['look']
  markWords?: Readonly<Partial<Record<Mark, string>>>
}

/** @returns the drawing once, the words of each moment, and what the drawing needs to be seen whole (null: nothing) */
export function paintShot(asked: ShotAsked): {
  picture: string
  words: string[]
  background: PaintedShot['background']
  box: View | null
} {
  const { scene, look, markWords } = asked
  const font = pictureFont()
  const about = { title: '', description: '', heading: '', verdict: '', background: null }
  const painting = paint(scene, { ...about, ...(markWords && { markWords }) }, font)
  const looking = (items: readonly Item[]): readonly Item[] => (look === 'dark' ? darkened(items) : items)
  const marked = selectionItems(scene, new Set(asked.selected), font)
  const empty = scene.nodes.length + (scene.notes ?? []).length + (scene.regions ?? []).length === 0
  const { left: x, top: y, width, height } = painting
  return {
    picture: svgMarkup(looking([...painting.items, ...marked]), font),
    words: asked.words.map((words) => svgMarkup(looking(wordItems(words, font)), font)),
    background: grounds[look],
    box: empty ? null : { x, y, width, height },
  }
}

const stroke = (colour: string, width: number): Stroke => ({ colour, width, dash: [], round: true })

/** A ring around each node and note, a band along each line. */
function selectionItems(scene: Scene, selected: ReadonlySet<string>, font: PictureFont): Item[] {
  const ring = stroke(accents.light, 2.5)
  const around = (box: { x: number; y: number; width: number; height: number }, corner: number): Item => ({
    do: 'box',
    x: box.x - 7,
    y: box.y - 7,
    width: box.width + 14,
    height: box.height + 14,
    corner: corner + 7,
    fill: null,
    stroke: ring,
  })
  const nodes = new Map(scene.nodes.map((node) => [node.id, node]))
  const ofNode = (node: SceneNode): Item =>
    node.outline === 'circle'
      ? { do: 'circle', x: node.x, y: node.y, radius: node.width / 2 + 7, fill: null, stroke: ring }
      : around({ ...node, x: node.x - node.width / 2, y: node.y - node.height / 2 }, CORNER)
  const edges = scene.edges.flatMap((edge): Item[] => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)]
    if (!selected.has(edge.id) || from === undefined || to === undefined) return []
    const { start, end, control } = edgePath(edge, from, to, font.width(edge.label, 12))
    // Two thin lines beside the edge would need its normals; a pale band shows it as well.
    return [
      {
        do: 'path',
        segments: [
          ['M', start.x, start.y],
          control === null ? ['L', end.x, end.y] : ['Q', control.x, control.y, end.x, end.y],
        ],
        fill: null,
        stroke: stroke(`${accents.light}40`, 12),
      },
    ]
  })
  return [
    ...edges,
    ...scene.nodes.filter(({ id }) => selected.has(id)).map(ofNode),
    ...(scene.notes ?? []).filter(({ id }) => selected.has(id)).map((note) => around(note, 4)),
  ]
}

const HEADING = 34
const CAPTION = { size: 44, line: 58, padding: 22, bottom: 36 } as const
/** Captions are light on dark in both looks, as people know them; these colours stay as they are in the dark look. */
const captionGround = '#22272E'
const captionInk = '#FEFEFE'

function wordItems(words: FilmWords, font: PictureFont): Item[] {
  const { heading, lines, card } = words
  return [
    ...(heading === '' ? [] : [text(cut(heading, HEADING, FRAME.width - 128, font), 64, 70, HEADING, quiet)]),
    ...(lines.length === 0 ? [] : captionItems(lines, font)),
    ...(card === null ? [] : cardItems(card, font)),
  ]
}

const text = (content: string, x: number, y: number, size: number, colour: string): Line => ({
  do: 'text',
  content,
  x,
  y,
  size,
  colour,
  anchor: 'start',
  halo: null,
})

function cut(content: string, size: number, width: number, font: PictureFont): string {
  if (font.width(content, size) <= width) return content
  const chars = [...content]
  while (chars.length > 1 && font.width(`${chars.join('')}…`, size) > width) chars.pop()
  return `${chars.join('').trimEnd()}…`
}

function captionItems(lines: readonly string[], font: PictureFont): Item[] {
  const { size, line, padding, bottom } = CAPTION
  // Letters wider than those of Latin script may need smaller ones to stay in the frame.
  const widest = Math.max(...lines.map((content) => font.width(content, 1)))
  const set = Math.min(size, (FRAME.width - 160) / Math.max(1, widest))
  const [width, height] = [widest * set + 2 * padding, lines.length * line + padding]
  const top = FRAME.height - bottom - height
  const middle = FRAME.width / 2
  return [
    {
      do: 'box',
      x: middle - width / 2,
      y: top,
      width,
      height,
      corner: 10,
      fill: captionGround,
      stroke: null,
    },
    ...lines.map((content, index): Line => {
      const y = top + padding / 2 + index * line + line / 2 + set * 0.35
      return { ...text(content, middle, y, set, captionInk), anchor: 'middle' }
    }),
  ]
}

const CARD_PADDING = 48

/** A question with its answers; once told, the right ones are ticked and the others step back. */
function cardItems(card: NonNullable<FilmWords['card']>, font: PictureFont): Item[] {
  const measure = CARD.width - 2 * CARD_PADDING
  for (let size = 40; ; size -= 2) {
    const { items, height } = cardText(card, size, measure, font)
    const whole = height + 2 * CARD_PADDING
    if (whole > CARD.height && size > 14) continue
    const y = CARD.y + Math.max(0, (CARD.height - whole) / 2)
    const sheet: Item = {
      do: 'box',
      ...CARD,
      y,
      height: whole,
      corner: 14,
      fill: paper,
      stroke: stroke('#D5DAE1', 2.5),
    }
    return [sheet, ...items.map((item): Item => moved(item, CARD.x + CARD_PADDING, y + CARD_PADDING))]
  }
}

function moved(item: Item, x: number, y: number): Item {
  if (item.do === 'text' || item.do === 'circle') return { ...item, x: item.x + x, y: item.y + y }
  if (item.do !== 'path') return item
  const segments = item.segments.map((segment) =>
    segment[0] === 'M' || segment[0] === 'L' ? ([segment[0], segment[1] + x, segment[2] + y] as const) : segment,
  )
  return { ...item, segments }
}

function cardText(
  { text: question, answers, why, told }: NonNullable<FilmWords['card']>,
  size: number,
  measure: number,
  font: PictureFont,
): { items: Item[]; height: number } {
  const items: Item[] = []
  const line = size * 1.4
  let y = 0
  const put = (content: string, x: number, letters: number, colour: string): void => {
    for (const row of wrapped(content, letters, measure - x, font)) {
      items.push(text(row, x, y + line * 0.72, letters, colour))
      y += line
    }
  }
  put(question, 0, size, ink)
  y += line * 0.4
  for (const [index, { text: answer, right }] of answers.entries()) {
    const colour = told ? (right ? '#00775A' : quiet) : ink
    if (told && right) items.push(tick(size, y + line * 0.5))
    else items.push(text(String.fromCharCode(65 + index), 4, y + line * 0.72, size * 0.9, told ? quiet : accents.light))
    put(answer, size * 1.6, size * 0.9, colour)
    y += line * 0.15
  }
  if (told && why !== '') {
    y += line * 0.3
    put(why, 0, size * 0.85, ink)
  }
  return { items, height: y }
}

const tick = (size: number, y: number): Item => ({
  do: 'path',
  segments: [
    ['M', size * 0.1, y],
    ['L', size * 0.4, y + size * 0.3],
    ['L', size * 0.95, y - size * 0.35],
  ],
  fill: null,
  stroke: stroke('#00775A', size * 0.12),
})

/** Broken between words; a word that is longer than a line stands alone and is cut. */
function wrapped(content: string, size: number, measure: number, font: PictureFont): string[] {
  const lines: string[] = []
  for (const word of content.split(/\s+/).filter((part) => part !== '')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && font.width(longer, size) <= measure) lines[lines.length - 1] = longer
    else lines.push(cut(word, size, measure, font))
  }
  return lines
}
