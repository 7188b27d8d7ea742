// Moves boxes apart that overlap, as little as possible. Pure geometry, without chance.
import type { Point } from '../contract/scene.ts'

/** Room that is kept between boxes that had to be moved apart. */
const ROOM = 24
const ROUNDS = 12
const SPREAD = 1.12

/**
 * Centres near the given ones at which no two boxes overlap.
 * Pairs are pushed apart along the shorter way. Where that does not end soon there is too little room, so everything
 * is spread a little first; points that coincide are pushed apart too, so this comes to an end.
 */
export function separate(points: readonly Point[], sizes: readonly { width: number; height: number }[]): Point[] {
  const places = points.map(({ x, y }) => ({ x, y }))
  for (;;) {
    for (let round = 0; round < ROUNDS; round += 1) {
      if (!pushed(places, sizes)) return places
    }
    for (const place of places) [place.x, place.y] = [place.x * SPREAD, place.y * SPREAD]
  }
}

function pushed(places: readonly Point[], sizes: readonly { width: number; height: number }[]): boolean {
  return eachPair(places, sizes, (a, b, over) => {
    if (over.x <= over.y) {
      const by = (over.x / 2) * (a.x <= b.x ? 1 : -1)
      ;[a.x, b.x] = [a.x - by, b.x + by]
    } else {
      const by = (over.y / 2) * (a.y <= b.y ? 1 : -1)
      ;[a.y, b.y] = [a.y - by, b.y + by]
    }
  })
}

/** Calls back for each pair that overlaps; returns whether there was one. */
function eachPair(
  places: readonly Point[],
  sizes: readonly { width: number; height: number }[],
  then: (a: Point, b: Point, over: Point) => void,
): boolean {
  let found = false
  for (let i = 0; i < places.length; i += 1) {
    const [a, one] = [places[i], sizes[i]]
    if (a === undefined || one === undefined) continue
    for (let j = 0; j < i; j += 1) {
      const [b, two] = [places[j], sizes[j]]
      if (b === undefined || two === undefined) continue
      const x = (one.width + two.width) / 2 + ROOM - Math.abs(a.x - b.x)
      const y = (one.height + two.height) / 2 + ROOM - Math.abs(a.y - b.y)
      // A touch more or less than the room is no overlap; without it rounding would never end.
      if (x <= 0.01 || y <= 0.01) continue
      found = true
      then(a, b, { x, y })
    }
  }
  return found
}
