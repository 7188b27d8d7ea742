// Names by which the engines can tell things apart: with the id where two have the same.
import type { TopologyNode } from '../model/schema.ts'

export function uniqueNames(nodes: readonly TopologyNode[]): (node: TopologyNode) => string {
  const count = new Map<string, number>()
  for (const { name } of nodes) count.set(name, (count.get(name) ?? 0) + 1)
  return ({ id, name }) => ((count.get(name) ?? 0) > 1 ? `${name} (${id})` : name)
}
