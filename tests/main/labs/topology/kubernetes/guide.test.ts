// The guide for scripts: each operation on Kubernetes has a section, whose example is a case that comes out right and
// which names every field that can be given.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences, readCases } from '../../../../../src-main/cli/cases.ts'
import { kubernetesOperations } from '../../../../../src-main/labs/topology/operations/kubernetes.ts'
import { questions } from '../../../../../src-main/labs/topology/operations/schedule-questions.ts'
import { runOperation } from '../../../../../src-main/services/operations.ts'

const guide = readFileSync(new URL('../../../../../docs/eval.md', import.meta.url), 'utf8')
const sections = new Map(guide.split(/^## /m).map((text) => [text.slice(0, text.indexOf('\n')).trim(), text]))

describe.each(Object.entries(kubernetesOperations))('the section on topology.%s', (name, operation) => {
  const section = sections.get(`topology.${name}`) ?? ''

  test('has an example that comes out as it says', () => {
    const { cases } = readCases(JSON.parse(/```json\n(.*?)```/s.exec(section)?.[1] ?? 'null'), `topology.${name}`)
    const { input, expected } = cases[0]!
    expect(Object.keys(expected ?? {}).length).toBeGreaterThan(0)
    expect(differences(expected ?? {}, JSON.parse(JSON.stringify(runOperation(operation, input))))).toEqual([])
  })

  test('names the fields that the help names', () => {
    for (const line of operation.help) {
      for (const field of /^ {2}([a-zA-Z]+(?:, [a-zA-Z]+)*) {2,}\S/.exec(line)?.[1]?.split(', ') ?? []) {
        expect(section).toContain(field)
      }
    }
  })
})

test('the section on scheduling names every small question', () => {
  for (const name of Object.keys(questions)) expect(sections.get('topology.schedule')).toContain(`\`${name}\``)
})
