// What an author can set for a question, as fields of a form: read from the schema of the check's parameters, so that a
// check says it once. Knows no check and no page.
import { z } from 'zod'
import type { CheckField } from '../../contract/exercise.ts'

interface JsonSchema {
  type?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  items?: JsonSchema
  additionalProperties?: JsonSchema | boolean
  properties?: Record<string, JsonSchema>
  required?: string[]
}

/** Those that have to be set come first. @throws Error for a parameter of a shape that no form has */
export function fieldsOf(schema: z.ZodType): CheckField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema
  const fields = Object.entries(properties).map(([key, field]) => ({
    key,
    label: field.description ?? key,
    optional: !required.includes(key),
    ...shapeOf(key, field),
  }))
  return [...fields.filter(({ optional }) => !optional), ...fields.filter(({ optional }) => optional)]
}

function shapeOf(key: string, field: JsonSchema): Pick<CheckField, 'kind' | 'options'> {
  const { type, items, additionalProperties } = field
  if (field.enum !== undefined) return { kind: 'choice', options: field.enum.map(String) }
  if (type === 'string') return { kind: 'text' }
  if (type === 'integer' || type === 'number') return { kind: 'number' }
  if (type === 'boolean') return { kind: field.const === true ? 'yes' : 'yes-no' }
  if (type === 'array' && items?.type === 'string') return { kind: 'names' }
  if (type === 'object' && typeof additionalProperties === 'object' && additionalProperties.type === 'integer') {
    return { kind: 'counts' }
  }
  throw new Error(`The parameter ${key} has a shape that no form has: ${JSON.stringify(field)}`)
}
