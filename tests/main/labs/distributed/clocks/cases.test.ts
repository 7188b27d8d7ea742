// The kept cases of the kinds that are about clocks, run through the operations as `interlock eval` runs them.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../../../src-main/contract/lab.ts'
import { berkeley } from '../../../../../src-main/labs/distributed/operations/berkeley.ts'
import { cristian } from '../../../../../src-main/labs/distributed/operations/cristian.ts'
import { driftingClocks } from '../../../../../src-main/labs/distributed/operations/drifting-clocks.ts'
import { logicalClocks } from '../../../../../src-main/labs/distributed/operations/logical-clocks.ts'
import { ntp } from '../../../../../src-main/labs/distributed/operations/ntp.ts'
import { runOperation } from '../../../../../src-main/services/operations.ts'

interface Case {
  id: string
  title: string
  operation: string
  input: unknown
  expected: unknown
}

const operations: Readonly<Record<string, Operation>> = {
  logicalClocks,
  driftingClocks,
  cristian,
  berkeley,
  ntp,
}
const file = new URL('../../../../labs/cases/distributed.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }

describe.each(Object.entries(operations))('distributed.%s', (name, operation) => {
  const here = cases.filter((one) => one.operation === `distributed.${name}`)
  const run = (input: unknown): unknown => JSON.parse(JSON.stringify(runOperation(operation, input)))

  test('has cases', () => expect(here).not.toEqual([]))

  test.each(here.map((one) => [one.id, one.title, one] as const))('%s %s', (_id, _title, { input, expected }) => {
    if (Array.isArray(expected)) expect(run(input)).toEqual(expected)
    else expect(run(input)).toMatchObject(expected as Record<string, unknown>)
  })

  test('its help has an example that comes out as it says', () => {
    expect(run(operation.example.input)).toEqual(JSON.parse(JSON.stringify(operation.example.output)))
    expect(operation.help.every((line) => line.length <= 120)).toBe(true)
  })
})
