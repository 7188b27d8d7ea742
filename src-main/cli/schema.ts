// `interlock schema`: the JSON Schema of a drawing, or of what the kernel view records, made from the schemas that the
// parser itself uses.
import { z } from 'zod'
import { InterlockError } from '../contract/errors.ts'
import { KernelSample, Recording } from '../contract/kernel.ts'
import { DOCUMENT_VERSION, DocumentEnvelope } from '../contract/document.ts'
import { labs } from '../labs/index.ts'
import { parseArguments } from './arguments.ts'
import { RIGHT } from './exit-codes.ts'
import type { Io } from './io.ts'

/** The schema: the shape of every document, and the model that belongs to each lab. */
export function documentSchema(): Record<string, unknown> {
  const { $schema, ...envelope } = z.toJSONSchema(DocumentEnvelope, { io: 'input' })
  const models = labs.map((lab) => {
    const model = z.toJSONSchema(lab.model.schema, { io: 'input', unrepresentable: 'any' })
    delete model.$schema
    return {
      if: { properties: { lab: { const: lab.id } } },
      then: { properties: { model } },
    }
  })
  return { $schema, title: `Interlock drawing, version ${DOCUMENT_VERSION}`, ...envelope, allOf: models }
}

const schemas: Readonly<Record<string, () => unknown>> = {
  drawing: documentSchema,
  'kernel-sample': () => z.toJSONSchema(KernelSample, { io: 'input' }),
  recording: () => z.toJSONSchema(Recording, { io: 'input' }),
}

/** @returns the exit code */
export function printSchema(argv: readonly string[], io: Io): number {
  const [what = 'drawing', ...more] = parseArguments('interlock schema', argv, {}).positionals
  const schema = Object.hasOwn(schemas, what) && more.length === 0 ? schemas[what] : undefined
  if (schema === undefined) {
    const known = Object.keys(schemas).join(', ')
    throw new InterlockError('bad-input', `There is no schema of "${[what, ...more].join(' ')}". There are: ${known}.`)
  }
  io.out(`${JSON.stringify(schema(), null, 2)}\n`)
  return RIGHT
}
