// Where the nodes of a generated drawing stand: rings as circles side by side, everything else in layers below them.
import type { Point } from '../../../contract/scene.ts'
import { layered } from '../../../layout/layered.ts'
import type { DeadlockModel } from '../model/schema.ts'

/** room that a node takes with its name and what is written below it, in canvas units */
const ROOM = { width: 84, height: 96 }
/** distance between neighbours on a circle */
const APART = 112
const LEAST_RADIUS = 130
const BETWEEN = 150

/** @param rings ids of the nodes on each ring, in its order */
export function placesOf({ nodes, edges }: DeadlockModel, rings: readonly string[][]): Record<string, Point> {
  const places: Record<string, Point> = {}
  let left = 0
  let bottom = 0
  for (const ring of rings) {
    const radius = Math.max(LEAST_RADIUS, (ring.length * APART) / (2 * Math.PI))
    ring.forEach((id, index) => {
      const angle = (index / ring.length) * 2 * Math.PI - Math.PI / 2
      places[id] = {
        x: Math.round(left + radius + radius * Math.cos(angle)),
        y: Math.round(radius + radius * Math.sin(angle)),
      }
    })
    left += 2 * radius + BETWEEN
    bottom = Math.max(bottom, 2 * radius)
  }
  const others = nodes.filter(({ id }) => !Object.hasOwn(places, id)).map(({ id }) => ({ id, ...ROOM }))
  const below = layered(others, edges, { direction: 'right' })
  // Centred below the rings; without rings it is the whole drawing.
  const width = Math.max(0, ...Object.values(below).map(({ x }) => x + ROOM.width / 2))
  const shift = rings.length === 0 ? 0 : Math.round((left - BETWEEN - width) / 2)
  const top = rings.length === 0 ? 0 : bottom + BETWEEN - 40
  for (const [id, { x, y }] of Object.entries(below)) places[id] = { x: x + shift, y: Math.round(y + top) }
  return places
}
