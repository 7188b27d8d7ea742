// A model that came from outside, checked by its lab's schema and faults before an engine sees it.
import { InterlockError } from '../contract/errors.ts'
import { firstIssue, placeOf } from '../contract/issues.ts'
import type { GraphModel } from '../contract/document.ts'
import type { LabEngine } from '../contract/lab.ts'

/** @throws InterlockError `bad-input` with the place in the model */
export function checkedModel(lab: LabEngine, model: unknown): GraphModel {
  const result = lab.model.schema.safeParse(model)
  if (!result.success) {
    const { at, expected, found } = firstIssue(result.error, model)
    throw new InterlockError('bad-input', `model.${at}: expected ${expected}, found ${found}.`, { at: `model.${at}` })
  }
  const fault = lab.model.faults(result.data)[0]
  if (fault !== undefined) {
    const at = placeOf(['model', ...fault.path])
    throw new InterlockError('bad-input', `${at}: ${fault.message}`, { at })
  }
  return result.data
}
