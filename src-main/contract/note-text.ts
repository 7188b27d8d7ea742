// How a note on the canvas is set: where its lines break, and where it is cut. The canvas and every picture use this,
// so that they break alike, and nobody has to measure. Knows shapes and letters only.
import type { Note } from './document.ts'
import type { SceneNote } from './scene.ts'

/** Size of the letters and distance of the lines, in canvas units, and the room left free on each side of a note. */
export const NOTE_TYPE = { size: 13, line: 18, padding: 10 } as const
/** The smallest note: one line of a short word. */
export const NOTE_LEAST = { width: 64, height: NOTE_TYPE.line + 2 * NOTE_TYPE.padding } as const
/** A note that nobody has resized yet. */
export const NOTE_USUAL = { width: 208, height: 5 * NOTE_TYPE.line + 2 * NOTE_TYPE.padding } as const

/**
 * Widths of letters in hundredths of the size, rounded up from the advances of Inter (regular). Too much is harmless:
 * the right edge gets a little more room; too little would let a line leave the note.
 */
const widths: readonly (readonly [number, string])[] = [
  [25, 'ijlìíîï'],
  [30, " !',.:I ¡¦·¸ÌÍÎÏ‘’"],
  [35, ';`t|´¹'],
  [40, '()/[\\]fr'],
  [45, '1{}²³“”'],
  [50, '"-^_ª¯°º–'],
  [55, '*?ksx¥¿'],
  [60, '57FJLacehnouvyz¢§¨«µ»àáâãäåçèéêëðñòóôõöøùúûüýÿ'],
  [65, '#$&0234689EPRSTZbdgpq£¶ÈÉÊËÞßþ'],
  [70, '+<=>ABKVXY~¬®±ÀÁÂÃÄÅ×Ý÷€→'],
  [75, 'CDGHU¤ÇÐÙÚÛÜ'],
  [80, 'NOQÑÒÓÔÕÖØ'],
  [85, 'w¼½'],
  [90, 'm¾…'],
  [95, 'M©æ'],
  [100, '%@WÆ—'],
]
const widthOf = new Map(widths.flatMap(([width, letters]) => [...letters].map((letter) => [letter, width] as const)))
/** Any other letter; most scripts fit into a square, pictures are wider. */
const OTHER = 110
const PICTURE = 140

/** Width of a text in canvas units, never less than it is painted with the bundled font at the size of notes. */
export function noteWidth(text: string): number {
  let sum = 0
  for (const letter of text) sum += widthOf.get(letter) ?? (letter.length > 1 ? PICTURE : OTHER)
  return (sum * NOTE_TYPE.size) / 100
}

/**
 * The lines of a note: broken between words, inside a word only when it is longer than a line; paragraphs are kept.
 * Lines that do not fit into the height are left out, and the last one then ends with an ellipsis.
 * @param box width and height of the note in canvas units, at least those of NOTE_LEAST
 */
export function noteLines(text: string, box: { width: number; height: number }): string[] {
  const room = box.width - 2 * NOTE_TYPE.padding
  const most = Math.max(1, Math.floor((box.height - 2 * NOTE_TYPE.padding) / NOTE_TYPE.line))
  const lines: string[] = []
  for (const paragraph of text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n')) {
    // One line more than fits is enough to know that the text goes on.
    if (lines.length > most) break
    breakParagraph(paragraph, room, most + 1 - lines.length, lines)
  }
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), withEllipsis(lines[most - 1] ?? '', room)]
}

/** Height at which a note of this width shows all of its text. */
export const noteHeight = (text: string, width: number): number =>
  noteLines(text, { width, height: Infinity }).length * NOTE_TYPE.line + 2 * NOTE_TYPE.padding

function breakParagraph(paragraph: string, room: number, most: number, into: string[]): void {
  const enough = into.length + most
  let line = ''
  for (const piece of paragraph.match(/ +|[^ ]+/g) ?? []) {
    if (into.length >= enough) return
    if (noteWidth(line + piece) <= room) line += piece
    else if (piece.startsWith(' ')) {
      // Spaces at a break are not seen.
      into.push(line)
      line = ''
    } else {
      if (line.trim() !== '') into.push(line.trimEnd())
      line = ''
      for (const letter of piece) {
        if (line !== '' && noteWidth(line + letter) > room) {
          into.push(line)
          line = ''
          if (into.length >= enough) return
        }
        line += letter
      }
    }
  }
  into.push(line.trimEnd())
}

function withEllipsis(line: string, room: number): string {
  const letters = [...line]
  while (letters.length > 0 && noteWidth(`${letters.join('')}…`) > room) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/** The notes of a document that lie on the canvas, as a scene takes them. */
export function sceneNotes(notes: readonly Note[]): SceneNote[] {
  return notes.flatMap(({ id, text, place }) => (place === undefined ? [] : [{ id, text, ...place }]))
}
