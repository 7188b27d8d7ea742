// Reads the text of drawings: small ones here, large ones in a worker, so that nobody waits for them.
import { z } from 'zod'
import { DocumentEnvelope } from '../contract/document.ts'
import { parseDocument, tooManyBytes } from '../contract/document-text.ts'
import { MAX_DOCUMENT_BYTES } from '../contract/limits.ts'
import type { ParseText } from '../services/files/parser.ts'
import type { EngineThread } from './engine/thread.ts'
import { JsonPart } from './json-part.ts'
import { labModels } from './lab-models.ts'

/** Below this many characters reading takes a few milliseconds. */
const HERE_BELOW = 128 * 1024

/** A large document comes as a part that stays text; services only pass it on to the page. */
const Answer = z.object({
  document: z.union([DocumentEnvelope, z.custom<DocumentEnvelope>((value) => value instanceof JsonPart)]),
  readOnly: z.string().nullable(),
  remarks: z.array(z.string()),
})

export function createParser(work: EngineThread): ParseText {
  return async (text) => {
    if (text.length > MAX_DOCUMENT_BYTES) throw tooManyBytes()
    if (text.length < HERE_BELOW) return parseDocument(text, labModels)
    return Answer.parse(await work.call('document.parse', { text }))
  }
}
