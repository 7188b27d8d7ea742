// The models of the registered labs, as the parser of documents wants them.
import type { LabModel } from '../contract/lab.ts'
import { labs } from '../labs/index.ts'

export const allModels: readonly LabModel[] = labs.map((lab) => lab.model)

/** Endings of the files in formats that some lab reads, in lower case and without the dot. */
export const readableEndings: ReadonlySet<string> = new Set(
  allModels.flatMap(({ formats }) => formats.filter(({ read }) => read).flatMap(({ extensions }) => extensions)),
)

/** The model of a lab by its id, or undefined when there is no such lab. */
export function labModels(id: string): LabModel | undefined {
  return allModels.find((model) => model.id === id)
}
