// The drawing of a resource allocation graph as records: processes, resource types, request and assignment edges.
// Available is never stored: it is the instances of a type minus what is assigned of it.
import { z } from 'zod'
import { Name, RecordId } from '../../../contract/document.ts'
import { MAX_INSTANCES, MAX_SITES } from '../../../contract/limits.ts'

const Count = z.number().int().min(1).max(MAX_INSTANCES)

export const ProcessNode = z.looseObject({
  id: RecordId,
  kind: z.literal('process'),
  name: Name,
  /** the site it runs on, counted from 1; 1 when nothing is said */
  site: z.number().int().min(1).max(MAX_SITES).optional(),
  /** what a victim costs: the larger, the more important; ticks of CPU time used; times it was a victim; 0 each when nothing is said */
  priority: z.number().int().min(0).max(MAX_INSTANCES).optional(),
  cpu: z.number().int().min(0).max(MAX_INSTANCES).optional(),
  kills: z.number().int().min(0).max(MAX_INSTANCES).optional(),
})
export type ProcessNode = z.infer<typeof ProcessNode>

export const ResourceNode = z.looseObject({ id: RecordId, kind: z.literal('resource'), name: Name, instances: Count })
export type ResourceNode = z.infer<typeof ResourceNode>

/** The process `from` asks for `count` units of the type `to`, all of them at once with its other requests. */
export const RequestEdge = z.looseObject({
  id: RecordId,
  kind: z.literal('request'),
  from: RecordId,
  to: RecordId,
  count: Count,
})
export type RequestEdge = z.infer<typeof RequestEdge>

/** `count` units of the type `from` are held by the process `to`. */
export const AssignmentEdge = z.looseObject({
  id: RecordId,
  kind: z.literal('assignment'),
  from: RecordId,
  to: RecordId,
  count: Count,
})
export type AssignmentEdge = z.infer<typeof AssignmentEdge>

/**
 * The process `from` declares that it will never hold and ask for more than `count` units of the type `to` together: its
 * declared maximum. Without a claim on a type, a process declares just what it holds and asks for of it now.
 */
export const ClaimEdge = z.looseObject({
  id: RecordId,
  kind: z.literal('claim'),
  from: RecordId,
  to: RecordId,
  count: Count,
})
export type ClaimEdge = z.infer<typeof ClaimEdge>

export const DeadlockModel = z.looseObject({
  nodes: z.array(z.discriminatedUnion('kind', [ProcessNode, ResourceNode])),
  edges: z.array(z.discriminatedUnion('kind', [RequestEdge, AssignmentEdge, ClaimEdge])),
})
export type DeadlockModel = z.infer<typeof DeadlockModel>
