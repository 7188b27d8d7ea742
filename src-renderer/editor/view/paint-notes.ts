// Paints the notes on the canvas: calm sheets with small type, below everything else. Lines break as in exported
// pictures (contract/note-text.ts). Knows no records.
import { NOTE_TYPE, noteLines } from '@contract/note-text.ts'
import type { SceneNote } from '@contract/scene.ts'
import { type Rect, overlap } from '../geometry.ts'
import type { Lettering } from './lettering.ts'
import type { CanvasTheme } from './view.ts'

const CORNER = 4
const OUTSIDE = 4

/** @param visible the part of the drawing that is seen; notes beside it are left out */
export function paintNotes(
  context: CanvasRenderingContext2D,
  notes: readonly SceneNote[],
  visible: Rect,
  { theme, lettering, zoom }: { theme: CanvasTheme; lettering: Lettering; zoom: number },
  selected: ReadonlySet<string>,
): void {
  for (const note of notes) {
    const { x, y, width, height } = note
    if (!overlap({ x: x - 8, y: y - 8, width: width + 16, height: height + 16 }, visible)) continue
    context.setLineDash([])
    context.fillStyle = theme.paper
    context.strokeStyle = theme.border
    context.lineWidth = Math.max(1, theme.stroke)
    sheet(context, note, 0)
    context.fill()
    context.stroke()
    if (selected.has(note.id)) {
      context.strokeStyle = theme.accent
      context.lineWidth = 2
      sheet(context, note, OUTSIDE)
      context.stroke()
    }
    write(context, note, theme, lettering, zoom)
  }
}

function sheet(context: CanvasRenderingContext2D, { x, y, width, height }: SceneNote, grow: number): void {
  context.beginPath()
  context.roundRect(x - grow, y - grow, width + 2 * grow, height + 2 * grow, CORNER + grow)
}

function write(
  context: CanvasRenderingContext2D,
  note: SceneNote,
  theme: CanvasTheme,
  lettering: Lettering,
  zoom: number,
): void {
  const { size, line, padding } = NOTE_TYPE
  const room = note.width - 2 * padding
  noteLines(note.text, note).forEach((text, index) => {
    const y = note.y + padding + (index + 0.5) * line
    const x = note.x + padding
    lettering.write(
      context,
      { text, x, y, size, weight: 400, colour: theme.text, align: 'left', room, halo: null },
      zoom,
    )
  })
}
