// The state of each record of a drawing, from its analysis.
import type { Mark } from '../../contract/verdict.ts'
import { type Analysis, BEHIND, IMPOSSIBLE, RING } from './engine/analysis.ts'
import type { Drawing } from './naming.ts'

const markOfClass: Readonly<Record<number, Mark>> = { [RING]: 'ring', [BEHIND]: 'behind', [IMPOSSIBLE]: 'impossible' }

/**
 * Processes carry their class. A type or edge is on a ring when it lies on a cycle that keeps deadlocked processes
 * waiting; another request that is never met is behind; an impossible request, and a type with too much assigned, are
 * impossible. Everything else that is drawn needs no mark. While the answer is withheld only impossible things have one.
 */
export function marksOf(drawing: Drawing, analysis: Analysis): Record<string, Mark> {
  const { graph, processes, resources, requests, assignments, processOf, resourceOf } = drawing
  const { classes, ringOf, capped, overAllocated, deadlock } = analysis
  const marks = new Map<string, Mark>()
  const ringOfProcess = (process: number): number => ringOf?.[process] ?? -1
  const ringOfType = (resource: number): number => ringOf?.[graph.processes + resource] ?? -1

  if (deadlock !== null) {
    processes.forEach((node, process) => marks.set(node.id, markOfClass[classes[process]!] ?? 'free'))
  }
  resources.forEach((node, resource) => {
    if (ringOfType(resource) !== -1) marks.set(node.id, 'ring')
  })
  for (const edge of requests) {
    const process = processOf.get(edge.from)!
    const resource = resourceOf.get(edge.to)!
    if (edge.count > graph.total[resource]!) marks.set(edge.id, 'impossible')
    else if (deadlock === null || analysis.reduction.finishes[process] === 1) continue
    else if (edge.count <= analysis.reduction.work[resource]!) continue
    else {
      const ring = ringOfProcess(process)
      const closes = ring !== -1 && ring === ringOfType(resource) && edge.count > capped.work[resource]!
      marks.set(edge.id, closes ? 'ring' : 'behind')
    }
  }
  for (const edge of assignments) {
    const ring = ringOfProcess(processOf.get(edge.to)!)
    if (ring !== -1 && ring === ringOfType(resourceOf.get(edge.from)!)) marks.set(edge.id, 'ring')
  }
  for (const resource of overAllocated) marks.set(resources[resource]!.id, 'impossible')
  return Object.fromEntries(marks)
}
