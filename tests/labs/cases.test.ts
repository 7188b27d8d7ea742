// The kept cases of the deadlock lab, run through the operations as `interlock eval` runs it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findLab } from '../../src-main/labs/index.ts'

interface Case {
  id: string
  title: string
  operation: string
  input: unknown
  expected: Record<string, unknown>
}

const file = new URL('./cases/deadlock.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }
const names = [...new Set(cases.map(({ operation }) => operation))].sort()

test('every kind of case has an operation', () => {
  expect(names.map((name) => name.replace('deadlock.', '')).sort()).toEqual(
    ['banker', 'claim', 'counting', 'detect', 'rag', 'recover', 'request'].sort(),
  )
})

describe.each(names)('%s', (name) => {
  const here = cases.filter(({ operation }) => operation === name)

  test.each(here.map((one) => [one.id, one.title, one] as const))('%s %s', (_id, _title, { input, expected }) => {
    const operation = findLab('deadlock').operations[name.replace('deadlock.', '')]
    const output = JSON.parse(JSON.stringify(operation?.run(input))) as Record<string, unknown>
    for (const [field, value] of Object.entries(expected)) expect(output, field).toHaveProperty(field, value)
  })
})
