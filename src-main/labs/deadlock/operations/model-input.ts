// A drawing as operations of the page take it: the model of a document, or the edge list of `deadlock.rag`.
import { deadlockModel } from '../model/index.ts'
import { DeadlockModel } from '../model/schema.ts'
import { bad } from '../../../contract/operation-input.ts'
import { modelOf } from './play.ts'
import { readRag } from './rag-input.ts'

/**
 * @param fields with `model`, or those of an edge list
 * @throws InterlockError `bad-input` with the place
 */
export function readModel({ model, ...edgeList }: Record<string, unknown>): DeadlockModel {
  if (model === undefined) return modelOf(readRag(edgeList))
  const read = DeadlockModel.safeParse(model)
  const fault = read.success ? deadlockModel.faults(read.data)[0]?.message : read.error.issues[0]?.message
  if (!read.success || fault !== undefined) throw bad('model', fault ?? '')
  return read.data
}
