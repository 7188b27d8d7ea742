// The properties of records, as a lab's model names them. Pure functions.
import type { LabModel, PropertyField } from '@contract/lab.ts'

/** What a person can set of records of a kind, in the order in which it is shown. */
export function propertiesOf(lab: LabModel, kind: string): readonly PropertyField[] {
  return [...lab.nodeKinds, ...lab.edgeKinds].find((candidate) => candidate.kind === kind)?.properties ?? []
}
