// The models of the registered labs, as the parser of documents wants them.
import type { LabModel } from '../contract/lab.ts'
import { labs } from '../labs/index.ts'

/** The model of a lab by its id, or undefined when there is no such lab. */
export function labModels(id: string): LabModel | undefined {
  return labs.find((lab) => lab.id === id)?.model
}
