// The operation `topology.quorum`: how many members of a store such as etcd must agree, and how many may fail.
import type { Operation } from '../../../contract/lab.ts'
import { anything, readFields } from '../../../contract/operation-input.ts'
import { members } from './clock-questions.ts'
import { onlyFields } from './cluster-fields.ts'

function run(input: unknown): Record<string, unknown> {
  const fields = readFields(input)
  onlyFields(fields, '', ['members', 'failed'])
  return members(fields['members'], 'members', fields['failed'])
}

const example = { members: 4, failed: 1 }

export const quorum: Operation = {
  summary: 'Quorum of a replicated store, and how many failures it tolerates.',
  input: anything(),
  help: [
    'Input:',
    '  members   how many there are, or a list of such numbers',
    '  failed    optional: how many of them have failed',
    'Output:',
    '  quorum, tolerated, working; with failed: available, whether the rest can still write.',
    '  For a list lists of quorum and tolerated, and all of it in answers.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
