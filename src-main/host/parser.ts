// Reads the text of drawings: small ones here, large ones in a worker, so that nobody waits for them.
import { z } from 'zod'
import { DocumentEnvelope } from '../contract/document.ts'
import { parseDocument, tooManyBytes } from '../contract/document-text.ts'
import { MAX_DOCUMENT_BYTES } from '../contract/limits.ts'
import type { ParseText } from '../services/files/parser.ts'
import type { EngineThread } from './engine/thread.ts'
import { JsonPart } from './json-part.ts'
import { allModels, labModels } from './lab-models.ts'
import { isOwnDocument } from '../services/own-document.ts'

/** Below this many characters reading takes a few milliseconds. */
const HERE_BELOW = 128 * 1024
/** The same for the texts of others, which take more work. */
const IMPORT_HERE_BELOW = 4 * 1024

/** A large document comes as a part that stays text; services only pass it on to the page. */
const Answer = z.object({
  document: z.union([DocumentEnvelope, z.custom<DocumentEnvelope>((value) => value instanceof JsonPart)]),
  readOnly: z.string().nullable(),
  remarks: z.array(z.string()),
  imported: z.string().optional(),
})

export function createParser(work: EngineThread): ParseText {
  return async (text, name) => {
    if (text.length > MAX_DOCUMENT_BYTES) throw tooManyBytes()
    const own = name === undefined || isOwnDocument(text, name)
    if (text.length < (own ? HERE_BELOW : IMPORT_HERE_BELOW)) {
      if (own) return parseDocument(text, labModels)
      const { readAnyText } = await import('../services/import.ts')
      return readAnyText(text, name, allModels)
    }
    const { imported, ...answer } = Answer.parse(await work.call('document.parse', { text, ...(own ? {} : { name }) }))
    return { ...answer, ...(imported === undefined ? {} : { imported }) }
  }
}
