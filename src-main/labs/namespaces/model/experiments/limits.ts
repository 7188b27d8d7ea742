// Experiments with limits and weights of control groups. Each names both versions' files; conditions read whichever are
// there.
import type { KernelSample, ProcessSample } from '../../../../contract/kernel.ts'
import { figure, labGroups, lastOf, processesOf } from '../evidence.ts'
import { type Experiment, type Look, no, yes } from './experiment.ts'

type Group = ReturnType<typeof labGroups>[number]

const MIB = 1024 * 1024
export const noGroup: Look = no(
  'There is no control group named interlock-lab.',
  'Make one with mkdir, as the first step says.',
)

const withFile = (sample: KernelSample, ...files: readonly string[]): Group[] =>
  labGroups(sample).filter((group) => files.some((file) => group.files[file] !== undefined))

/** How far a counter of a group has risen since it was seen first, over all samples. */
function risen(
  samples: readonly KernelSample[],
  files: readonly string[],
  key: string,
): { path: string; by: number } | null {
  const first = new Map<string, number>()
  let most: { path: string; by: number } | null = null
  for (const sample of samples) {
    for (const { hierarchy, path, files: there } of labGroups(sample)) {
      for (const file of files) {
        const now = figure(there[file], key)
        if (now === null) continue
        const id = `${hierarchy} ${path} ${file}`
        const before = first.get(id) ?? now
        first.set(id, before)
        if (now > before && now - before > (most?.by ?? 0)) most = { path, by: now - before }
      }
    }
  }
  return most
}

const memoryLimit: Experiment = {
  id: 'memory-limit',
  number: 10,
  title: 'A memory limit, and the OOM killer',
  week: 8,
  need: 'delegated',
  tools: [],
  controllers: ['memory'],
  task: 'Let a program that wants all memory run in a group that may have 64 MiB. Status 137 alone does not prove what ended it, since every SIGKILL gives it: find the counter that does.',
  steps: [
    {
      text: 'Make a group and limit it. With version 1:',
      commands: [
        'mkdir /sys/fs/cgroup/memory/interlock-lab',
        'echo 64M > /sys/fs/cgroup/memory/interlock-lab/memory.limit_in_bytes',
      ],
    },
    {
      text: 'Or with version 2, where swap is limited as well:',
      commands: [
        'mkdir /sys/fs/cgroup/interlock-lab',
        'echo 64M > /sys/fs/cgroup/interlock-lab/memory.max; echo 0 > /sys/fs/cgroup/interlock-lab/memory.swap.max',
      ],
    },
    {
      text: 'Enter it and eat memory.',
      commands: [
        "G=$(ls -d /sys/fs/cgroup/memory/interlock-lab /sys/fs/cgroup/interlock-lab 2>/dev/null | head -1); bash -c 'echo $$ > $0/cgroup.procs; exec tail /dev/zero' $G",
      ],
    },
    {
      text: 'Read the counters, and remove the group.',
      commands: ['cat $G/memory.oom_control $G/memory.events 2>/dev/null', 'rmdir $G'],
    },
  ],
  files: [],
  conditions: [
    {
      id: 'limit',
      says: 'A group may have 64 MiB of memory.',
      expected: 'memory.limit_in_bytes or memory.max of 67108864',
      look(samples) {
        const [group] = withFile(lastOf(samples), 'memory.limit_in_bytes', 'memory.max')
        if (group === undefined) return noGroup
        const text = group.files['memory.limit_in_bytes'] ?? group.files['memory.max']
        return figure(text) === 64 * MIB
          ? yes(`${group.path} is limited to 64 MiB.`)
          : no(`${group.path} has the limit ${text ?? ''}.`, 'Write 64M into its limit file.')
      },
    },
    {
      id: 'killed',
      says: 'The OOM killer ended a process of the group.',
      expected: 'oom_kill of the group rises by one',
      look(samples) {
        const found = risen(samples, ['memory.oom_control', 'memory.events'], 'oom_kill')
        if (found !== null) return yes(`oom_kill of ${found.path} rose by ${found.by}.`)
        return samples.some(({ ended }) => ended?.status === 137)
          ? no(
              'A command ended with 137, and the counter did not rise.',
              'Something else sent SIGKILL. Eat memory inside the group; with swap, limit that, too.',
            )
          : no('The counter has not risen.', 'Start the eater inside the group: write its pid into cgroup.procs first.')
      },
    },
    {
      id: 'status',
      says: 'The shell was told of status 137.',
      expected: 'a command that ended with 128 + 9',
      look: (samples) =>
        samples.some(({ ended }) => ended?.status === 137)
          ? yes('A command ended with 137: SIGKILL.')
          : no('No command ended with 137.', 'Start the eater from the terminal’s shell, in the foreground.'),
    },
  ],
  solved:
    'At its limit the group is asked to give pages back, and when nothing is left to give, the kernel ends a process of the group and counts it. Other processes of the machine do not notice.',
}

/** Milliseconds of CPU that a process used in a group, and how long it was watched there, from the samples. */
function usedIn(
  samples: readonly KernelSample[],
  inGroup: (process: ProcessSample) => boolean,
): { used: number; watched: number } {
  const seen = new Map<string, { cpu: number; time: number }>()
  let best = { used: 0, watched: 0 }
  for (const sample of samples) {
    for (const process of processesOf(sample).filter(inGroup)) {
      const id = `${process.pid} ${process.start}`
      const first = seen.get(id) ?? { cpu: process.cpu, time: sample.time }
      seen.set(id, first)
      const watched = sample.time - first.time
      if (watched > best.watched) best = { used: process.cpu - first.cpu, watched }
    }
  }
  return best
}

/** Whether a process is in a group of this name. */
export const lab =
  (part: string) =>
  (process: ProcessSample): boolean =>
    Object.values(process.cgroups).some((path) => path.split('/').includes(part))

const TOLERANCE = 0.15
/** Shorter than this, ticks of the clock count for too much. */
const WATCHED = 2000

const halfACpu: Experiment = {
  id: 'half-a-cpu',
  number: 11,
  title: 'Half a CPU',
  week: 8,
  need: 'delegated',
  tools: ['timeout'],
  controllers: ['cpu'],
  task: 'Give a group 50 ms of CPU in every 100 ms and let a program turn in circles inside. See it throttled, and what it gets.',
  steps: [
    {
      text: 'Make a group with that quota. With version 1:',
      commands: [
        'mkdir /sys/fs/cgroup/cpu/interlock-lab',
        'echo 50000 > /sys/fs/cgroup/cpu/interlock-lab/cpu.cfs_quota_us',
      ],
    },
    {
      text: 'Or with version 2:',
      commands: ['mkdir /sys/fs/cgroup/interlock-lab', 'echo "50000 100000" > /sys/fs/cgroup/interlock-lab/cpu.max'],
    },
    {
      text: 'Turn in circles inside, for five seconds.',
      commands: [
        "G=$(ls -d /sys/fs/cgroup/cpu/interlock-lab /sys/fs/cgroup/interlock-lab 2>/dev/null | head -1); timeout 5 bash -c 'echo $$ > $0/cgroup.procs; while :; do :; done' $G",
      ],
    },
    { text: 'Read the counters, and remove the group.', commands: ['cat $G/cpu.stat', 'rmdir $G'] },
  ],
  files: [],
  conditions: [
    {
      id: 'quota',
      says: 'A group may use half a CPU.',
      expected: 'quota / period = 0.5 in cpu.cfs_quota_us and cpu.cfs_period_us, or in cpu.max',
      look(samples) {
        const [group] = withFile(lastOf(samples), 'cpu.cfs_quota_us', 'cpu.max')
        if (group === undefined) return noGroup
        const [quota, period] = group.files['cpu.max']?.split(' ').map(Number) ?? [
          figure(group.files['cpu.cfs_quota_us']),
          figure(group.files['cpu.cfs_period_us']),
        ]
        const share = (quota ?? 0) / (period ?? 1)
        return share === 0.5
          ? yes(`${group.path} may use ${quota ?? 0} of every ${period ?? 0} µs.`)
          : no(`The quota of ${group.path} is ${quota ?? 'none'}.`, 'Write 50000 of 100000 µs into its quota.')
      },
    },
    {
      id: 'throttled',
      says: 'The group was throttled.',
      expected: 'nr_throttled in cpu.stat rises',
      look(samples) {
        const found = risen(samples, ['cpu.stat'], 'nr_throttled')
        return found === null
          ? no(
              'nr_throttled has not risen.',
              'Start a busy loop inside the group: write its pid into cgroup.procs first.',
            )
          : yes(`nr_throttled of ${found.path} rose by ${found.by}.`)
      },
    },
    {
      id: 'half',
      says: 'It got half a second of CPU in every second.',
      expected: 'CPU time of a process in the group over at least 2 s: 0.5 s a second, within 15 %',
      look(samples) {
        const { used, watched } = usedIn(samples, lab('interlock-lab'))
        if (watched < WATCHED) {
          return no(`It was watched for ${(watched / 1000).toFixed(1)} s.`, 'Let the loop run for five seconds.')
        }
        const share = used / watched
        return Math.abs(share - 0.5) <= 0.5 * TOLERANCE
          ? yes(`It used ${share.toFixed(2)} s of CPU a second.`)
          : no(
              `It used ${share.toFixed(2)} s of CPU a second.`,
              'One busy loop in the group, and no other limit above it.',
            )
      },
    },
  ],
  solved:
    'A quota is a budget for each period. When it is used up, all processes of the group wait for the next period, even when the machine is idle. That is why a service with a quota answers in jerks.',
}

const shareOf = ({ files }: Group): number | null => figure(files['cpu.shares'] ?? files['cpu.weight'])

/** CPU time of the processes of two groups in the time in which both were seen. */
function raced(samples: readonly KernelSample[]): { a: number; b: number; watched: number } {
  const [a, b] = [lab('interlock-lab-a'), lab('interlock-lab-b')]
  const both = samples.filter((sample) => processesOf(sample).some(a) && processesOf(sample).some(b))
  const watched = (both.at(-1)?.time ?? 0) - (both[0]?.time ?? 0)
  return { a: usedIn(both, a).used, b: usedIn(both, b).used, watched }
}

const weights: Experiment = {
  id: 'weights',
  number: 12,
  title: 'Two to one',
  week: 8,
  need: 'delegated',
  tools: ['timeout', 'taskset'],
  controllers: ['cpu'],
  task: 'Two groups want the same CPU. Give one twice the weight of the other, and measure what each gets. Weights count only where somebody else wants the CPU, too: so both loops are put on one.',
  steps: [
    {
      text: 'Make two groups, 2 to 1. With version 1:',
      commands: [
        'mkdir /sys/fs/cgroup/cpu/interlock-lab-a /sys/fs/cgroup/cpu/interlock-lab-b',
        'echo 2048 > /sys/fs/cgroup/cpu/interlock-lab-a/cpu.shares; echo 1024 > /sys/fs/cgroup/cpu/interlock-lab-b/cpu.shares',
      ],
    },
    {
      text: 'Or with version 2:',
      commands: [
        'mkdir /sys/fs/cgroup/interlock-lab-a /sys/fs/cgroup/interlock-lab-b',
        'echo 200 > /sys/fs/cgroup/interlock-lab-a/cpu.weight; echo 100 > /sys/fs/cgroup/interlock-lab-b/cpu.weight',
      ],
    },
    {
      text: 'Let both turn on one CPU for six seconds.',
      commands: [
        "C=$(ls -d /sys/fs/cgroup/cpu/interlock-lab-a /sys/fs/cgroup/interlock-lab-a 2>/dev/null | head -1); for x in a b; do timeout 6 taskset -c 0 bash -c 'echo $$ > $0/cgroup.procs; while :; do :; done' ${C%a}$x & done; wait",
      ],
    },
    { text: 'Remove the groups.', commands: ['rmdir ${C%a}a ${C%a}b'] },
  ],
  files: [],
  conditions: [
    {
      id: 'two-to-one',
      says: 'One group has twice the weight of the other.',
      expected: 'cpu.shares or cpu.weight of interlock-lab-a twice that of interlock-lab-b',
      look(samples) {
        const groups = withFile(lastOf(samples), 'cpu.shares', 'cpu.weight')
        const at = (end: string): number | null => {
          const group = groups.find(({ path }) => path.endsWith(end))
          return group === undefined ? null : shareOf(group)
        }
        const [a, b] = [at('interlock-lab-a'), at('interlock-lab-b')]
        if (a === null || b === null)
          return no('The two groups are not there.', 'Make interlock-lab-a and interlock-lab-b.')
        return a === 2 * b
          ? yes(`The weights are ${a} and ${b}.`)
          : no(`The weights are ${a} and ${b}.`, 'Give a twice the weight of b.')
      },
    },
    {
      id: 'usage',
      says: 'Side by side it got twice the CPU time.',
      expected: 'CPU time of a over that of b while both run, for at least 2 s: 2, within 15 %',
      look(samples) {
        const { a, b, watched } = raced(samples)
        if (watched < WATCHED || b === 0) {
          return no(
            `Both were watched for ${(watched / 1000).toFixed(1)} s.`,
            'Let a busy loop run in each group for six seconds.',
          )
        }
        const ratio = a / b
        return Math.abs(ratio - 2) <= 2 * TOLERANCE
          ? yes(`a used ${ratio.toFixed(2)} times what b used.`)
          : no(
              `a used ${ratio.toFixed(2)} times what b used.`,
              'Put both on one CPU with taskset: with one CPU each, nobody has to share.',
            )
      },
    },
  ],
  solved:
    'A weight is no limit: alone on a CPU each group would get all of it. Only where they compete does the time follow the weights.',
}

const forkLimit: Experiment = {
  id: 'fork-limit',
  number: 23,
  title: 'No more processes',
  week: 8,
  need: 'delegated',
  tools: [],
  controllers: ['pids'],
  task: 'Allow a group five processes and try to start more. The refused fork is counted, and the machine goes on.',
  steps: [
    {
      text: 'Make a group for five. With version 1:',
      commands: ['mkdir /sys/fs/cgroup/pids/interlock-lab', 'echo 5 > /sys/fs/cgroup/pids/interlock-lab/pids.max'],
    },
    {
      text: 'Or with version 2:',
      commands: ['mkdir /sys/fs/cgroup/interlock-lab', 'echo 5 > /sys/fs/cgroup/interlock-lab/pids.max'],
    },
    {
      text: 'Enter it and start more than that. sh gives up at the first refusal.',
      commands: [
        "G=$(ls -d /sys/fs/cgroup/pids/interlock-lab /sys/fs/cgroup/interlock-lab 2>/dev/null | head -1); sh -c 'echo $$ > $0/cgroup.procs; for i in 1 2 3 4 5 6 7 8; do sleep 3 & done; wait' $G",
      ],
    },
    {
      text: 'Read the counter; remove the group when all have ended.',
      commands: ['cat $G/pids.events', 'sleep 3; rmdir $G'],
    },
  ],
  files: [],
  conditions: [
    {
      id: 'limit',
      says: 'A group may have five processes.',
      expected: 'pids.max 5',
      look(samples) {
        const [group] = withFile(lastOf(samples), 'pids.max')
        if (group === undefined) return noGroup
        return group.files['pids.max'] === '5'
          ? yes(`${group.path} may have 5.`)
          : no(`${group.path} may have ${group.files['pids.max'] ?? 'any number'}.`, 'Write 5 into pids.max.')
      },
    },
    {
      id: 'refused',
      says: 'A fork was refused at the limit.',
      expected: 'max in pids.events rises, and pids.current stays at 5 or below',
      look(samples) {
        const found = risen(samples, ['pids.events'], 'max')
        const over = samples.some((sample) =>
          withFile(sample, 'pids.current').some(({ files }) => (figure(files['pids.current']) ?? 0) > 5),
        )
        if (over) return no('More than five were in the group.', 'Set the limit before processes enter.')
        return found === null
          ? no('No fork was refused.', 'Start more than five processes in the group.')
          : yes(`max of ${found.path} rose by ${found.by}.`)
      },
    },
  ],
  solved:
    'A limit on processes stops a fork bomb inside its group: fork fails with “Resource temporarily unavailable”, and nobody else is touched.',
}

export const limits: readonly Experiment[] = [memoryLimit, halfACpu, weights, forkLimit]
