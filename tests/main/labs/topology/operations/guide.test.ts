// The guide for scripts: it has a section for each arithmetic operation, whose example is a case that comes out right.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences, readCases } from '../../../../../src-main/cli/cases.ts'
import type { Operation } from '../../../../../src-main/contract/lab.ts'
import { checkOperation } from '../../../../../src-main/labs/topology/operations/check.ts'
import { arithmeticOperations } from '../../../../../src-main/labs/topology/operations/arithmetic.ts'
import { runOperation } from '../../../../../src-main/services/operations.ts'

const guide = readFileSync(new URL('../../../../../docs/eval.md', import.meta.url), 'utf8')
const sections = new Map(guide.split(/^## /m).map((text) => [text.slice(0, text.indexOf('\n')).trim(), text]))

const operations: Readonly<Record<string, Operation>> = { check: checkOperation, ...arithmeticOperations }

describe.each(Object.entries(operations))('the section on topology.%s', (name, operation) => {
  const section = sections.get(`topology.${name}`) ?? ''
  const example = /```json\n(.*?)```/s.exec(section)?.[1] ?? 'null'

  test('has an example that comes out as it says', () => {
    const { cases } = readCases(JSON.parse(example), `topology.${name}`)
    expect(cases).toHaveLength(1)
    const { input, expected } = cases[0]!
    expect(Object.keys(expected ?? {}).length).toBeGreaterThan(0)
    expect(differences(expected ?? {}, JSON.parse(JSON.stringify(runOperation(operation, input))))).toEqual([])
  })

  test('names every field that the help names in bare words', () => {
    // Lines of the help that begin with a kind of question; the guide has a row for each.
    const kinds = operation.help
      .flatMap((line) => /^ {2}([a-zA-Z]+) {2,}\S/.exec(line)?.[1] ?? [])
      .filter((kind) => kind !== 'working')
    for (const kind of kinds) expect(section).toContain(kind)
  })
})
