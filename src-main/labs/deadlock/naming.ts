// Vertices of a graph back to the drawing: names for sentences, record ids for lights. Shared by verdict, operation and
// simulations, so that they say the same things in the same words.
import type { AssignmentEdge, DeadlockModel, ProcessNode, RequestEdge, ResourceNode } from './model/schema.ts'
import type { Names, Need } from './model/texts.ts'
import { type Rag, buildRag } from './engine/graph.ts'

/** A graph with the names of its nodes. */
export interface Named {
  graph: Rag
  processName(process: number): string
  resourceName(resource: number): string
}

/** A drawing as a graph: numbers follow the order of the records. */
export interface Drawing extends Named {
  processes: readonly ProcessNode[]
  resources: readonly ResourceNode[]
  requests: readonly RequestEdge[]
  assignments: readonly AssignmentEdge[]
  /** declared maxima: by number of the process those of its types; a process that declares nothing has no entry */
  claims: ReadonlyMap<number, ReadonlyMap<number, number>>
  /** number of a process or type by record id */
  processOf: ReadonlyMap<string, number>
  resourceOf: ReadonlyMap<string, number>
}

/** @param model a drawing without structural faults; edges whose ends do not exist are left out */
export function readDrawing(model: DeadlockModel): Drawing {
  const processes = model.nodes.filter((node) => node.kind === 'process')
  const resources = model.nodes.filter((node) => node.kind === 'resource')
  const processOf = new Map(processes.map((node, index) => [node.id, index]))
  const resourceOf = new Map(resources.map((node, index) => [node.id, index]))
  const requests = model.edges.filter(
    (edge): edge is RequestEdge => edge.kind === 'request' && processOf.has(edge.from) && resourceOf.has(edge.to),
  )
  const assignments = model.edges.filter(
    (edge): edge is AssignmentEdge => edge.kind === 'assignment' && resourceOf.has(edge.from) && processOf.has(edge.to),
  )
  const graph = buildRag(
    processes.length,
    resources.map((node) => node.instances),
    {
      process: requests.map((edge) => processOf.get(edge.from)!),
      resource: requests.map((edge) => resourceOf.get(edge.to)!),
      count: requests.map((edge) => edge.count),
    },
    {
      process: assignments.map((edge) => processOf.get(edge.to)!),
      resource: assignments.map((edge) => resourceOf.get(edge.from)!),
      count: assignments.map((edge) => edge.count),
    },
  )
  return {
    graph,
    processes,
    resources,
    requests,
    assignments,
    claims: claimsOf(model, processOf, resourceOf),
    processOf,
    resourceOf,
    processName: (process) => processes[process]?.name ?? '',
    resourceName: (resource) => resources[resource]?.name ?? '',
  }
}

function claimsOf(
  { edges }: DeadlockModel,
  processOf: ReadonlyMap<string, number>,
  resourceOf: ReadonlyMap<string, number>,
): Map<number, Map<number, number>> {
  const claims = new Map<number, Map<number, number>>()
  for (const { kind, from, to, count } of edges) {
    const [process, resource] = [processOf.get(from), resourceOf.get(to)]
    if (kind !== 'claim' || process === undefined || resource === undefined) continue
    const own = claims.get(process)
    if (own === undefined) claims.set(process, new Map([[resource, count]]))
    else own.set(resource, count + (own.get(resource) ?? 0))
  }
  return claims
}

/** The first `most` of some processes by name. */
export function processNames(named: Named, processes: ArrayLike<number>, most: number): Names {
  return {
    shown: Array.from({ length: Math.min(most, processes.length) }, (_, i) => named.processName(processes[i]!)),
    total: processes.length,
  }
}

/** The same for resource types. */
export function resourceNames(named: Named, resources: ArrayLike<number>, most: number): Names {
  return {
    shown: Array.from({ length: Math.min(most, resources.length) }, (_, i) => named.resourceName(resources[i]!)),
    total: resources.length,
  }
}

/**
 * Why a process that never finishes cannot go on, for one type it asks for.
 * @param work units that are free once everybody who can finish has finished
 * @param finishes by process: 1 when it finishes
 */
export function needOf(
  named: Named,
  process: number,
  resource: number,
  count: number,
  work: Float64Array,
  finishes: Uint8Array,
): Need {
  const { holders, total } = named.graph
  const keepers: number[] = []
  for (let entry = holders.start[resource]!; entry < holders.start[resource + 1]!; entry += 1) {
    const holder = holders.to[entry]!
    if (finishes[holder] === 0) keepers.push(holder)
  }
  return {
    process: named.processName(process),
    resource: named.resourceName(resource),
    count,
    instances: total[resource]!,
    reachable: work[resource]!,
    holders: processNames(named, keepers, 4),
  }
}
