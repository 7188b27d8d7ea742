// Structural faults of a drawing that its schema cannot express. A drawing with one is not opened.
import { type Fault, graphFaults } from '../../../contract/graph-faults.ts'
import type { DistributedModel } from './schema.ts'
import { texts } from './texts.ts'

/** @returns one entry for each fault, with its path in the model; empty when the drawing is sound */
export function faults(model: DistributedModel): Fault[] {
  const found = graphFaults(model, texts.faults)
  const firstOfPair = new Map<string, string>()
  for (const [index, { id, from, to }] of model.edges.entries()) {
    if (from === to) found.push({ path: ['edges', index], message: texts.faults.self })
    const pair = [from, to].sort().join(' ')
    const earlier = firstOfPair.get(pair)
    if (earlier === undefined) firstOfPair.set(pair, id)
    else found.push({ path: ['edges', index], message: texts.faults.parallel(id, earlier) })
  }
  return found
}
