// Cycles as evidence: the path of each, and for a harmless one the reason why it opens.
import type { EvidenceGroup } from '../../contract/verdict.ts'
import type { Analysis } from './engine/analysis.ts'
import type { Cycles } from './engine/cycles.ts'
import { findEntry } from './engine/graph.ts'
import type { Lights } from './lights.ts'
import type { Drawing, Named } from './naming.ts'
import { texts } from './model/texts.ts'

/** nodes of one path before it is cut in the middle */
const MOST_NODES = 24

/** "P1 → R2 → P2 → R1 → P1" */
export function cyclePath(named: Named, vertices: Int32Array): string {
  const nameOf = (vertex: number): string =>
    vertex < named.graph.processes ? named.processName(vertex) : named.resourceName(vertex - named.graph.processes)
  const shown = Array.from(vertices.subarray(0, MOST_NODES), nameOf)
  if (vertices.length > shown.length) shown.push(texts.evidence.pathMore(vertices.length - shown.length))
  return [...shown, nameOf(vertices[0]!)].join(' → ')
}

export function cycleEvidence(
  drawing: Drawing,
  analysis: Analysis,
  lights: Lights,
  { listed, found, complete }: Cycles,
): EvidenceGroup[] {
  if (listed.length === 0) return []
  const position = new Int32Array(drawing.graph.processes).fill(-1)
  analysis.reduction.order.forEach((process, index) => {
    position[process] = index
  })
  const items = listed.map((cycle) => {
    const why = analysis.deadlock === null ? null : whyItOpens(drawing, cycle, position)
    return {
      text: cyclePath(drawing, cycle),
      ...(why === null ? {} : { detail: why }),
      lights: lights.cycle(cycle),
    }
  })
  const title = analysis.deadlock === false ? texts.evidence.harmlessCycles : texts.evidence.cycles
  const cut = !complete || found > listed.length
  const more = texts.evidence.moreCycles(listed.length, found > listed.length)
  return [cut ? { id: 'cycles', title, items, more } : { id: 'cycles', title, items }]
}

/**
 * The first process of the cycle that finishes gets its unit from outside the cycle: it was free from the start, or
 * somebody who is not on the cycle gave it back. Null when nobody on the cycle finishes.
 * @param position by process: place in the finishing order, or -1
 */
function whyItOpens(drawing: Drawing, cycle: Int32Array, position: Int32Array): string | null {
  const { graph } = drawing
  let at = -1
  for (let index = 0; index < cycle.length; index += 1) {
    const vertex = cycle[index]!
    if (vertex >= graph.processes || position[vertex] === -1) continue
    if (at === -1 || position[vertex]! < position[cycle[at]!]!) at = index
  }
  if (at === -1) return null
  const process = cycle[at]!
  const resource = cycle[(at + 1) % cycle.length]! - graph.processes
  const need = graph.requests.count[findEntry(graph.requests, process, resource)]!
  const name = drawing.processName(process)
  const type = drawing.resourceName(resource)

  let free = graph.available[resource]!
  if (free >= need) return texts.evidence.opensByFree(name, type, need)
  const earlier: { holder: number; count: number }[] = []
  for (let entry = graph.holders.start[resource]!; entry < graph.holders.start[resource + 1]!; entry += 1) {
    const holder = graph.holders.to[entry]!
    if (position[holder] !== -1 && position[holder]! < position[process]!) {
      earlier.push({ holder, count: graph.holders.count[entry]! })
    }
  }
  earlier.sort((a, b) => position[a.holder]! - position[b.holder]!)
  const givers: string[] = []
  for (const { holder, count } of earlier) {
    if (free >= need) break
    free += count
    givers.push(drawing.processName(holder))
  }
  return texts.evidence.opensByGiver(name, type, givers)
}
