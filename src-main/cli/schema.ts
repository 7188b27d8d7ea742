// `interlock schema`: the JSON Schema of a drawing, made from the schemas that the parser itself uses.
import { z } from 'zod'
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

/** @returns the exit code */
export function printSchema(argv: readonly string[], io: Io): number {
  parseArguments('interlock schema', argv, {})
  io.out(`${JSON.stringify(documentSchema(), null, 2)}\n`)
  return RIGHT
}
