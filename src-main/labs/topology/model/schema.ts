// The drawing of a topology as records: things that lie in each other, lines between them, and which rules are asked.
import { z } from 'zod'
import { Name, RecordId } from '../../../contract/document.ts'
import type { PropertyField } from '../../../contract/lab.ts'
import { edgeKindNames, nodeKindNames } from './kind-names.ts'
import { properties } from './properties.ts'

function valueSchema(field: PropertyField): z.ZodType {
  switch (field.type) {
    case 'integer':
      return z.number().int().min(field.min).max(field.max)
    case 'flag':
      return z.boolean()
    case 'choice':
      return z.enum(field.options.map(({ value }) => value) as [string, ...string[]])
    case 'text':
      return z.string().max(500)
  }
}

const own = { id: RecordId, name: Name, parent: RecordId.optional(), folded: z.boolean().optional() }

const schemas = nodeKindNames.map((kind) =>
  z.looseObject({
    ...own,
    kind: z.literal(kind),
    ...Object.fromEntries((properties[kind] ?? []).map((field) => [field.key, valueSchema(field).optional()])),
  }),
)

/** A thing: of a kind, in the box of its parent or beside everything, with the properties that its kind has. */
export const TopologyNode = z.discriminatedUnion('kind', schemas as unknown as [(typeof schemas)[0], ...typeof schemas])
export type TopologyNode = z.infer<typeof TopologyNode>

export const TopologyEdge = z.looseObject({
  id: RecordId,
  kind: z.enum(edgeKindNames),
  from: RecordId,
  to: RecordId,
})
export type TopologyEdge = z.infer<typeof TopologyEdge>

export const TopologyModel = z.looseObject({
  nodes: z.array(TopologyNode),
  edges: z.array(TopologyEdge),
  /** ids of rules that are not asked, such as "R-10" */
  muted: z.array(z.string()).optional(),
})
export type TopologyModel = z.infer<typeof TopologyModel>
