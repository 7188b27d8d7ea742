// From the components of the waiting graph to rings: who is in each, and one shortest cycle that shows it.
import type { Adjacency } from './adjacency.ts'
import type { Components } from './components.ts'

export interface Ring {
  /** processes of the component, ascending */
  members: Int32Array
  /** a shortest cycle through the lowest member, as vertices from that member on, without the repeated end */
  witness: Int32Array
}

/**
 * @param waiting edges among deadlocked processes and the types they wait for
 * @param processes vertices below this number are processes
 * @returns the rings by ascending lowest member, and by vertex the ring it belongs to (-1: none)
 */
export function findRings(
  waiting: Adjacency,
  processes: number,
  { of, size }: Components,
): { rings: Ring[]; ringOf: Int32Array } {
  const rings: Ring[] = []
  const ringOf = new Int32Array(waiting.vertices).fill(-1)
  const ringOfComponent = new Int32Array(size.length).fill(-1)
  const membersOf: number[][] = []
  for (let v = 0; v < waiting.vertices; v += 1) {
    const component = of[v]!
    // A component of one vertex is no cycle: an edge never joins a vertex with itself, since a process that asks for
    // what it holds forms a component with that type.
    if (size[component]! < 2) continue
    if (ringOfComponent[component] === -1) {
      ringOfComponent[component] = membersOf.length
      membersOf.push([])
    }
    const ring = ringOfComponent[component]!
    ringOf[v] = ring
    if (v < processes) membersOf[ring]!.push(v)
  }

  const parent = new Int32Array(waiting.vertices).fill(-1)
  const queue = new Int32Array(waiting.vertices)
  for (const members of membersOf) {
    rings.push({
      members: Int32Array.from(members),
      witness: shortestCycle(waiting, members[0]!, ringOf, parent, queue),
    })
  }
  return { rings, ringOf }
}

/** Breadth first from `root` inside its ring until an edge leads back; rings share no vertex, so `parent` is never reset. */
function shortestCycle(
  { start, to }: Adjacency,
  root: number,
  ringOf: Int32Array,
  parent: Int32Array,
  queue: Int32Array,
): Int32Array {
  const ring = ringOf[root]!
  queue[0] = root
  let filled = 1
  for (let next = 0; next < filled; next += 1) {
    const v = queue[next]!
    for (let edge = start[v]!; edge < start[v + 1]!; edge += 1) {
      const w = to[edge]!
      if (w === root) return pathTo(v, root, parent)
      if (ringOf[w] !== ring || parent[w] !== -1) continue
      parent[w] = v
      queue[filled++] = w
    }
  }
  throw new Error('a component of several vertices has a cycle through each of them')
}

function pathTo(last: number, root: number, parent: Int32Array): Int32Array {
  const path = [last]
  for (let v = last; v !== root;) {
    v = parent[v]!
    path.push(v)
  }
  return Int32Array.from(path.reverse())
}
