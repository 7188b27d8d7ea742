// Makes a random graph with a wanted property: first a core that has it, then further edges, each kept only if the
// property stays. Knows no names and no places.
import { wholeGraph } from '../engine/adjacency.ts'
import { type Analysis, analyse, BEHIND } from '../engine/analysis.ts'
import { components } from '../engine/components.ts'
import { type Rag, buildRag } from '../engine/graph.ts'
import type { Random } from '../../../simulation/random.ts'

export type Property = 'deadlock' | 'harmless' | 'behind' | 'rings' | 'acyclic'

export interface Wanted {
  property: Property
  processes: number
  types: number
  /** most instances of a type */
  instances: number
  /** pairs of a process and a type that are joined, in per cent */
  density: number
  /** processes behind; only for `behind` */
  behind: number
  /** only for `rings` */
  rings: number
}

export interface GrownEdge {
  kind: 'request' | 'assignment'
  process: number
  type: number
  count: number
}

export interface Grown {
  total: number[]
  edges: GrownEdge[]
  /** the cycles of the core: processes and types alternating, as [process, type, process, type …] */
  rings: { processes: number[]; types: number[] }[]
}

const LONGEST_RING = 5

/** @param wanted numbers that allow the property; see index.ts for what is refused */
export function grow(wanted: Wanted, random: Random): Grown {
  const grown = core(wanted, random)
  const pairs = shuffled(
    Array.from({ length: wanted.processes * wanted.types }, (_, pair) => pair),
    random,
  )
  const joined = new Set(grown.edges.map(({ process, type }) => process * wanted.types + type))
  const most = Math.round((wanted.density / 100) * pairs.length)
  for (const pair of pairs) {
    if (grown.edges.length >= most) break
    if (joined.has(pair)) continue
    const [process, type] = [Math.floor(pair / wanted.types), pair % wanted.types]
    const free = freeUnits(grown, type)
    const assign = free > 0 && random.below(2) === 0
    const count = 1 + random.below(assign ? free : grown.total[type]!)
    grown.edges.push({ kind: assign ? 'assignment' : 'request', process, type, count })
    if (!has(wanted, grown)) grown.edges.pop()
  }
  return grown
}

/** Whether the graph has the property, by the engine's own judgement. */
function has(wanted: Wanted, grown: Grown): boolean {
  const graph = ragOf(wanted.processes, grown)
  if (wanted.property === 'acyclic') return components(wholeGraph(graph)).size.every((size) => size === 1)
  const analysis: Analysis = analyse(graph)
  if (wanted.property === 'harmless') return analysis.deadlock === false
  if (wanted.property === 'behind') return analysis.classes.filter((kind) => kind === BEHIND).length === wanted.behind
  if (wanted.property === 'rings') return analysis.rings.length === wanted.rings
  return analysis.deadlock === true
}

/** The smallest graph that has the property, on processes and types drawn by lot. */
function core(wanted: Wanted, random: Random): Grown {
  const { property, behind } = wanted
  const processes = shuffled(range(wanted.processes), random)
  const types = shuffled(range(wanted.types), random)
  const grown: Grown = { total: types.map(() => 1 + random.below(wanted.instances)), edges: [], rings: [] }
  if (property === 'acyclic') return grown

  const rings = property === 'rings' ? wanted.rings : 1
  let spare = Math.min(wanted.processes - (property === 'behind' ? behind : 0), wanted.types) - 2 * rings
  for (let ring = 0; ring < rings; ring += 1) {
    const more = random.below(Math.min(spare, LONGEST_RING - 2) + 1)
    spare -= more
    grown.rings.push({ processes: processes.splice(0, 2 + more), types: types.splice(0, 2 + more) })
  }
  for (const ring of grown.rings) closeRing(ring, grown, random)
  if (property === 'harmless') open(grown, processes, random)
  if (property === 'behind') {
    for (const process of processes.slice(0, behind)) {
      const ring = grown.rings[0]!.types
      const type = ring[random.below(ring.length)]!
      grown.edges.push({ kind: 'request', process, type, count: 1 + random.below(grown.total[type]!) })
    }
  }
  return grown
}

/** Each process of the ring holds all units of its type and asks for some of the next one. */
function closeRing({ processes, types }: Grown['rings'][number], grown: Grown, random: Random): void {
  processes.forEach((process, at) => {
    const [own, next] = [types[at]!, types[(at + 1) % types.length]!]
    grown.edges.push({ kind: 'assignment', process, type: own, count: grown.total[own]! })
    grown.edges.push({ kind: 'request', process, type: next, count: 1 + random.below(grown.total[next]!) })
  })
}

/** One type of the ring gets a unit that is not held on it: it is free, or somebody else has it and wants nothing. */
function open(grown: Grown, others: readonly number[], random: Random): void {
  const type = grown.rings[0]!.types[0]!
  const held = grown.edges.find((edge) => edge.kind === 'assignment' && edge.type === type)!
  const asked = grown.edges.find((edge) => edge.kind === 'request' && edge.type === type)!
  if (held.count === 1) grown.total[type] = 2
  else held.count -= 1
  asked.count = 1
  const giver = others[0]
  if (giver !== undefined && random.below(3) > 0)
    grown.edges.push({ kind: 'assignment', process: giver, type, count: 1 })
}

function freeUnits({ total, edges }: Grown, type: number): number {
  return edges.reduce(
    (free, edge) => (edge.kind === 'assignment' && edge.type === type ? free - edge.count : free),
    total[type]!,
  )
}

function ragOf(processes: number, { total, edges }: Grown): Rag {
  const columns = (kind: GrownEdge['kind']): { process: number[]; resource: number[]; count: number[] } => {
    const own = edges.filter((edge) => edge.kind === kind)
    return {
      process: own.map(({ process }) => process),
      resource: own.map(({ type }) => type),
      count: own.map(({ count }) => count),
    }
  }
  return buildRag(processes, total, columns('request'), columns('assignment'))
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)

/** Fisher and Yates. */
function shuffled(values: number[], random: Random): number[] {
  for (let left = values.length; left > 1; left -= 1) {
    const at = random.below(left)
    ;[values[left - 1], values[at]] = [values[at]!, values[left - 1]!]
  }
  return values
}
