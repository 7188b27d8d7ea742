// Structural faults of a drawing that its schema cannot express. A drawing with one is not opened.
import { type Fault, graphFaults } from '../../../contract/graph-faults.ts'
import type { DeadlockModel } from './schema.ts'
import { texts } from './texts.ts'

/** @returns one entry for each fault, with its path in the model; empty when the drawing is sound */
export function faults(model: DeadlockModel): Fault[] {
  const found = graphFaults(model, texts.faults)
  const kindOf = new Map<string, string>(model.nodes.map(({ id, kind }) => [id, kind]))
  const firstOfPair = new Map<string, string>()
  model.edges.forEach((edge, index) => {
    const [startsAt, endsAt] = edge.kind === 'assignment' ? ['resource', 'process'] : ['process', 'resource']
    for (const [end, wanted] of [
      ['from', startsAt],
      ['to', endsAt],
    ] as const) {
      const kind = kindOf.get(edge[end])
      if (kind !== undefined && kind !== wanted) {
        found.push({ path: ['edges', index, end], message: texts.faults.wrongDirection[edge.kind] })
      }
    }
    // ids hold no blank, so the key is unambiguous
    const pair = `${edge.kind} ${edge.from} ${edge.to}`
    const earlier = firstOfPair.get(pair)
    if (earlier === undefined) firstOfPair.set(pair, edge.id)
    else found.push({ path: ['edges', index], message: texts.faults.parallelEdges(edge.id, earlier) })
  })
  return found
}
