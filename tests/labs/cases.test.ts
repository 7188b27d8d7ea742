// The kept cases of each lab, run through the operations as `interlock eval` runs them.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findLab } from '../../src-main/labs/index.ts'

interface Case {
  id: string
  title: string
  operation: string
  input: unknown
  expected: Record<string, unknown> | unknown[]
}

const folder = new URL('./cases/', import.meta.url)
const kinds: Record<string, string[]> = {
  deadlock: ['banker', 'claim', 'counting', 'detect', 'rag', 'recover', 'request'],
  distributed: [
    'berkeley',
    'bully',
    'changRoberts',
    'changRobertsAllRings',
    'cristian',
    'driftingClocks',
    'grid',
    'logicalClocks',
    'mutexMessages',
    'ntp',
    'ricartAgrawala',
    'ring',
  ],
}

test('each file of cases belongs to a lab', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(kinds).map((lab) => `${lab}.json`))
})

describe.each(Object.keys(kinds))('%s', (lab) => {
  const { cases } = JSON.parse(readFileSync(new URL(`${lab}.json`, folder), 'utf8')) as { cases: Case[] }
  const names = [...new Set(cases.map(({ operation }) => operation))].sort()

  test('every kind of case has an operation', () => {
    expect(names.map((name) => name.replace(`${lab}.`, '')).sort()).toEqual(kinds[lab])
  })

  describe.each(names)('%s', (name) => {
    const here = cases.filter(({ operation }) => operation === name)

    test.each(here.map((one) => [one.id, one.title, one] as const))('%s %s', (_id, _title, { input, expected }) => {
      const operation = findLab(lab).operations[name.replace(`${lab}.`, '')]
      const output = JSON.parse(JSON.stringify(operation?.run(input))) as Record<string, unknown>
      if (Array.isArray(expected)) return expect(output).toEqual(expected)
      for (const [field, value] of Object.entries(expected)) expect(output, field).toHaveProperty(field, value)
    })
  })
})
