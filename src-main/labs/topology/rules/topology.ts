// A drawing with everything that rules ask for looked up once: what lies in what, by kind, lines by their ends, and for
// each thing the machine, system or hypervisor it runs on. So no rule costs more than what it looks at.
import { isSet, textOf } from '../model/properties.ts'
import type { TopologyEdge, TopologyModel, TopologyNode } from '../model/schema.ts'
import { type Tree, treeOf } from '../model/tree.ts'

type Kind = TopologyNode['kind']

export class Topology {
  readonly model: TopologyModel
  readonly tree: Tree<TopologyNode>
  readonly #byKind = new Map<string, TopologyNode[]>()
  readonly #from = new Map<string, TopologyEdge[]>()
  readonly #to = new Map<string, TopologyEdge[]>()
  readonly #around = new Map<TopologyNode, ReadonlyMap<string, TopologyNode>>()
  readonly #within = new Map<TopologyNode, readonly TopologyNode[]>()
  readonly #machines = new Map<TopologyNode, readonly TopologyNode[]>()

  constructor(model: TopologyModel) {
    this.model = model
    this.tree = treeOf(model.nodes)
    for (const node of model.nodes) push(this.#byKind, node.kind, node)
    for (const edge of model.edges) {
      push(this.#from, edge.from, edge)
      push(this.#to, edge.to, edge)
    }
  }

  of(kind: Kind): readonly TopologyNode[] {
    return this.#byKind.get(kind) ?? []
  }

  parent(node: TopologyNode): TopologyNode | null {
    return this.tree.parentOf(node)
  }

  children(node: TopologyNode, kind?: Kind): readonly TopologyNode[] {
    const all = this.tree.childrenOf(node.id)
    return kind === undefined ? all : all.filter((child) => child.kind === kind)
  }

  /** Things of a kind that lie in this one, at any depth. */
  within(node: TopologyNode, kind: Kind): readonly TopologyNode[] {
    let all = this.#within.get(node)
    if (all === undefined) this.#within.set(node, (all = this.tree.within(node.id)))
    return all.filter((inner) => inner.kind === kind)
  }

  /** The nearest thing of a kind around this one. */
  around(node: TopologyNode, kind: Kind): TopologyNode | null {
    let nearest = this.#around.get(node)
    if (nearest === undefined) {
      const found = new Map<string, TopologyNode>()
      for (const outer of this.tree.around(node)) if (!found.has(outer.kind)) found.set(outer.kind, outer)
      this.#around.set(node, (nearest = found))
    }
    return nearest.get(kind) ?? null
  }

  /** Things at the other end of lines of a kind that begin (or end) at this one. */
  targets(node: TopologyNode, kind: TopologyEdge['kind']): TopologyNode[] {
    return (this.#from.get(node.id) ?? []).flatMap((edge) => (edge.kind === kind ? (this.#node(edge.to) ?? []) : []))
  }

  sources(node: TopologyNode, kind: TopologyEdge['kind']): TopologyNode[] {
    return (this.#to.get(node.id) ?? []).flatMap((edge) => (edge.kind === kind ? (this.#node(edge.from) ?? []) : []))
  }

  edges(kind: TopologyEdge['kind']): readonly { edge: TopologyEdge; from: TopologyNode; to: TopologyNode }[] {
    return this.model.edges.flatMap((edge) => {
      const [from, to] = [this.#node(edge.from), this.#node(edge.to)]
      return edge.kind === kind && from !== undefined && to !== undefined ? [{ edge, from, to }] : []
    })
  }

  /** The operating system whose kernel this runs on. */
  kernel(node: TopologyNode): TopologyNode | null {
    return this.around(node, 'os')
  }

  host(node: TopologyNode): TopologyNode | null {
    return node.kind === 'host' ? node : this.around(node, 'host')
  }

  hypervisor(vm: TopologyNode): TopologyNode | null {
    return this.around(vm, 'hypervisor')
  }

  guests(vm: TopologyNode): readonly TopologyNode[] {
    return this.children(vm, 'os')
  }

  /** Machines that run directly on a host, not in another machine. */
  machinesOn(host: TopologyNode): readonly TopologyNode[] {
    const known = this.#machines.get(host)
    if (known !== undefined) return known
    const found = this.within(host, 'vm').filter((vm) => isSet(vm, 'running') && this.around(vm, 'vm') === null)
    this.#machines.set(host, found)
    return found
  }

  /** What a network namespace is called for this purpose: the box whose interfaces and ports a thing sees. */
  netScope(node: TopologyNode): TopologyNode | null {
    const joined = this.targets(node, 'member').find((one) => one.kind === 'namespace' && textOf(one, 'type') === 'net')
    if (joined !== undefined) return joined
    for (const outer of this.tree.around(node)) {
      if (outer.kind === 'pod' || outer.kind === 'os' || outer.kind === 'vm' || outer.kind === 'host') return outer
      if (outer.kind === 'namespace' && textOf(outer, 'type') === 'net') return outer
      if (outer.kind === 'container' && isSet(outer, 'net')) return outer
    }
    return null
  }

  #node(id: string): TopologyNode | undefined {
    return this.tree.byId.get(id)
  }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
