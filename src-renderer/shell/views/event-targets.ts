// What of a drawing that a run shows lies under the pointer, and what can happen with it. Pure.
import type { PossibleEvent } from '@contract/run.ts'
import type { Point, SceneTag } from '@contract/scene.ts'

/** A letter of a tag is about so wide, in canvas units. */
const LETTER = 6.4
const HALF_HEIGHT = 13

/** The tag at a point of the canvas that was painted last. */
export function tagAt(tags: readonly SceneTag[], p: Point): SceneTag | null {
  const covers = ({ x, y, text }: SceneTag): boolean =>
    Math.abs(p.x - x) <= Math.min(80, (text.length * LETTER) / 2 + 8) && Math.abs(p.y - y) <= HALF_HEIGHT
  return tags.findLast(covers) ?? null
}

/** What can happen with a thing, in the order in which it is offered. */
export function eventsOf(possible: readonly PossibleEvent[], id: string): PossibleEvent[] {
  return possible.filter(({ lights }) => lights.includes(id))
}

/** Events that a node alone is concerned with, such as its crash. */
export function eventsAt(possible: readonly PossibleEvent[], id: string): PossibleEvent[] {
  return possible.filter(({ lights }) => lights.length === 1 && lights[0] === id)
}
