// Where a space-time diagram lies in the window, and where its places come to lie. Pure.

/** One screen pixel is `zoom` units along the axis. */
export interface Place {
  /** time runs to the right, or down */
  across: boolean
  width: number
  height: number
  /** in screen pixels, how far the diagram is scrolled along the axis and across the lanes */
  along: number
  side: number
  zoom: number
  /** screen pixels between two lanes */
  lane: number
  /** room for the names of the lanes, and of the times */
  head: number
}

export interface Spot {
  x: number
  y: number
}

/** Where a place of the diagram lies on the screen. */
export function spotOf(place: Place, lane: number, along: number): Spot {
  const a = place.head + along * place.zoom - place.along
  const b = place.head + (lane + 0.5) * place.lane - place.side
  return place.across ? { x: a, y: b } : { x: b, y: a }
}

/** The part of the axis that is seen, with some room at both ends. */
export function seen(place: Place): [number, number] {
  const room = 60
  const length = place.across ? place.width : place.height
  return [(place.along - place.head - room) / place.zoom, (place.along + length + room) / place.zoom]
}
