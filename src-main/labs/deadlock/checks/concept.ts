// Questions in words: the document names one, its options and reasons stand in concepts.ts.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { type Concept, concepts } from './concepts.ts'
import { About, choice } from './make.ts'
import { texts } from './texts.ts'

const Params = About.extend({ question: z.string().max(60) })

/** @throws InterlockError `bad-input` with the questions there are */
function conceptOf(question: string): Concept {
  const found = Object.hasOwn(concepts, question) ? concepts[question] : undefined
  if (found !== undefined) return found
  throw new InterlockError('bad-input', texts.noSuch('question', question, Object.keys(concepts)))
}

export const concept = choice<z.infer<typeof Params>>({
  id: 'concept',
  title: texts.titles.concept,
  params: Params,
  options: ({ question }) => conceptOf(question).options.map(({ value, label }) => ({ value, label })),
  solve(_, { question }) {
    const { value, why } = conceptOf(question).options.find((option) => option.right)!
    return { value, because: why }
  },
  against: (value, _, { question }) =>
    conceptOf(question).options.find((option) => option.value === value)?.why ?? texts.noAnswer,
})
