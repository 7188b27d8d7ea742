// Reads a drawing from a file for `check` and `export`, of any format, with the parser of the app. Writes nothing beside it: a grader
// looks at hand-ins and leaves their folder as it was.
import { basename } from 'node:path'
import type { DocumentEnvelope, GraphModel } from '../contract/document.ts'
import { InterlockError } from '../contract/errors.ts'
import type { LabEngine } from '../contract/lab.ts'
import { MAX_DOCUMENT_BYTES } from '../contract/limits.ts'
import { findLab, labs } from '../labs/index.ts'
import { readAnyText } from '../services/import.ts'
import { checkedModel } from '../services/models.ts'
import { type Io, readText } from './io.ts'

export interface Drawing {
  document: DocumentEnvelope
  lab: LabEngine
  model: GraphModel
  /** what is worth knowing about how it was read */
  remarks: string[]
}

/** @throws InterlockError with the name of the file first */
export async function readDrawing(io: Io, name: string): Promise<Drawing> {
  const text = await readText(io, name, MAX_DOCUMENT_BYTES)
  try {
    const { document, readOnly, remarks } = readAnyText(
      text,
      name === '-' ? '' : basename(name),
      labs.map((lab) => lab.model),
    )
    const lab = findLab(document.lab)
    const model = checkedModel(lab, document.model)
    return { document, lab, model, remarks: readOnly === null ? remarks : [readOnly, ...remarks] }
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error
    throw new InterlockError(error.code, `${name === '-' ? 'standard input' : name}: ${error.message}`, error.details)
  }
}
