// Makes room in a nested drawing at the end of every gesture: boxes that came to lie on each other are pushed apart, and
// the place that is kept for a box with something in it is where the box stands. Knows no lab by name.
import type { GraphModel } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import type { Point, SceneNode } from '@contract/scene.ts'
import type { Drawing } from '../drawing.ts'
import { type Rect, boxOf, overlap } from '../geometry.ts'
import type { RecordDiff } from '../records/diff.ts'
import { childrenById, parentOf } from './nest.ts'

/** Room between boxes that lie side by side. */
const GAP = 16

type Places = Record<string, Point>

/** What history does at the end of each gesture, as a part of it. */
export function roomKeeper(drawing: Drawing) {
  return (diff: RecordDiff): void => {
    if (drawing.lab.nesting === undefined) return
    const changed = new Set([...diff.added.keys(), ...diff.updated.keys(), ...diff.removed.keys()].flatMap(idOf))
    if (changed.size === 0) return
    const before = drawing.layout().positions
    const after = withRoom(drawing.lab, drawing.model(), before, changed)
    const moved = Object.entries(after).filter(([id, { x, y }]) => before[id]?.x !== x || before[id]?.y !== y)
    if (moved.length === 0) return
    drawing.store.change('later', (draft) => {
      for (const [id, { x, y }] of moved) draft.put('positions', { id, x, y })
    })
  }
}

const idOf = (key: string): string[] =>
  key.startsWith('nodes/') || key.startsWith('positions/') ? [key.slice(key.indexOf('/') + 1)] : []

/**
 * Places at which no box lies on another one of its level, and at which the place that is kept for a box with something
 * in it is the middle of that box.
 * @param held ids of those that stay where they are while others give way
 */
export function withRoom(lab: LabModel, model: GraphModel, places: Places, held: ReadonlySet<string>): Places {
  const children = childrenById(model.nodes)
  const now = { ...places }
  const boxes = (): SceneNode[] => lab.picture(model, { positions: now }, {}).nodes
  for (const level of levels(model, children)) {
    // The boxes of a level are as large as what lies in them, which may just have been moved.
    const nodes = new Map(boxes().map((node) => [node.id, node]))
    for (const group of level) {
      for (const [top, by] of apart(
        group.flatMap((id) => nodes.get(id) ?? []),
        held,
      )) {
        shift(now, inside(top, children), by)
      }
    }
  }
  for (const { id, x, y } of boxes()) {
    if ((children.get(id) ?? []).length > 0 && now[id] !== undefined) now[id] = { x: Math.round(x), y: Math.round(y) }
  }
  return now
}

/** Moves some places by the same way, in place. */
export function shift(places: Places, ids: Iterable<string>, by: Point): void {
  for (const id of ids) {
    const at = places[id]
    if (at !== undefined) places[id] = { x: at.x + by.x, y: at.y + by.y }
  }
}

/** A node and all that lies in it, at any depth. */
export function inside(top: string, children: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([top])
  // A set that grows while it is gone through gives what was added as well; what is there already ends a cycle.
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child)
  return found
}

/** Groups of nodes that lie in the same box, the innermost boxes first and the top level last. */
function levels(model: GraphModel, children: ReadonlyMap<string, readonly string[]>): string[][][] {
  const found: string[][][] = []
  const seen = new Set<string>()
  let level = [model.nodes.flatMap((node) => (parentOf(node) === null ? [node.id] : []))]
  while (level.some((group) => group.length > 0)) {
    found.push(level)
    for (const id of level.flat()) seen.add(id)
    level = level
      .flat()
      .map((id) => (children.get(id) ?? []).filter((child) => !seen.has(child)))
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
