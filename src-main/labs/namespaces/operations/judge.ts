// The operation `namespaces.judge`: which conditions of an experiment recorded samples prove, and why.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { type KernelSample, Recording } from '../../../contract/kernel.ts'
import type { Operation } from '../../../contract/lab.ts'
import { samplesOf } from '../../../contract/merge-patch.ts'
import { judge } from '../model/judge.ts'
import { BriefSample } from './input.ts'
import { findExperiment } from './list.ts'

const Input = z.strictObject({
  /** may be missing where the recording names it */
  experiment: z.string().optional(),
  samples: z.array(BriefSample).optional(),
  recording: Recording.optional(),
})

interface Reasoned {
  id: string
  holds: boolean
  /** index of the sample at which it held first; null for one that does not hold */
  since: number | null
  /** what was seen; for one that does not hold also the likely cause */
  reason: string
}

interface Output {
  experiment: string
  solved: boolean
  conditions: Reasoned[]
}

function run({ experiment, samples, recording }: z.infer<typeof Input>): Output {
  if ((samples === undefined) === (recording === undefined)) {
    throw new InterlockError('bad-input', 'Give either samples or a recording.', { at: 'input' })
  }
  const id = experiment ?? recording?.experiment
  if (id === undefined || id === null) {
    throw new InterlockError('bad-input', 'Name the experiment: the recording does not.', { at: 'experiment' })
  }
  const found = findExperiment(id)
  const whole: readonly KernelSample[] = samples ?? samplesOf(recording!)
  const { solved, conditions } = judge(found, whole)
  return {
    experiment: id,
    solved,
    conditions: conditions.map(({ id: name, state, since, observed, hint }) => ({
      id: name,
      holds: state === 'holds',
      since: since ?? null,
      reason: state === 'waiting' ? 'The conditions before it do not hold yet.' : `${observed} ${hint}`.trim(),
    })),
  }
}

const host = { cgroup: 1, ipc: 2, mnt: 3, net: 4, pid: 5, time: 6, user: 7, uts: 8 }
const proc = { parent: 1, root: '/', point: '/proc', type: 'proc', source: 'proc', options: 'rw', propagation: [] }
const shell = { pid: 400, start: 10, parent: 1, name: 'bash', pids: [400], namespaces: host }

const input = {
  experiment: 'pid-1',
  samples: [
    { time: 0, host: { namespaces: host, hostname: 'lab', uid: 1000 }, shell: 400, processes: { '400': shell } },
    {
      time: 900,
      host: { namespaces: host, hostname: 'lab', uid: 1000 },
      shell: 400,
      processes: {
        '400': shell,
        '402': {
          pid: 402,
          start: 12,
          parent: 400,
          name: 'bash',
          pids: [402, 1],
          namespaces: { ...host, mnt: 21, pid: 22, user: 20 },
        },
      },
      mounts: { '21': { '30': { ...proc, id: 30 }, '55': { ...proc, id: 55 } } },
    },
  ],
}

export const judgeOperation: Operation<z.infer<typeof Input>, Output> = {
  summary: 'Which conditions of an experiment recorded samples prove, each with the reason.',
  input: Input,
  help: [
    'Input',
    '  experiment  id of the experiment; may be missing where a recording names it',
    '  samples     what the kernel said, one moment after the other: time in ms, host, shell, processes by pid, and',
    '              what else the experiment asks about (mounts, networks, hostnames, queues, cgroups, files)',
    '  recording   in place of samples: the recording of a document (model.recording)',
    'Output',
    '  solved      all conditions hold, each after the one before it',
    '  conditions  each with id, holds, since (index of the sample at which it held first, or null), reason',
    'Evidence is what the kernel said; what was typed does not count.',
  ],
  example: { input: Input.parse(input), output: run(Input.parse(input)) },
  run,
}
