// A nested drawing as shapes: a box is as large as what lies in it. Boxes come before what they hold.
import type { Layout, NodeRecord } from '../../../contract/document.ts'
import type { Scene, SceneEdge, SceneNode } from '../../../contract/scene.ts'
import type { Mark } from '../../../contract/verdict.ts'
import { figuresOf, leastWidth, stripOf } from './captions.ts'
import { holds } from './kinds.ts'
import { EMPTY, GAP, HEAD, LEAF, PADDING } from './measures.ts'
import type { TopologyModel, TopologyNode } from './schema.ts'
import { texts as words } from './texts.ts'
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
      sublabel: tree.isFolded(node) ? words.inside(tree.within(node.id).length) : figuresOf(node),
      dots: [],
      mark: marks[node.id] ?? (tree.isFolded(node) ? worstIn(node, tree, marks) : null),
      strip: stripOf(node),
      ...(holds(node.kind) && { container: true as const }),
      ...(rim !== undefined && { rim }),
    })
    if (tree.isFolded(node)) for (const { id } of tree.within(node.id)) seen.add(id)
    else for (const child of tree.childrenOf(node.id)) add(child)
  }
  for (const node of tree.top) add(node)
  // What contains itself hangs on nothing; it is drawn all the same.
  for (const node of model.nodes) add(node)
  const shown = new Set(nodes.map(({ id }) => id))
  return { nodes, edges: model.edges.flatMap((edge) => ending(lineOf(edge, marks), shown, tree)) }
}

/** A line whose end is hidden goes to the box that hides it; one between two things in the same box is hidden as well. */
function ending(edge: SceneEdge, shown: ReadonlySet<string>, tree: Tree<TopologyNode>): SceneEdge[] {
  const seen = (id: string): string => {
    const node = tree.byId.get(id)
    if (shown.has(id) || node === undefined) return id
    return tree.around(node).find((box) => shown.has(box.id))?.id ?? id
  }
  const [from, to] = [seen(edge.from), seen(edge.to)]
  return from === to && edge.from !== edge.to ? [] : [{ ...edge, from, to }]
}

const gravity: readonly Mark[] = ['impossible', 'unsafe', 'ring', 'behind', 'free']

/** What is wrong in a folded box is seen on the box. */
function worstIn(box: TopologyNode, tree: Tree<TopologyNode>, marks: Readonly<Record<string, Mark>>): Mark | null {
  const inner = new Set(tree.within(box.id).map(({ id }) => marks[id]))
  return gravity.find((mark) => inner.has(mark)) ?? null
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
  const at = placeOf(layout, node.id)
  const { x, y } = at ?? { x: 0, y: 0 }
  const children: Box[] = []
  const placeless: TopologyNode[] = []
  for (const child of tree.isFolded(node) ? [] : tree.childrenOf(node.id)) {
    if (deeper.has(child.id)) continue
    if (hasPlace(child, tree, layout)) children.push(boxFor(child, tree, layout, known, deeper))
    else placeless.push(child)
  }
  // What a run has made has no place of its own: it stands below the others.
  for (const child of placeless) {
    const { width: wide, height: high } = holds(child.kind) ? EMPTY : LEAF
    const left = children[0]?.left ?? x - wide / 2
    const top = children.length === 0 ? y - high / 2 : Math.max(...children.map(({ bottom }) => bottom)) + GAP
    const box = { left, top, right: left + Math.max(wide, leastWidth(child)), bottom: top + high }
    known.set(child.id, box)
    children.push(box)
  }
  const { height } = holds(node.kind) ? EMPTY : LEAF
  const width = holds(node.kind) ? Math.max(EMPTY.width, leastWidth(node)) : LEAF.width
  const box =
    children.length === 0
      ? { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
      : around(children, node)
  known.set(node.id, box)
  return box
}

const placeOf = (layout: Layout, id: string): { x: number; y: number } | undefined =>
  Object.hasOwn(layout.positions, id) ? layout.positions[id] : undefined

/** Whether a thing, or something in it, has a place. */
function hasPlace(node: TopologyNode, tree: Tree<TopologyNode>, layout: Layout): boolean {
  return (
    placeOf(layout, node.id) !== undefined || tree.within(node.id).some(({ id }) => placeOf(layout, id) !== undefined)
  )
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
