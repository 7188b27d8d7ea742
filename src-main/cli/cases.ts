// What a file for `eval` may hold: a bare input, one case, or a list of cases; and how an output is compared with
// what a case expects. Pure; knows no operation.
import { InterlockError } from '../contract/errors.ts'

/** Fields that the output must have, or the whole output where that is a list. */
export type Expected = Readonly<Record<string, unknown>> | readonly unknown[]

export interface Case {
  /** null for an input that stands alone */
  id: string | null
  /** where it stands in the file, for messages; empty for the whole file */
  place: string
  input: unknown
  /** null when the case expects nothing */
  expected: Expected | null
}

export interface CaseFile {
  /** whether the file is a list, so that the output is one too */
  list: boolean
  cases: Case[]
  /** cases in the list that are for other operations */
  left: number
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Unlike Array.isArray it tells a read-only list from an object. */
const isList = (value: Expected): value is readonly unknown[] => Array.isArray(value)

/**
 * @param operation the operation that is asked for; a case that names another one is left out of a list
 * @throws InterlockError `bad-input`
 */
export function readCases(value: unknown, operation: string): CaseFile {
  if (isObject(value) && Array.isArray(value['cases'])) {
    const all = value['cases'].map((item: unknown, index) => readCase(item, `cases[${index}]`))
    const own = all.filter((item) => item.operation === null || item.operation === operation)
    if (own.length === 0) {
      throw new InterlockError('bad-input', `None of the ${all.length} cases is for ${operation}.`)
    }
    return { list: true, cases: own, left: all.length - own.length }
  }
  if (isObject(value) && Object.hasOwn(value, 'input')) {
    const only = readCase(value, '')
    if (only.operation !== null && only.operation !== operation) {
      throw new InterlockError('bad-input', `This case is for ${only.operation}, not for ${operation}.`)
    }
    return { list: false, cases: [only], left: 0 }
  }
  return { list: false, cases: [{ id: null, place: '', input: value, expected: null }], left: 0 }
}

function readCase(value: unknown, place: string): Case & { operation: string | null } {
  if (!isObject(value) || !Object.hasOwn(value, 'input')) {
    throw new InterlockError('bad-input', `${place}: a case needs a field "input".`)
  }
  const { id, operation, expected } = value
  return {
    id: typeof id === 'string' ? id : null,
    place,
    operation: typeof operation === 'string' ? operation : null,
    input: value['input'],
    expected: isObject(expected) || Array.isArray(expected) ? expected : null,
  }
}

export interface Difference {
  field: string
  expected: unknown
  /** undefined when the output has no such field */
  found: unknown
}

/**
 * The fields of `expected` that the output does not have with an equal value. Further fields of the output are fine.
 * A list is compared as a whole.
 */
export function differences(expected: Expected, output: unknown): Difference[] {
  if (isList(expected)) return equalJson(expected, output) ? [] : [{ field: 'output', expected, found: output }]
  return Object.entries(expected).flatMap(([field, value]) => {
    const found: unknown = isObject(output) && Object.hasOwn(output, field) ? output[field] : undefined
    return equalJson(value, found) ? [] : [{ field, expected: value, found }]
  })
}

/** Whether two JSON values are equal; the order of an object's keys has no meaning, the order of a list has. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equalJson(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
  )
}
