// Makes room in a nested drawing at the end of every gesture: boxes that came to lie on each other are pushed apart, and
// the place that is kept for a box with something in it is where the box stands. Knows no lab by name.
import type { Point, SceneNode } from '@contract/scene.ts'
import type { Drawing } from '../drawing.ts'
import { type Rect, boxOf } from '../geometry.ts'
import type { RecordDiff } from '../records/diff.ts'
import type { Stage } from '../stage.ts'
import { parentOf, withInner } from './nest.ts'

/** Room between boxes that lie side by side. */
const GAP = 16
/** Rounds of pushing in one box; each round moves what still overlaps. */
const ROUNDS = 40

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
 * How far each of some boxes has to go so that none lies on another.
 * @param held ids of those that a person has just put where they are; of two boxes one that is not held gives way
 */
export function apart(nodes: readonly SceneNode[], held: ReadonlySet<string>): ReadonlyMap<string, Point> {
  const boxes = nodes.map((node) => ({ id: node.id, held: held.has(node.id), rect: { ...boxOf(node) } }))
  const moved = new Map<string, Point>()
  for (let round = 0; round < ROUNDS; round += 1) {
    let still = true
    boxes.sort((a, b) => a.rect.x - b.rect.x)
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        if (b.rect.x >= a.rect.x + a.rect.width + GAP) break
        const by = push(a.rect, b.rect)
        if (by === null) continue
        still = false
        // Of two that are both held, or both not, the one further right and down gives way.
        const [mover, sign] = a.held === b.held || a.held ? [b, 1] : [a, -1]
        const step = { x: Math.ceil(by.x) * sign, y: Math.ceil(by.y) * sign }
        mover.rect.x += step.x
        mover.rect.y += step.y
        const before = moved.get(mover.id) ?? { x: 0, y: 0 }
        moved.set(mover.id, { x: before.x + step.x, y: before.y + step.y })
      }
    }
    if (still) break
  }
  return moved
}

/** The shortest way in which `b` goes off `a`; null when they have their room. */
function push(a: Rect, b: Rect): Point | null {
  const [left, right] = [b.x + b.width + GAP - a.x, a.x + a.width + GAP - b.x]
  const [up, down] = [b.y + b.height + GAP - a.y, a.y + a.height + GAP - b.y]
  if (left <= 0 || right <= 0 || up <= 0 || down <= 0) return null
  const along = right <= left ? right : -left
  const across = down <= up ? down : -up
  return Math.abs(along) <= Math.abs(across) ? { x: along, y: 0 } : { x: 0, y: across }
}
