// The operation `deadlock.generate`: a wanted property and a seed in, a graph as `deadlock.rag` reads it out.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Operation } from '../../../contract/lab.ts'
import { MAX_GENERATED_NODES } from '../../../contract/limits.ts'
import { generator } from '../generators/index.ts'
import { generatorTexts } from '../model/generator-texts.ts'
import type { DeadlockModel } from '../model/schema.ts'

const count = (key: string): z.ZodDefault<z.ZodNumber> => {
  const { min, max, usual } = generator.fields.find((field) => field.key === key)!
  return z.number().int().min(min).max(max).default(usual)
}

const names = generator.choices[0]!.options.map(({ value }) => value)

const GenerateInput = z.strictObject({
  property: z.enum(names).default(names[0]!),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  ...Object.fromEntries(generator.fields.map(({ key }) => [key, count(key)])),
})

export interface GenerateOutput {
  processes: string[]
  resources: Record<string, number>
  assignment: string[]
  request: string[]
}

function output({ nodes, edges }: DeadlockModel): GenerateOutput {
  const listed = (kind: 'assignment' | 'request'): string[] =>
    edges
      .filter((edge) => edge.kind === kind)
      .map(({ from, to, count: units }) => `${from}>${to}${units === 1 ? '' : ` x${units}`}`)
  return {
    processes: nodes.flatMap((node) => (node.kind === 'process' ? [node.name] : [])),
    resources: Object.fromEntries(
      nodes.flatMap((node) => (node.kind === 'resource' ? [[node.name, node.instances] as const] : [])),
    ),
    assignment: listed('assignment'),
    request: listed('request'),
  }
}

/** @throws InterlockError `bad-input` for values out of range, and when no graph has what is wanted */
function run(input: unknown): GenerateOutput {
  const read = GenerateInput.safeParse(input)
  if (!read.success) {
    const issue = read.error.issues[0]!
    const at = issue.path.join('.')
    throw new InterlockError('bad-input', `${at === '' ? 'input' : at}: ${issue.message}.`, { at })
  }
  const { seed, ...values } = read.data
  return output(generator.make(values as Record<string, string | number>, seed).model)
}

export const generate: Operation<unknown, GenerateOutput> = {
  summary: generatorTexts.summary,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.unknown(),
  help: [
    'Input, a JSON object; whatever is left out has its usual value:',
    `  property           ${names.join(', ')}`,
    '                     harmless: a cycle without deadlock; behind: exactly so many processes behind the ring',
    '  seed               a whole number from 0 on; the same input gives the same graph',
    ...generator.fields.map(
      ({ key, label, min, max, usual }) =>
        `  ${key.padEnd(18)} ${label.toLowerCase()}: ${min} to ${max}, usually ${usual}` +
        (key === 'behind' || key === 'rings' ? `; only for ${key}` : ''),
    ),
    `  At most ${MAX_GENERATED_NODES} processes and types; density is the share of pairs that are joined.`,
    'Output:',
    '  processes, resources, assignment, request',
    '                     the graph, as deadlock.rag reads it',
  ],
  get example() {
    const input = { property: 'deadlock', seed: 7, processes: 3, types: 3 }
    return { input, output: run(input) }
  },
  run,
}
