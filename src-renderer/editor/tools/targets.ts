// What the pointer would meet: handles before nodes, nodes before edges, edges
// before boxes with others in them and notes. Distances are screen pixels.
import type { Point, SceneNode } from '@contract/scene.ts'
import type { Rect } from '../geometry.ts'
import { type Handle, handleUnder } from '../resize.ts'
import type { Desk } from './tool.ts'

/** Half of the 24 px in which the handle can be hit, and how far its centre stands off the rim. */
const HANDLE_REACH = 12
const HANDLE_GAP = 10
/** How far from a corner or side a resizable record can be pulled. */
const PULL_REACH = 7
/** Smallest width of a node on the screen, in pixels, that shows its handle. */
const SMALLEST_HOLDER = 18

export type Hit =
  { on: 'handle' | 'node' | 'edge' | 'note'; id: string } | { on: 'rim'; id: string; handle: Handle } | { on: 'canvas' }

/** Centre of the connect handle at the right rim of a node, on the screen. */
export function handlePlace(desk: Pick<Desk, 'camera'>, node: SceneNode): Point {
  const right = desk.camera.toScreen({ x: node.x + node.width / 2, y: node.y })
  return { x: right.x + HANDLE_GAP, y: right.y }
}

/** The node whose handle shows while nothing is under way: the hovered one, else the only selected one. */
export function handleNode(desk: Desk): SceneNode | null {
  if (!desk.linkable()) return null
  const hovered = desk.shown().hover
  const [only, ...others] = desk.selection.list()
  const id = hovered ?? (others.length === 0 ? only : undefined)
  const node = id === undefined ? undefined : desk.stage.node(id)
  // Seen from afar the handle would be larger than its node and lie over its neighbours.
  return node === undefined || node.width * desk.camera.zoom < SMALLEST_HOLDER ? null : node
}

/** The only selected record when its size can be changed, with its rectangle on the screen. */
export function resizable(desk: Desk): { id: string; box: Rect } | null {
  const [only, ...others] = desk.selection.list()
  if (!desk.editable() || only === undefined || others.length > 0) return null
  const note = desk.drawing.noteAt(only)
  return note === undefined ? null : { id: only, box: desk.camera.rectToScreen(note) }
}

export function hit(desk: Desk, at: Point): Hit {
  const holder = handleNode(desk)
  if (holder !== null) {
    const place = handlePlace(desk, holder)
    if (Math.hypot(at.x - place.x, at.y - place.y) <= HANDLE_REACH) return { on: 'handle', id: holder.id }
  }
  const sized = resizable(desk)
  const handle = sized === null ? null : handleUnder(sized.box, at, PULL_REACH)
  if (sized !== null && handle !== null) return { on: 'rim', id: sized.id, handle }
  const p = desk.camera.toCanvas(at)
  const node = desk.stage.nodeAt(p, 2 / desk.camera.zoom)
  // The inside of a box with others in it is a ground for their lines.
  if (node !== null && node.container !== true) return { on: 'node', id: node.id }
  const edge = desk.stage.edgeAt(p)
  if (edge !== null) return { on: 'edge', id: edge.id }
  if (node !== null) return { on: 'node', id: node.id }
  const note = desk.stage.noteAt(p)
  return note === null ? { on: 'canvas' } : { on: 'note', id: note.id }
}
