// Questions in words: the document names one, its options and reasons stand in concepts.ts.
import { z } from 'zod'
import { type Concept, concepts } from './concepts.ts'
import { choice } from './make.ts'
import { texts } from './texts.ts'

const Params = z.strictObject({ question: z.enum(Object.keys(concepts)).describe(texts.params.question) })

const conceptOf = (question: string): Concept => concepts[question]!

export const concept = choice<z.infer<typeof Params>>({
  id: 'concept',
  title: texts.titles.concept,
  params: Params,
  options: (_, { question }) => conceptOf(question).map(({ value, label }) => ({ value, label })),
  solve(_, { question }) {
    const { value, why } = conceptOf(question).find((option) => option.right)!
    return { value, because: why }
  },
  against: (value, _, { question }) =>
    conceptOf(question).find((option) => option.value === value)?.why ?? texts.noAnswer,
})
