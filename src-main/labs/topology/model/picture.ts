// A nested drawing as shapes: a box is as large as what lies in it. Boxes come before what they hold.
import type { Layout, NodeRecord } from '../../../contract/document.ts'
import type { Scene, SceneEdge, SceneNode } from '../../../contract/scene.ts'
import type { Mark } from '../../../contract/verdict.ts'
import { figuresOf, leastWidth, stripOf } from './captions.ts'
import { holds } from './kinds.ts'
import { EMPTY, HEAD, LEAF, PADDING } from './measures.ts'
import type { TopologyModel, TopologyNode } from './schema.ts'
import { type Tree, treeOf } from './tree.ts'

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const rims: Readonly<Record<string, SceneNode['rim']>> = {
  host: 'heavy',
  vm: 'double',
  namespace: 'dashed',
  cgroup: 'dashed',
  pod: 'dashed',
}

export function picture(model: TopologyModel, layout: Layout, marks: Readonly<Record<string, Mark>>): Scene {
  const tree = treeOf(model.nodes)
  const boxes = new Map<string, Box>()
  const nodes: SceneNode[] = []
  const seen = new Set<string>()
  const add = (node: TopologyNode): void => {
    if (seen.has(node.id)) return
    seen.add(node.id)
    const { left, top, right, bottom } = boxFor(node, tree, layout, boxes)
    const rim = rims[node.kind]
    nodes.push({
      id: node.id,
      kind: node.kind,
      x: (left + right) / 2,
      y: (top + bottom) / 2,
      width: right - left,
      height: bottom - top,
      outline: 'box',
      label: node.name,
      labelPlace: 'inside',
      sublabel: figuresOf(node),
      dots: [],
      mark: marks[node.id] ?? null,
      strip: stripOf(node),
      ...(holds(node.kind) && { container: true as const }),
      ...(rim !== undefined && { rim }),
    })
    for (const child of tree.childrenOf(node.id)) add(child)
  }
  for (const node of tree.top) add(node)
  // What contains itself hangs on nothing; it is drawn all the same.
  for (const node of model.nodes) add(node)
  return { nodes, edges: model.edges.map((edge) => lineOf(edge, marks)) }
}

function boxFor(
  node: TopologyNode,
  tree: Tree<TopologyNode>,
  layout: Layout,
  known: Map<string, Box>,
  inside: ReadonlySet<string> = new Set(),
): Box {
  const found = known.get(node.id)
  if (found !== undefined) return found
  const deeper = new Set([...inside, node.id])
  const children = tree
    .childrenOf(node.id)
    .filter(({ id }) => !deeper.has(id))
    .map((child) => boxFor(child, tree, layout, known, deeper))
  const at = Object.hasOwn(layout.positions, node.id) ? layout.positions[node.id] : undefined
  const { x, y } = at ?? { x: 0, y: 0 }
  const { height } = holds(node.kind) ? EMPTY : LEAF
  const width = holds(node.kind) ? Math.max(EMPTY.width, leastWidth(node)) : LEAF.width
  const box =
    children.length === 0
      ? { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
      : around(children, node)
  known.set(node.id, box)
  return box
}

/** The box around some others, wide enough for its own name. */
function around(children: readonly Box[], node: NodeRecord): Box {
  const left = Math.min(...children.map((box) => box.left)) - PADDING
  const right = Math.max(...children.map((box) => box.right)) + PADDING
  const more = Math.max(0, leastWidth(node) - (right - left))
  return {
    left,
    right: right + more,
    top: Math.min(...children.map((box) => box.top)) - HEAD,
    bottom: Math.max(...children.map((box) => box.bottom)) + PADDING,
  }
}

function lineOf(edge: TopologyModel['edges'][number], marks: Readonly<Record<string, Mark>>): SceneEdge {
  const { id, kind, from, to } = edge
  return {
    id,
    kind,
    from,
    to,
    start: null,
    line: kind === 'migrates' || kind === 'manages' ? 'dashed' : 'solid',
    arrow: kind === 'veth' || kind === 'attached' ? 'none' : kind === 'migrates' ? 'filled' : 'open',
    label: kind === 'veth' ? 'veth' : kind === 'migrates' ? 'live' : '',
    bend: 0,
    mark: marks[id] ?? null,
  }
}
