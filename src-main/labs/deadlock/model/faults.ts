// Structural faults of a drawing that its schema cannot express. A drawing with one is not opened.
import type { DeadlockModel } from './schema.ts'
import { texts } from './texts.ts'

type Fault = { path: (string | number)[]; message: string }

/** @returns one entry for each fault, with its path in the model; empty when the drawing is sound */
export function faults(model: DeadlockModel): Fault[] {
  const found: Fault[] = []
  const firstUse = new Map<string, string>()
  const claim = (id: string, collection: 'nodes' | 'edges', index: number): void => {
    const earlier = firstUse.get(id)
    if (earlier === undefined) firstUse.set(id, `${collection}[${index}]`)
    else found.push({ path: [collection, index, 'id'], message: texts.faults.duplicateId(id, earlier) })
  }

  const kindOf = new Map<string, string>()
  model.nodes.forEach((node, index) => {
    claim(node.id, 'nodes', index)
    kindOf.set(node.id, node.kind)
  })

  const firstOfPair = new Map<string, string>()
  model.edges.forEach((edge, index) => {
    claim(edge.id, 'edges', index)
    const [startsAt, endsAt] = edge.kind === 'assignment' ? ['resource', 'process'] : ['process', 'resource']
    for (const [end, wanted] of [
      ['from', startsAt],
      ['to', endsAt],
    ] as const) {
      const kind = kindOf.get(edge[end])
      if (kind === undefined) {
        found.push({ path: ['edges', index, end], message: texts.faults.missingNode(edge[end]) })
      } else if (kind !== wanted) {
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
