// Where the words of a box in a nested drawing stand: in the strip along its top when others lie in it, else in the
// middle. One place for all painters, so that what is exported is what is seen.
import { type SceneNode, STRIP_HEIGHT } from './scene.ts'

export interface StripLine {
  what: 'strip' | 'label' | 'sublabel'
  text: string
  /** its start, middle or end, as `align` says */
  x: number
  /** its middle */
  y: number
  size: number
  align: 'left' | 'center' | 'right'
  /** widest it may be */
  room: number
}

const LABEL_SIZE = 14
const SMALL_SIZE = 11.5
const INSET = 10
/** Mean width of a letter and of a capital, as shares of the size. */
const LETTER = 0.54
const CAPITAL = 0.7

function widthOf(text: string, size: number): number {
  let width = 0
  for (const letter of text) width += letter >= 'A' && letter <= 'Z' ? CAPITAL : LETTER
  return width * size
}

/** @param node one with a `strip` */
export function stripLines(node: SceneNode): StripLine[] {
  const { x, y, width, height, label, sublabel, strip = '' } = node
  const [left, right, top] = [x - width / 2 + INSET, x + width / 2 - INSET, y - height / 2]
  if (node.container === true) {
    const middle = top + STRIP_HEIGHT / 2
    const kind = widthOf(strip, SMALL_SIZE) + 8
    const room = right - left - kind
    const name = Math.min(room, widthOf(label, LABEL_SIZE))
    const rest = room - name - 12
    const lines: StripLine[] = [
      { what: 'strip', text: strip, x: left, y: middle, size: SMALL_SIZE, align: 'left', room: kind },
      { what: 'label', text: label, x: left + kind, y: middle, size: LABEL_SIZE, align: 'left', room },
    ]
    // Figures that do not fit whole say less than none.
    if (widthOf(sublabel, SMALL_SIZE) <= rest) {
      lines.push({
        what: 'sublabel',
        text: sublabel,
        x: right,
        y: middle,
        size: SMALL_SIZE,
        align: 'right',
        room: rest,
      })
    }
    return lines.filter(({ text }) => text !== '')
  }
  const room = width - INSET
  const lower = sublabel === '' ? 4 : 0
  const lines: StripLine[] = [
    { what: 'strip', text: strip, x, y: top + 13 + lower, size: SMALL_SIZE, align: 'center', room },
    { what: 'label', text: label, x, y: top + height / 2 + lower, size: LABEL_SIZE, align: 'center', room },
    { what: 'sublabel', text: sublabel, x, y: top + height - 13, size: SMALL_SIZE, align: 'center', room },
  ]
  return lines.filter(({ text }) => text !== '')
}
