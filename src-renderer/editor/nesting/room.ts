// Makes room in a nested drawing at the end of every gesture: boxes that came to lie on each other are pushed apart, and
// the place that is kept for a box with something in it is where the box stands. Knows no lab by name.
import type { Point, SceneNode } from '@contract/scene.ts'
import type { Drawing } from '../drawing.ts'
import { type Rect, boxOf, overlap } from '../geometry.ts'
import type { RecordDiff } from '../records/diff.ts'
import type { Stage } from '../stage.ts'
import { parentOf, withInner } from './nest.ts'

/** Room between boxes that lie side by side. */
const GAP = 16

/** What history does at the end of each gesture, as a part of it. */
export function roomKeeper(drawing: Drawing, stage: Stage) {
  return (diff: RecordDiff): void => {
    if (drawing.lab.nesting === undefined) return
    const changed = new Set([...diff.added.keys(), ...diff.updated.keys(), ...diff.removed.keys()].flatMap(idOf))
    if (changed.size === 0) return
    for (const level of levels(drawing)) {
      // The boxes of a level are as large as what lies in them, which may just have been moved.
      const nodes = new Map(stage.scene().nodes.map((node) => [node.id, node]))
      const moves = new Map<string, Point>()
      for (const group of level) {
        const boxes = group.flatMap((id) => nodes.get(id) ?? [])
        for (const [id, by] of apart(boxes, changed)) moves.set(id, by)
      }
      if (moves.size === 0) continue
      drawing.store.change('later', (draft) => {
        for (const [top, by] of moves) {
          for (const id of withInner(drawing, [top])) {
            const at = draft.get('positions', id)
            if (at !== undefined) draft.put('positions', { id, x: Number(at['x']) + by.x, y: Number(at['y']) + by.y })
          }
        }
      })
    }
    const full = stage.scene().nodes.filter(({ id }) => drawing.childrenOf(id).length > 0)
    const off = full.filter(({ id, x, y }) => {
      const at = drawing.position(id)
      return at === undefined || at.x !== Math.round(x) || at.y !== Math.round(y)
    })
    if (off.length === 0) return
    drawing.store.change('later', (draft) => {
      for (const { id, x, y } of off) draft.put('positions', { id, x: Math.round(x), y: Math.round(y) })
    })
  }
}

const idOf = (key: string): string[] =>
  key.startsWith('nodes/') || key.startsWith('positions/') ? [key.slice(key.indexOf('/') + 1)] : []

/** Groups of nodes that lie in the same box, the innermost boxes first and the top level last. */
function levels(drawing: Drawing): string[][][] {
  const found: string[][][] = []
  const seen = new Set<string>()
  let level = [drawing.nodes().flatMap((node) => (parentOf(node) === null ? [node.id] : []))]
  while (level.some((group) => group.length > 0)) {
    found.push(level)
    for (const id of level.flat()) seen.add(id)
    level = level
      .flat()
      .map((id) => drawing.childrenOf(id).filter((child) => !seen.has(child)))
      .filter((group) => group.length > 0)
  }
  return found.reverse()
}

/**
 * How far each of some boxes has to go so that none lies on another. One after the other is put as near to where it was
 * as those before it leave room.
 * @param held ids of those that a person has just put where they are: they come first, and the others give way
 */
export function apart(nodes: readonly SceneNode[], held: ReadonlySet<string>): ReadonlyMap<string, Point> {
  const boxes = nodes.map((node) => ({ id: node.id, rect: boxOf(node) }))
  const order = [...boxes].sort((a, b) => Number(held.has(b.id)) - Number(held.has(a.id)))
  const placed: Rect[] = []
  const moved = new Map<string, Point>()
  for (const { id, rect } of order) {
    const by = wayOff(rect, placed)
    placed.push({ ...rect, x: rect.x + by.x, y: rect.y + by.y })
    if (by.x !== 0 || by.y !== 0) moved.set(id, by)
  }
  return moved
}

/** The shortest way, along one axis, to where a box has its room. Beyond the furthest of the others there always is. */
function wayOff(rect: Rect, others: readonly Rect[]): Point {
  const free = ({ x, y }: Point): boolean => {
    const there = { ...rect, x: rect.x + x, y: rect.y + y }
    return !others.some((other) => overlap(there, grown(other)))
  }
  const ways = others
    .flatMap((other): Point[] => [
      { x: Math.ceil(other.x + other.width + GAP - rect.x), y: 0 },
      { x: Math.floor(other.x - GAP - rect.width - rect.x), y: 0 },
      { x: 0, y: Math.ceil(other.y + other.height + GAP - rect.y) },
      { x: 0, y: Math.floor(other.y - GAP - rect.height - rect.y) },
    ])
    .sort((a, b) => Math.abs(a.x + a.y) - Math.abs(b.x + b.y))
  return [{ x: 0, y: 0 }, ...ways].find(free) ?? { x: 0, y: 0 }
}

const grown = ({ x, y, width, height }: Rect): Rect => ({
  x: x - GAP,
  y: y - GAP,
  width: width + 2 * GAP,
  height: height + 2 * GAP,
})
