// Structural faults of a drawing that its schema cannot express. A drawing with one is not opened. That a thing contains
// itself is not among them: it can be drawn over in a document, and a rule explains it.
import { type Fault, graphFaults } from '../../../contract/graph-faults.ts'
import { holds } from './kinds.ts'
import type { TopologyModel } from './schema.ts'
import { texts } from './texts.ts'

/** @returns one entry for each fault, with its path in the model; empty when the drawing is sound */
export function faults(model: TopologyModel): Fault[] {
  const found = graphFaults(model, texts.faults)
  const byId = new Map(model.nodes.map((node) => [node.id, node]))
  for (const [index, { parent }] of model.nodes.entries()) {
    if (parent === undefined) continue
    const box = byId.get(parent)
    const path = ['nodes', index, 'parent']
    if (box === undefined) found.push({ path, message: texts.faults.missingParent(parent) })
    else if (!holds(box.kind)) found.push({ path, message: texts.faults.noBox(parent, texts.kinds[box.kind]) })
  }
  return found
}
