// Scene shapes as cytoscape data: what an element needs, as plain values made anew each time, because cytoscape keeps
// and changes the very objects it is given.
import type { Scene, SceneEdge, SceneNode } from '@contract/scene.ts'
import { edgePath } from '../geometry.ts'
import { FACE_MARGIN } from './faces.ts'

export interface ElementShape {
  group: 'nodes' | 'edges'
  data: Record<string, string | number | null>
  position: { x: number; y: number } | null
  classes: string
}

const LABEL_SIZE = 14
const SUBLABEL_SIZE = 12
const SMALLEST = 9
const CHAR_WIDTH = 0.6

/** A sublabel is an element of its own behind its node; ids of records hold no blanks, so this can be no record's id. */
export const sublabelId = (id: string): string => `${id} sub`

export function nodeShape(node: SceneNode, face: string | null): ElementShape {
  const inside = node.labelPlace === 'inside'
  const fitting = (node.width - 10) / (Math.max([...node.label].length, 1) * CHAR_WIDTH)
  return {
    group: 'nodes',
    position: { x: node.x, y: node.y },
    data: {
      id: node.id,
      w: node.width,
      h: node.height,
      label: node.label,
      size: inside ? Math.round(Math.max(SMALLEST, Math.min(LABEL_SIZE, fitting))) : LABEL_SIZE,
      room: inside ? node.width - 6 : 220,
      face,
      fw: node.width + 2 * FACE_MARGIN,
      fh: node.height + 2 * FACE_MARGIN,
    },
    classes: [node.outline === 'box' ? 'box' : '', inside ? '' : node.labelPlace, node.mark ?? '']
      .filter(Boolean)
      .join(' '),
  }
}

export function sublabelShape(node: SceneNode): ElementShape | null {
  if (node.sublabel === '') return null
  return {
    group: 'nodes',
    position: { x: node.x, y: node.y },
    data: {
      id: sublabelId(node.id),
      w: node.width,
      h: node.height,
      label: node.sublabel,
      size: SUBLABEL_SIZE,
      room: 220,
    },
    classes: 'sub',
  }
}

export function edgeShape(edge: SceneEdge, from: SceneNode, to: SceneNode): ElementShape {
  const { control } = edgePath(edge, from, to)
  return {
    group: 'edges',
    position: null,
    data: {
      id: edge.id,
      source: edge.from,
      target: edge.to,
      label: edge.mark === 'impossible' ? `${edge.label} !`.trim() : edge.label,
      start: edge.start === null ? null : `${edge.start.x}px ${edge.start.y}px`,
      ...(control === null ? { bow: null, weight: null } : bow(from, to, control)),
    },
    classes: [edge.arrow, edge.line, edge.mark ?? ''].filter(Boolean).join(' '),
  }
}

/** A control point as cytoscape wants it: along the line between the centres, and sideways from it. */
function bow(
  from: { x: number; y: number },
  to: { x: number; y: number },
  control: { x: number; y: number },
): { bow: string; weight: string } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const [px, py] = [control.x - from.x, control.y - from.y]
  // Rounded, because cytoscape keeps every value it has ever parsed.
  const sideways = Math.round((dx * py - dy * px) / length)
  return { bow: `${sideways}px`, weight: String(Math.round(((px * dx + py * dy) / length ** 2) * 100) / 100) }
}

/** Which shapes of a scene differ from those of another, by id. */
export function changedIds(before: Scene | null, after: Scene): Set<string> {
  const nodes = new Map(before?.nodes.map((node) => [node.id, node]))
  const edges = new Map(before?.edges.map((edge) => [edge.id, edge]))
  const changed = new Set<string>()
  for (const node of after.nodes) if (!sameNode(nodes.get(node.id), node)) changed.add(node.id)
  for (const edge of after.edges) if (!sameEdge(edges.get(edge.id), edge)) changed.add(edge.id)
  return changed
}

// Field by field: this runs over the whole drawing for every change of it.
function sameNode(a: SceneNode | undefined, b: SceneNode): boolean {
  return (
    a !== undefined &&
    a.x === b.x &&
    a.y === b.y &&
    a.mark === b.mark &&
    a.label === b.label &&
    a.sublabel === b.sublabel &&
    a.width === b.width &&
    a.height === b.height &&
    a.outline === b.outline &&
    a.labelPlace === b.labelPlace &&
    a.kind === b.kind &&
    a.dots.length === b.dots.length &&
    a.dots.every((dot, i) => dot.x === b.dots[i]?.x && dot.y === b.dots[i].y && dot.taken === b.dots[i].taken)
  )
}

function sameEdge(a: SceneEdge | undefined, b: SceneEdge): boolean {
  return (
    a !== undefined &&
    a.from === b.from &&
    a.to === b.to &&
    a.mark === b.mark &&
    a.label === b.label &&
    a.bend === b.bend &&
    a.arrow === b.arrow &&
    a.line === b.line &&
    a.kind === b.kind &&
    a.start?.x === b.start?.x &&
    a.start?.y === b.start?.y
  )
}
