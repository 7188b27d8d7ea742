// Which shapes of a scene differ from those of another. Knows no canvas.
import type { Scene, SceneEdge, SceneNode } from '@contract/scene.ts'

/** Ids of nodes and edges that are new or look different, and of edges whose ends moved or changed their size. */
export function changedIds(before: Scene | null, after: Scene): Set<string> {
  const nodes = new Map(before?.nodes.map((node) => [node.id, node]))
  const edges = new Map(before?.edges.map((edge) => [edge.id, edge]))
  const changed = new Set<string>()
  for (const node of after.nodes) if (!sameNode(nodes.get(node.id), node)) changed.add(node.id)
  for (const edge of after.edges) {
    const other = edges.get(edge.id)
    if (changed.has(edge.from) || changed.has(edge.to) || !sameEdge(other, edge)) changed.add(edge.id)
  }
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
