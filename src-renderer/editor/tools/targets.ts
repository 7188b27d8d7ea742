// What the pointer would meet: the connect handle before nodes, nodes before edges. Distances are screen pixels.
import type { Point, SceneNode } from '@contract/scene.ts'
import type { Desk } from './tool.ts'

/** Half of the 24 px in which the handle can be hit, and how far its centre stands off the rim. */
const HANDLE_REACH = 12
const HANDLE_GAP = 10

export type Hit = { on: 'handle' | 'node' | 'edge'; id: string } | { on: 'canvas' }

/** Centre of the connect handle at the right rim of a node, on the screen. */
export function handlePlace(desk: Pick<Desk, 'camera'>, node: SceneNode): Point {
  const right = desk.camera.toScreen({ x: node.x + node.width / 2, y: node.y })
  return { x: right.x + HANDLE_GAP, y: right.y }
}

/** The node whose handle shows while nothing is under way: the hovered one, else the only selected one. */
export function handleNode(desk: Desk): SceneNode | null {
  if (!desk.editable()) return null
  const hovered = desk.shown().hover
  const [only, ...others] = desk.selection.list()
  const id = hovered ?? (others.length === 0 ? only : undefined)
  return id === undefined ? null : (desk.stage.node(id) ?? null)
}

export function hit(desk: Desk, at: Point): Hit {
  const holder = handleNode(desk)
  if (holder !== null) {
    const place = handlePlace(desk, holder)
    if (Math.hypot(at.x - place.x, at.y - place.y) <= HANDLE_REACH) return { on: 'handle', id: holder.id }
  }
  const p = desk.camera.toCanvas(at)
  const node = desk.stage.nodeAt(p, 2 / desk.camera.zoom)
  if (node !== null) return { on: 'node', id: node.id }
  const edge = desk.stage.edgeAt(p)
  return edge === null ? { on: 'canvas' } : { on: 'edge', id: edge.id }
}
