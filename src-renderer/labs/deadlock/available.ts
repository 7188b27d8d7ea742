// What is available of each resource type, worked out from a drawing: instances minus what is assigned. Never stored.
import type { GraphModel } from '@contract/document.ts'

export interface Available {
  id: string
  name: string
  total: number
  assigned: number
  /** negative when more is assigned than exists */
  available: number
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** One row for each resource type, in the order of the drawing. */
export function availableOf(model: GraphModel): Available[] {
  const assigned = new Map<string, number>()
  for (const edge of model.edges) {
    if (edge.kind !== 'assignment') continue
    assigned.set(edge.from, (assigned.get(edge.from) ?? 0) + numberOf(edge['count']))
  }
  return model.nodes
    .filter((node) => node.kind === 'resource')
    .map(({ id, name, ...fields }) => {
      const total = numberOf(fields['instances'])
      const held = assigned.get(id) ?? 0
      return { id, name, total, assigned: held, available: total - held }
    })
}
