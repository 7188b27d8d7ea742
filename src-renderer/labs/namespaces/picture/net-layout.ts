// Where the boxes of the network picture go, and how the cables run between them. Pure; in CSS pixels.
import type { Cable, NetBox } from './network.ts'

export const BOX = { width: 236, head: 46, port: 44, foot: 8, gapX: 88, gapY: 20, margin: 12 }
/** Most interfaces of one box that are drawn; those with a cable come first. */
export const MOST_PORTS = 10

export interface PlacedBox {
  box: NetBox
  x: number
  y: number
  height: number
  ports: NetBox['ports']
  left: number
}

export interface PlacedCable {
  cable: Cable
  path: string
  /** where it meets the boxes */
  ends: readonly Spot[]
}

export interface Spot {
  x: number
  y: number
}

export interface NetLayout {
  boxes: readonly PlacedBox[]
  cables: readonly PlacedCable[]
  width: number
  height: number
}

/** @param width what there is; as many boxes stand beside each other as fit, at least one */
export function layoutOf(boxes: readonly NetBox[], cables: readonly Cable[], width: number): NetLayout {
  const { gapX, gapY, margin } = BOX
  const room = Math.max(1, Math.floor((width - 2 * margin + gapX) / (BOX.width + gapX)))
  const columns = Math.min(room, Math.max(1, boxes.length))
  const heights = Array.from({ length: columns }, () => margin)
  const cabled = new Set(cables.flatMap(({ ends }) => ends))
  const placed = boxes.map((box, index): PlacedBox => {
    const column = index % columns
    const sorted = box.ports.toSorted((one, other) => Number(cabled.has(other.id)) - Number(cabled.has(one.id)))
    const ports = sorted.slice(0, MOST_PORTS)
    const left = sorted.length - ports.length
    const height = BOX.head + ports.length * BOX.port + (left > 0 ? 24 : 0) + BOX.foot
    const y = heights[column] ?? margin
    heights[column] = y + height + gapY
    return { box, x: margin + column * (BOX.width + gapX), y, height, ports, left }
  })
  const spots = new Map<string, Spot>()
  for (const { x, y, ports } of placed) {
    ports.forEach((port, index) => spots.set(port.id, { x, y: y + BOX.head + index * BOX.port + BOX.port / 2 }))
  }
  return {
    boxes: placed,
    cables: cables.flatMap((cable) => {
      const [one, other] = cable.ends.map((end) => spots.get(end))
      return one === undefined || other === undefined ? [] : [{ cable, ...wayOf(one, other) }]
    }),
    width: 2 * margin + columns * BOX.width + (columns - 1) * gapX,
    height: Math.max(...heights, margin),
  }
}

/** Between two columns from side to side; within one column around the right side. */
function wayOf(one: Spot, other: Spot): { path: string; ends: readonly Spot[] } {
  if (one.x === other.x) {
    const side = one.x + BOX.width
    const out = side + BOX.gapX / 2
    const ends = [one, other].map(({ y }) => ({ x: side, y }))
    return { path: `M ${side} ${one.y} C ${out} ${one.y} ${out} ${other.y} ${side} ${other.y}`, ends }
  }
  const [from, to] = one.x < other.x ? [one, other] : [other, one]
  const start = from.x + BOX.width
  const middle = (start + to.x) / 2
  const path = `M ${start} ${from.y} C ${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`
  return { path, ends: [{ x: start, y: from.y }, to] }
}
