// The guide for scripts on this lab's operations: its examples come out as it says.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differences, readCases } from '../../../../src-main/cli/cases.ts'
import { namespaces } from '../../../../src-main/labs/namespaces/index.ts'
import { runOperation } from '../../../../src-main/services/operations.ts'

const guide = readFileSync(new URL('../../../../docs/eval.md', import.meta.url), 'utf8')
const sections = new Map(guide.split(/^## /m).map((text) => [text.slice(0, text.indexOf('\n')).trim(), text]))

test.each(Object.entries(namespaces.operations))('the example of namespaces.%s comes out', (name, operation) => {
  const example = /```json\n(.*?)```/s.exec(sections.get(`namespaces.${name}`) ?? '')?.[1] ?? 'null'
  const { cases } = readCases(JSON.parse(example), `namespaces.${name}`)
  expect(cases).toHaveLength(1)
  const { input, expected } = cases[0]!
  expect(Object.keys(expected ?? {}).length).toBeGreaterThan(0)
  expect(differences(expected ?? {}, JSON.parse(JSON.stringify(runOperation(operation, input))))).toEqual([])
})
