// The operation `topology.check`: a drawing in, what the rules find out.
import type { Operation } from '../../../contract/lab.ts'
import { anything } from '../../../contract/operation-input.ts'
import { check } from '../rules/index.ts'
import type { Severity } from '../rules/rule.ts'
import { readDrawing } from './drawing-input.ts'

interface CheckOutput {
  sound: boolean
  errors: number
  warnings: number
  notes: number
  rules: string[]
  found: { rule: string; severity: Severity; week: number; at: string[]; sentence: string; remedy: string }[]
}

function run(input: unknown): CheckOutput {
  const model = readDrawing(input)
  const names = new Map(model.nodes.map(({ id, name }) => [id, name]))
  const ends = new Map(
    model.edges.map(({ id, from, to }) => [id, `${names.get(from) ?? from} > ${names.get(to) ?? to}`]),
  )
  const found = check(model)
  const count = (severity: Severity): number => found.filter((one) => one.severity === severity).length
  return {
    sound: count('error') === 0,
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    rules: [...new Set(found.map(({ rule }) => rule.id))],
    found: found.map(({ rule, severity, at, sentence, remedy }) => ({
      rule: rule.id,
      severity,
      week: rule.week,
      at: at.map((id) => names.get(id) ?? ends.get(id) ?? id),
      sentence,
      remedy,
    })),
  }
}

export const checkOperation: Operation<unknown, CheckOutput> = {
  summary: 'What the rules of topologies find in a drawing: what cannot be so, and what a person should know.',
  input: anything(),
  help: [
    'Input, one of:',
    '  a document as it is saved, its model, or { "drawing": … } around either',
    '  nodes, edges, muted  as in a model, in an easier form: a node has a kind, a name, its properties, and either the',
    '                       name or id of its "parent" or the things that lie in it as "children". Kinds may be called',
    '                       as people call them ("physical host", "Type 2 hypervisor", "ESXi", "guest OS", "pod"); memory',
    '                       may have a unit ("4 GiB"); the namespaces of a container may be a list. Lines have "from" and',
    '                       "to" as names or ids; their kind follows from what they join, or is given.',
    'Output, all fields always present:',
    '  sound                whether there is no error',
    '  errors, warnings, notes',
    '                       how many findings there are of each severity',
    '  rules                ids of the rules that found something, errors first',
    '  found                each finding: rule, severity, week of the course, names of what is concerned, sentence, remedy',
  ],
  example: {
    input: {
      nodes: [{ name: 'laptop', kind: 'physical host', children: [{ name: 'VirtualBox', kind: 'Type 2 hypervisor' }] }],
    },
    output: {
      sound: false,
      errors: 1,
      warnings: 0,
      notes: 0,
      rules: ['P-3'],
      found: [
        {
          rule: 'P-3',
          severity: 'error',
          week: 6,
          at: ['VirtualBox', 'laptop'],
          sentence:
            'VirtualBox is a Type 2 hypervisor and lies directly on laptop. It is a program and cannot start without an operating system.',
          remedy: 'Put an operating system on laptop and VirtualBox into it.',
        },
      ],
    },
  },
  run,
}
