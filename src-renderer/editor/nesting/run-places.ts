// Where things stand while a run shows a nested drawing in which some of them have gone into other boxes: beside what lies
// there already, with room made around. Everything else keeps its place. Pure; knows no lab by name.
import type { GraphModel, Layout } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import { type Rect, boxOf, union } from '../geometry.ts'
import { childrenById, parentOf } from './nest.ts'
import { inside, shift, withRoom } from './room.ts'

const GAP = 24

/**
 * @param drawn the drawing, to which the layout belongs
 * @param shown the drawing as a moment of the run has it
 * @returns the layout itself when nothing has changed its box
 */
export function runPlaces(lab: LabModel, drawn: GraphModel, layout: Layout, shown: GraphModel): Layout {
  if (lab.nesting === undefined || drawn === shown) return layout
  const before = new Map(drawn.nodes.map((node) => [node.id, parentOf(node)]))
  const moved = new Set(
    shown.nodes.flatMap((node) => {
      const box = before.get(node.id)
      return box !== undefined && box !== parentOf(node) ? [node.id] : []
    }),
  )
  if (moved.size === 0) return layout
  const rects = new Map(lab.picture(drawn, layout, {}).nodes.map((node) => [node.id, boxOf(node)]))
  const children = childrenById(shown.nodes)
  const places = { ...layout.positions }
  const waiting = new Set(moved)
  const held = new Set(moved)
  for (const node of shown.nodes) {
    const own = rects.get(node.id)
    const box = parentOf(node)
    if (!moved.has(node.id) || own === undefined) continue
    waiting.delete(node.id)
    if (box === null) continue
    held.add(box)
    const there = (children.get(box) ?? []).filter((id) => id !== node.id && !waiting.has(id))
    const to = placeBeside(
      own,
      there.flatMap((id) => rects.get(id) ?? []),
      rects.get(box),
    )
    const by = { x: Math.round(to.x - own.x), y: Math.round(to.y - own.y) }
    shift(places, inside(node.id, children), by)
    for (const id of inside(node.id, children)) {
      const rect = rects.get(id)
      if (rect !== undefined) rects.set(id, { ...rect, x: rect.x + by.x, y: rect.y + by.y })
    }
  }
  return { ...layout, positions: withRoom(lab, shown, places, held) }
}

/** The corner at which something of this size stands: right of what is there, else in the middle of the empty box. */
function placeBeside({ width, height }: Rect, there: readonly Rect[], box: Rect | undefined): { x: number; y: number } {
  const around = union(there)
  if (around !== null) return { x: around.x + around.width + GAP, y: around.y }
  if (box === undefined) return { x: 0, y: 0 }
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2 }
}
