// What can be drawn, and what a connection between two nodes means: its direction decides the kind of edge, and
// whether a person draws claims.
import type { EdgeRecord, NodeRecord } from '../../../contract/document.ts'
import type { Connection, EdgeKind, NodeKind } from '../../../contract/lab.ts'
import { MAX_INSTANCES, MAX_SITES } from '../../../contract/limits.ts'
import { texts } from './texts.ts'

const count = { key: 'count', label: texts.kinds.count, type: 'integer', min: 1, max: MAX_INSTANCES } as const
const site = { key: 'site', label: texts.kinds.site, type: 'integer', min: 1, max: MAX_SITES, usual: 1 } as const

const ofVictims = (key: 'priority' | 'cpu' | 'kills') =>
  ({ key, label: texts.kinds[key], type: 'integer', min: 0, max: MAX_INSTANCES, usual: 0 }) as const
const victimFields = [ofVictims('priority'), ofVictims('cpu'), ofVictims('kills')]

export const nodeKinds: readonly NodeKind[] = [
  { kind: 'process', label: texts.kinds.process, key: 'P', prefix: 'P', fields: [site, ...victimFields], defaults: {} },
  {
    kind: 'resource',
    label: texts.kinds.resource,
    key: 'R',
    prefix: 'R',
    fields: [{ key: 'instances', label: texts.kinds.instances, type: 'integer', min: 1, max: MAX_INSTANCES }],
    defaults: { instances: 1 },
  },
]

export const edgeKinds: readonly EdgeKind[] = [
  { kind: 'request', label: texts.kinds.request, fields: [count], defaults: { count: 1 } },
  { kind: 'assignment', label: texts.kinds.assignment, fields: [count], defaults: { count: 1 } },
  { kind: 'claim', label: texts.kinds.claim, key: 'C', fields: [count], defaults: { count: 1 } },
]

export function connect(from: NodeRecord, to: NodeRecord, wanted?: string): Connection {
  if (from.kind === 'process' && to.kind === 'resource') return { kind: wanted === 'claim' ? 'claim' : 'request' }
  if (from.kind === 'resource' && to.kind === 'process') return { kind: 'assignment' }
  if (from.id === to.id) return { refused: texts.refusals.self(from.name) }
  return {
    refused: from.kind === 'process' ? texts.refusals.processToProcess : texts.refusals.resourceToResource,
  }
}

/** Parallel edges are one edge with a count, so connecting once more raises the count. */
export function merge(existing: EdgeRecord): EdgeRecord {
  const before = typeof existing['count'] === 'number' ? existing['count'] : 1
  return { ...existing, count: Math.min(before + 1, MAX_INSTANCES) }
}
