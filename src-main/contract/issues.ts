// Turns a schema's refusal into one place and one sentence part: where, what was expected, what stands there.
// Knows no document: the same words serve documents and calls.
import type { z } from 'zod'

export interface Issue {
  /** place in the JSON, such as `model.nodes[3].instances`; empty for the whole value */
  at: string
  expected: string
  found: string
}

/** A path in the JSON as it is written in messages. */
export function placeOf(path: readonly PropertyKey[]): string {
  let place = ''
  for (const part of path) {
    if (typeof part === 'number') place += `[${part}]`
    else if (/^[A-Za-z_$][\w$-]*$/.test(String(part))) place += place === '' ? String(part) : `.${String(part)}`
    else place += `[${JSON.stringify(String(part))}]`
  }
  return place
}

/** A value as it is shown in a message: short, one line, quoted as in JSON. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? `a value of type ${issue.expected}`
    case 'too_small':
    case 'too_big': {
      const small = issue.code === 'too_small'
      const bound = String(small ? issue.minimum : issue.maximum)
      const side = small ? 'at least' : 'at most'
      if (issue.origin === 'string') return `a text of ${side} ${bound} characters`
      if (issue.origin === 'array') return `a list of ${side} ${bound} entries`
      return `a number of ${side} ${bound}`
    }
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ')
    case 'unrecognized_keys':
      return `no field ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`
    case 'invalid_union': {
      // A discriminated union names the values of its discriminator only in its options.
      const options = 'options' in issue && Array.isArray(issue.options) ? (issue.options as unknown[]) : []
      return options.length > 0 ? options.map((value) => JSON.stringify(value)).join(' or ') : 'another kind of value'
    }
    default:
      return issue.message
  }
}

/** The first issue of a refusal, deepest branch first where a union tried several shapes. */
export function firstIssue(error: z.core.$ZodError, input: unknown): Issue {
  let path: PropertyKey[] = []
  let issue = error.issues[0]
  while (issue !== undefined) {
    path = [...path, ...issue.path]
    const branches: z.core.$ZodIssue[][] = issue.code === 'invalid_union' ? issue.errors : []
    const inner = branches.flat().sort((a, b) => b.path.length - a.path.length)[0]
    if (inner === undefined) break
    issue = inner
  }
  if (issue === undefined) return { at: '', expected: 'another value', found: showValue(input) }
  if (issue.code === 'invalid_key') {
    const key = path.at(-1)
    const inner = issue.issues[0]
    return { at: placeOf(path), expected: inner ? wanted(inner) : 'another key', found: showValue(String(key)) }
  }
  return { at: placeOf(path), expected: wanted(issue), found: showValue(valueAt(input, path)) }
}
