// Kinds of records and their fields, as a lab's model names them. Pure functions.
import type { EdgeRecord, NodeRecord } from '@contract/document.ts'
import type { LabModel, NumberField } from '@contract/lab.ts'

type Rec = NodeRecord | EdgeRecord

const allKinds = (lab: LabModel): readonly { kind: string; label: string; fields: NumberField[] }[] => [
  ...lab.nodeKinds,
  ...lab.edgeKinds,
]

export function kindLabel(lab: LabModel, kind: string): string {
  return allKinds(lab).find((candidate) => candidate.kind === kind)?.label ?? kind
}

export function fieldsOf(lab: LabModel, kind: string): readonly NumberField[] {
  return allKinds(lab).find((candidate) => candidate.kind === kind)?.fields ?? []
}

/** How many there are of each kind, nodes first; kinds of which there are none as well. */
export function countsByKind(
  lab: LabModel,
  records: readonly Rec[],
): readonly { kind: string; label: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { kind } of records) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return allKinds(lab).map(({ kind, label }) => ({ kind, label, count: counts.get(kind) ?? 0 }))
}

/** The first number of a record, such as the count of an edge; 1 when it has none. */
export function firstNumber(lab: LabModel, record: Rec): number {
  const field = fieldsOf(lab, record.kind).find(({ usual }) => usual === undefined)
  const value = field === undefined ? undefined : record[field.key]
  return typeof value === 'number' ? value : 1
}
