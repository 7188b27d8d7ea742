// Questions for a number that an operation of the lab computes: the input stands in the question, the answer nowhere.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { noAnswer } from '../../../contract/judging.ts'
import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH } from '../../../contract/limits.ts'
import { show } from '../figures.ts'
import { arithmeticOperations } from '../operations/arithmetic.ts'
import { kubernetesOperations } from '../operations/kubernetes.ts'
import { choice, numeric } from './make.ts'
import { texts } from './texts.ts'

const operations = { ...arithmeticOperations, ...kubernetesOperations }
const Operation = z.enum(Object.keys(operations) as [string, ...string[]])

const Asked = z.strictObject({
  operation: Operation.describe(texts.params.operation),
  input: z.string().max(MAX_NOTE_LENGTH).describe(texts.params.input),
  field: z.string().max(MAX_NAME_LENGTH).describe(texts.params.field),
})
const FigureOf = Asked.extend({
  topic: z.enum(Object.keys(texts.topics) as [string, ...string[]]).describe(texts.params.topic),
  tolerance: z.number().min(0).optional().describe(texts.params.tolerance),
})
type FigureOf = z.infer<typeof FigureOf>

const bad = (sentence: string): InterlockError => new InterlockError('bad-input', sentence)

/** @throws InterlockError `bad-input` when the input of the question is no JSON, or the operation refuses it */
function outputOf({ operation, input }: z.infer<typeof Asked>): unknown {
  let read: unknown
  try {
    read = JSON.parse(input)
  } catch {
    throw bad(texts.figure.json(operation))
  }
  return operations[operation as keyof typeof operations]!.run(read)
}

/** What lies under a path such as `rounds.0.time`. */
const under = (output: unknown, path: string): unknown =>
  path === ''
    ? output
    : path.split('.').reduce<unknown>((found, key) => {
        return typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? (found as Record<string, unknown>)[key]
          : undefined
      }, output)

/** @throws InterlockError `bad-input` when the operation does not give a number there */
function figureOf(params: FigureOf): { value: number; working: string } {
  const output = outputOf(params)
  const value = under(output, params.field)
  if (typeof value !== 'number') throw bad(texts.figure.noNumber(params.operation, params.field))
  const working = under(output, 'working')
  // The first line of the working that comes to the number says most.
  const lines = Array.isArray(working) ? working.map(String) : []
  const fitting = lines.filter((line) => new RegExp(`(^|[^\\d.,])${escaped(show(value))}([^\\d]|$)`).test(line))
  return { value, working: fitting[0] ?? '' }
}
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export const figure = numeric<FigureOf>({
  id: 'figure',
  title: texts.titles.figure,
  params: FigureOf,
  solve: (_, params) => {
    const { value, working } = figureOf(params)
    return { value, tolerance: params.tolerance ?? 0, because: texts.figure.because(working) }
  },
  against: (_, __, { topic }) => texts.topics[topic as keyof typeof texts.topics],
})

const ExtremeOf = Asked.extend({
  which: z.enum(['least', 'most']).describe(texts.params.which),
  except: z.array(z.string().max(MAX_NAME_LENGTH)).optional().describe(texts.params.except),
})
type ExtremeOf = z.infer<typeof ExtremeOf>

/** Entries of an output by name. @throws InterlockError `bad-input` when there are none, or two share the place asked for */
function extreme(params: ExtremeOf): { entries: [string, number][]; first: [string, number] } {
  const found = under(outputOf(params), params.field)
  const entries = Object.entries(typeof found === 'object' && found !== null ? found : {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && params.except?.includes(entry[0]) !== true,
  )
  const sorted = entries.toSorted((a, b) => (params.which === 'least' ? a[1] - b[1] : b[1] - a[1]))
  const [first, second] = sorted
  if (first === undefined || second === undefined || first[1] === second[1])
    throw bad(texts.figure.noFirst(params.field))
  return { entries, first }
}
const nameOf = (name: string): string => (texts.names as Readonly<Record<string, string>>)[name] ?? name

export const ranked = choice<ExtremeOf>({
  id: 'ranked',
  title: texts.titles.ranked,
  params: ExtremeOf,
  options: (_, params) => extreme(params).entries.map(([value]) => ({ value, label: nameOf(value) })),
  solve(_, params) {
    const { first } = extreme(params)
    return { value: first[0], because: texts.figure.ranked(nameOf(first[0]), show(first[1])) }
  },
  against(value, _, params) {
    const found = extreme(params).entries.find(([name]) => name === value)
    return found === undefined ? noAnswer : texts.figure.not(nameOf(value), show(found[1]), params.which)
  },
})
