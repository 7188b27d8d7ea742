// How heavy names and lines have to be so that a room can read them, whatever the drawing's own zoom. Knows no drawing.

/** What a projector of 1080 lines shows at least: height of letters and width of lines, in its pixels. */
const LABEL = 24
const LINE = 3
const LINES = 1080
/** The drawing's own measures at factor 1, in canvas units: the size of a name, the thinnest line, what one factor adds. */
const NAME = 14
const THINNEST = 1.5
const ADDED = 1.75
/** Beyond this, names no longer fit their shapes: a drawing that large is better shown in parts. */
const MOST = 2.6

/**
 * Factors on type and strokes for a presentation.
 * @param zoom of the drawing, greater than 0
 * @param height of the page in its own pixels
 * @returns `type` between 1 and 2.6, `stroke` between 1 and 3, as the themes have them
 */
export function projected(zoom: number, height: number): { type: number; stroke: number } {
  const scale = height / LINES
  const type = (LABEL * scale) / (NAME * zoom)
  const stroke = 1 + ((LINE * scale) / zoom - THINNEST) / ADDED
  return { type: Math.min(MOST, Math.max(1, type)), stroke: Math.min(3, Math.max(1, stroke)) }
}
