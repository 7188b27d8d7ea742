// What a person should mend in a drawing, with the remedy. None of it stops an edit.
import type { Diagnostic } from '../../contract/verdict.ts'
import type { Analysis } from './engine/analysis.ts'
import type { Drawing } from './naming.ts'
import { texts } from './model/texts.ts'

/** diagnostics of one kind listed one by one */
const MOST = 50
/** records one diagnostic points at */
const MOST_PLACES = 20

export function diagnosticsOf(drawing: Drawing, analysis: Analysis): Diagnostic[] {
  return [...overAllocations(drawing, analysis), ...impossibleRequests(drawing), ...sameNames(drawing)]
}

function overAllocations({ graph, resources, assignments }: Drawing, { overAllocated }: Analysis): Diagnostic[] {
  return cut(overAllocated, 'error', (resource) => {
    const node = resources[resource]!
    const assigned = graph.assigned[resource]!
    const edges = assignments.filter((edge) => edge.from === node.id).map((edge) => edge.id)
    return {
      severity: 'error',
      at: [node.id, ...edges.slice(0, MOST_PLACES)],
      sentence: texts.sentences.overAllocated(node.name, assigned, node.instances),
      remedy: texts.diagnostics.overAllocated(node.name, assigned),
    }
  })
}

function impossibleRequests(drawing: Drawing): Diagnostic[] {
  const { graph, requests, resourceOf, processOf } = drawing
  const tooMuch = requests.filter((edge) => edge.count > graph.total[resourceOf.get(edge.to)!]!)
  return cut(tooMuch, 'error', (edge) => {
    const process = drawing.processName(processOf.get(edge.from)!)
    const resource = drawing.resourceName(resourceOf.get(edge.to)!)
    const instances = graph.total[resourceOf.get(edge.to)!]!
    return {
      severity: 'error',
      at: [edge.id, edge.from, edge.to],
      sentence: texts.sentences.impossible(process, resource, edge.count, instances),
      remedy: texts.diagnostics.impossible(process, resource, edge.count),
    }
  })
}

function sameNames({ processes, resources }: Drawing): Diagnostic[] {
  const byName = new Map<string, string[]>()
  for (const { id, name } of [...processes, ...resources]) {
    const ids = byName.get(name)
    if (ids === undefined) byName.set(name, [id])
    else ids.push(id)
  }
  const shared = [...byName].filter(([, ids]) => ids.length > 1)
  return cut(shared, 'warning', ([name, ids]) => ({
    severity: 'warning',
    at: ids.slice(0, MOST_PLACES),
    sentence: texts.diagnostics.sameName(name, ids.length),
    remedy: texts.diagnostics.rename,
  }))
}

function cut<T>(things: readonly T[], severity: Diagnostic['severity'], make: (thing: T) => Diagnostic): Diagnostic[] {
  const listed = things.slice(0, MOST).map(make)
  const rest = things.length - listed.length
  if (rest > 0) {
    const { more, moreRemedy } = texts.diagnostics
    listed.push({ severity, at: [], sentence: more(rest), remedy: moreRemedy })
  }
  return listed
}
