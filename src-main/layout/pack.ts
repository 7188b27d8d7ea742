// Puts the parts of a drawing side by side, in rows that together are a little wider than high. Pure geometry.

/** A box by the number of its node and its centre. */
export interface Placed {
  node: number
  x: number
  y: number
  width: number
  height: number
}

const WIDER = 1.6

interface Part {
  boxes: readonly Placed[]
  left: number
  top: number
  width: number
  height: number
}

/** The boxes of all parts, the largest part first; the upper left corner of everything is the origin. */
export function pack(parts: readonly (readonly Placed[])[], gap: number): Placed[] {
  const measured = parts.map(measure).sort((a, b) => b.width * b.height - a.width * a.height)
  const area = measured.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0)
  const widest = measured.reduce((most, { width }) => Math.max(most, width), 0)
  const most = Math.max(widest, Math.sqrt(area * WIDER))
  const placed: Placed[] = []
  let [x, y, row] = [0, 0, 0]
  for (const part of measured) {
    if (x > 0 && x + part.width > most) [x, y, row] = [0, y + row + gap, 0]
    for (const box of part.boxes) placed.push({ ...box, x: box.x - part.left + x, y: box.y - part.top + y })
    x += part.width + gap
    row = Math.max(row, part.height)
  }
  return placed
}

function measure(boxes: readonly Placed[]): Part {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x - width / 2)
    top = Math.min(top, y - height / 2)
    right = Math.max(right, x + width / 2)
    bottom = Math.max(bottom, y + height / 2)
  }
  return { boxes, left, top, width: right - left, height: bottom - top }
}
