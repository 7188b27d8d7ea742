// Questions in words: the document names one, its options and reasons stand in concepts.ts.
import { z } from 'zod'
import { concepts } from './concepts.ts'
import { conceptOf } from './make.ts'
import { texts } from './texts.ts'

const Params = z.strictObject({ question: z.enum(Object.keys(concepts)).describe(texts.params.question) })

export const concept = conceptOf<z.infer<typeof Params>>(
  { id: 'concept', title: texts.titles.concept, params: Params },
  concepts,
)
