// Structural faults that a drawing of any lab can have: ids used twice, ends that are not there. Knows no lab.
import type { EdgeRecord, NodeRecord } from './document.ts'

export interface Fault {
  /** place in the model */
  path: (string | number)[]
  message: string
}

/** What a lab says of these faults. */
export interface GraphFaultTexts {
  duplicateId(id: string, earlier: string): string
  missingNode(id: string): string
}

interface Records {
  nodes: readonly Pick<NodeRecord, 'id'>[]
  edges: readonly Pick<EdgeRecord, 'id' | 'from' | 'to'>[]
}

/** @returns one entry for each fault, nodes before edges */
export function graphFaults({ nodes, edges }: Records, texts: GraphFaultTexts): Fault[] {
  const found: Fault[] = []
  const firstUse = new Map<string, string>()
  const claim = (id: string, collection: 'nodes' | 'edges', index: number): void => {
    const earlier = firstUse.get(id)
    if (earlier === undefined) firstUse.set(id, `${collection}[${index}]`)
    else found.push({ path: [collection, index, 'id'], message: texts.duplicateId(id, earlier) })
  }
  nodes.forEach(({ id }, index) => claim(id, 'nodes', index))
  const known = new Set(nodes.map(({ id }) => id))
  edges.forEach((edge, index) => {
    claim(edge.id, 'edges', index)
    for (const end of ['from', 'to'] as const) {
      if (!known.has(edge[end])) found.push({ path: ['edges', index, end], message: texts.missingNode(edge[end]) })
    }
  })
  return found
}
