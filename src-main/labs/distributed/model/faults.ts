// Structural faults of a drawing that its schema cannot express. A drawing with one is not opened.
import type { DistributedModel } from './schema.ts'
import { texts } from './texts.ts'

interface Fault {
  path: (string | number)[]
  message: string
}

/** @returns one entry for each fault, with its path in the model; empty when the drawing is sound */
export function faults({ nodes, edges }: DistributedModel): Fault[] {
  const found: Fault[] = []
  const firstUse = new Map<string, string>()
  for (const [collection, records] of [
    ['nodes', nodes],
    ['edges', edges],
  ] as const) {
    for (const [index, { id }] of records.entries()) {
      const earlier = firstUse.get(id)
      if (earlier === undefined) firstUse.set(id, `${collection}[${index}]`)
      else found.push({ path: [collection, index, 'id'], message: texts.faults.duplicateId(id, earlier) })
    }
  }
  const known = new Set(nodes.map(({ id }) => id))
  const firstOfPair = new Map<string, string>()
  for (const [index, { id, from, to }] of edges.entries()) {
    for (const end of ['from', 'to'] as const) {
      const node = end === 'from' ? from : to
      if (!known.has(node)) found.push({ path: ['edges', index, end], message: texts.faults.missingNode(node) })
    }
    if (from === to) found.push({ path: ['edges', index], message: texts.faults.self })
    const pair = [from, to].sort().join(' ')
    const earlier = firstOfPair.get(pair)
    if (earlier === undefined) firstOfPair.set(pair, id)
    else found.push({ path: ['edges', index], message: texts.faults.parallel(id, earlier) })
  }
  return found
}
