// Which notes go along when a drawing is tidied up, and where to: a note that stood beside a node stays beside it.
// Pure geometry; knows no records.
import type { Point, SceneNote } from '@contract/scene.ts'
import { type Rect, overlap } from '../geometry.ts'

/** A note further than this from every node belongs to none. */
const BESIDE = 160
const STEP = 24
/** Room around a node for its name and badge, which no note should cover. */
const AROUND = { x: 40, y: 28 }

/**
 * How far notes go, so that each keeps its place beside the node nearest to it and covers no node afterwards.
 * @param before rectangles of the nodes as they were
 * @param after the same nodes where they will be
 */
export function followers(
  notes: readonly SceneNote[],
  before: ReadonlyMap<string, Rect>,
  after: ReadonlyMap<string, Rect>,
): Map<string, Point> {
  const moves = new Map<string, Point>()
  const taken = [...after.values()].map(({ x, y, width, height }): Rect => ({
    x: x - AROUND.x,
    y: y - AROUND.y,
    width: width + 2 * AROUND.x,
    height: height + 2 * AROUND.y,
  }))
  for (const note of notes) {
    let [nearest, best] = ['', BESIDE]
    for (const [id, rect] of before) {
      const distance = apart(note, rect)
      if (distance < best) [nearest, best] = [id, distance]
    }
    const [was, is] = [before.get(nearest), after.get(nearest)]
    const by = was === undefined || is === undefined ? { x: 0, y: 0 } : { x: is.x - was.x, y: is.y - was.y }
    const wished = { ...note, x: note.x + by.x, y: note.y + by.y }
    const place = free(wished, taken)
    taken.push(place)
    if (place.x !== note.x || place.y !== note.y) moves.set(note.id, { x: place.x - note.x, y: place.y - note.y })
  }
  return moves
}

/** Distance between two rectangles, 0 when they touch. */
function apart(a: Rect, b: Rect): number {
  const dx = Math.max(a.x - b.x - b.width, b.x - a.x - a.width, 0)
  const dy = Math.max(a.y - b.y - b.height, b.y - a.y - a.height, 0)
  return Math.hypot(dx, dy)
}

/** The place nearest to the wished one, on rings around it, that covers nothing. */
function free(wished: Rect, taken: readonly Rect[]): Rect {
  for (let ring = 0; ring <= 60; ring += 1) {
    for (let i = 0; i < Math.max(1, ring * 8); i += 1) {
      const angle = (i / Math.max(1, ring * 8)) * 2 * Math.PI
      const x = Math.round(wished.x + Math.cos(angle) * ring * STEP)
      const y = Math.round(wished.y + Math.sin(angle) * ring * STEP)
      const place = { x, y, width: wished.width, height: wished.height }
      if (!taken.some((rect) => overlap(rect, place))) return place
    }
  }
  return wished
}
