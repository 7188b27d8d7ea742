// All simple cycles of the drawing, within a budget of work. Knows no deadlock: a cycle may be harmless.
import type { Adjacency } from './adjacency.ts'
import { components } from './components.ts'

export interface Cycles {
  /** the first cycles, each as its vertices from the lowest on, without the repeated end; in lexicographic order */
  listed: Int32Array[]
  /** how many were found; all there are when `complete` */
  found: number
  /** false: the search was stopped by a limit, so more may exist */
  complete: boolean
}

/** Where listing and searching stop. */
export interface CycleLimits {
  /** cycles returned */
  listed: number
  /** vertices in all returned cycles together */
  listedVertices: number
  /** the search ends once this many were counted */
  found: number
  /** edges visited, the first split into components not counted */
  work: number
}

/** A strongly connected part with vertices renumbered 0, 1, …; `name` gives the original ones, ascending. */
interface Part extends Adjacency {
  name: Int32Array
}

/**
 * Lists simple cycles, each once, starting at its lowest vertex.
 *
 * Cycles through the lowest vertex of a component are enumerated in that component; the vertex is then removed and the
 * components of what is left are searched in turn. Parts are taken by ascending lowest vertex and successors ascend, so
 * cycles come out in lexicographic order and a cut list is always the beginning of the whole one.
 *
 * Source: D. B. Johnson, Finding All the Elementary Circuits of a Directed Graph, SIAM Journal on Computing 4(1), 1975.
 */
export function simpleCycles(graph: Adjacency, limits: CycleLimits): Cycles {
  const result: Cycles = { listed: [], found: 0, complete: true }
  let room = limits.listedVertices
  let work = 0

  const emit: Emit = (part, path, length) => {
    result.found += 1
    room -= length
    if (result.listed.length < limits.listed && room >= 0) {
      result.listed.push(Int32Array.from({ length }, (_, index) => part.name[path[index]!]!))
    }
    return result.found < limits.found
  }

  const pending = new Map<number, Part>()
  const enqueue = (from: Adjacency, names: Int32Array | null, within: Uint8Array | null): void => {
    for (const part of cyclicParts(from, names, within)) pending.set(part.name[0]!, part)
  }
  enqueue(graph, null, null)

  for (let lowest = 0; pending.size > 0; lowest += 1) {
    const part = pending.get(lowest)
    if (part === undefined) continue
    pending.delete(lowest)
    work = cyclesThroughFirst(part, emit, work, limits.work)
    work += part.to.length
    if (work >= limits.work) {
      // a part that was searched to its end may still have cycles that avoid its first vertex
      result.complete = false
      return result
    }
    const rest = new Uint8Array(part.vertices).fill(1)
    rest[0] = 0
    enqueue(part, part.name, rest)
  }
  return result
}

/** Takes a cycle; @returns false when the search should stop. */
type Emit = (part: Part, path: Int32Array, length: number) => boolean

/** Johnson's search from vertex 0; @returns the work done so far, at least `mostWork` when it was broken off. */
function cyclesThroughFirst(part: Part, emit: Emit, workBefore: number, mostWork: number): number {
  const { vertices, start, to } = part
  const blocked = new Uint8Array(vertices)
  /** by vertex: those that become worth visiting again when it does */
  const waiting: (number[] | undefined)[] = []
  const closes = new Uint8Array(vertices)
  const nextEdge = new Int32Array(vertices)
  const path = new Int32Array(vertices)
  let work = workBefore
  let length = 1
  blocked[0] = 1
  nextEdge[0] = start[0]!

  while (length > 0) {
    if (work >= mostWork) return work
    const v = path[length - 1]!
    const edge = nextEdge[v]!
    if (edge < start[v + 1]!) {
      nextEdge[v] = edge + 1
      work += 1
      const w = to[edge]!
      if (w === 0) {
        if (!emit(part, path, length)) return mostWork
        closes[v] = 1
      } else if (blocked[w] === 0) {
        blocked[w] = 1
        closes[w] = 0
        nextEdge[w] = start[w]!
        path[length++] = w
      }
      continue
    }
    length -= 1
    if (closes[v] === 1) {
      if (length > 0) closes[path[length - 1]!] = 1
      work += unblock(v, blocked, waiting)
    } else {
      for (let out = start[v]!; out < start[v + 1]!; out += 1) (waiting[to[out]!] ??= []).push(v)
      work += start[v + 1]! - start[v]!
    }
  }
  return work
}

/** Makes a vertex and all that wait for it visitable again; @returns how many entries were looked at. */
function unblock(vertex: number, blocked: Uint8Array, waiting: (number[] | undefined)[]): number {
  const todo = [vertex]
  let looked = 0
  for (let v = todo.pop(); v !== undefined; v = todo.pop()) {
    if (blocked[v] === 0) continue
    blocked[v] = 0
    const freed = waiting[v]
    if (freed === undefined) continue
    looked += freed.length
    for (const one of freed) todo.push(one)
    waiting[v] = undefined
  }
  return looked
}

/** The components that hold a cycle, each as a graph of its own. */
function cyclicParts(from: Adjacency, names: Int32Array | null, within: Uint8Array | null): Part[] {
  const { of, size } = components(from, within)
  const members = new Map<number, number[]>()
  const local = new Int32Array(from.vertices)
  for (let v = 0; v < from.vertices; v += 1) {
    const component = of[v]!
    // in a drawing with two kinds of nodes no edge leads from a vertex to itself
    if (component === -1 || size[component]! < 2) continue
    const list = members.get(component)
    local[v] = list?.length ?? 0
    if (list === undefined) members.set(component, [v])
    else list.push(v)
  }
  return Array.from(members, ([component, list]) => {
    const start = new Int32Array(list.length + 1)
    const to: number[] = []
    list.forEach((v, index) => {
      for (let edge = from.start[v]!; edge < from.start[v + 1]!; edge += 1) {
        const w = from.to[edge]!
        if (of[w] === component) to.push(local[w]!)
      }
      start[index + 1] = to.length
    })
    const name = Int32Array.from(list, (v) => (names === null ? v : names[v]!))
    return { vertices: list.length, start, to: Int32Array.from(to), name }
  })
}
