// Experiments with PID namespaces: who is number 1, what a forgotten fork does, levels, and which signals arrive.
import type { KernelSample, ProcessSample } from '../../../../contract/kernel.ts'
import { insiders, isFirst, lastOf, mountAt, mountsOf, named, processesOf } from '../evidence.ts'
import { type Experiment, no, yes } from './experiment.ts'

const pid1: Experiment = {
  id: 'pid-1',
  number: 1,
  title: 'PID 1',
  week: 8,
  need: 'user',
  tools: ['unshare'],
  task: 'Start a shell that is process number 1 of a PID namespace of its own. The same process has another number on the host: find both. Then see why ps needs a /proc of its own to show the smaller world.',
  steps: [
    {
      text: 'Make a user, a mount and a PID namespace, and start a shell in them.',
      commands: ['unshare --user --map-root-user --pid --fork --mount-proc bash'],
    },
    { text: 'Ask the shell for its number, and list what it sees.', commands: ['echo $$', 'ps -ef'] },
    { text: 'Look at the picture, then leave the namespaces.', commands: ['exit'] },
  ],
  files: [],
  conditions: [
    {
      id: 'own-pid',
      says: 'A process of the terminal is number 1 of a PID namespace of its own.',
      expected: 'a process whose numbers (NSpid) are one more than the host has, the last one 1',
      look(samples) {
        const sample = lastOf(samples)
        const first = insiders(sample, 'pid').find(isFirst)
        if (first !== undefined) return yes(`${named(first)} is number 1 in its own namespace.`)
        const waiting = processesOf(sample).find(({ forChildren }) => forChildren?.pid !== undefined)
        return no(
          'All processes of the terminal have one number, that of the host.',
          waiting === undefined
            ? 'Give unshare --pid and --fork.'
            : `${named(waiting)} made a PID namespace only for its children. Leave it, and give unshare --fork as well.`,
        )
      },
    },
    {
      id: 'own-proc',
      says: 'It has a /proc of its own, which shows its own namespace.',
      expected: 'in its mount namespace, one more mount of type proc on /proc than on the host',
      look(samples) {
        const sample = lastOf(samples)
        const first = insiders(sample, 'pid').find(isFirst)
        if (first === undefined) return no('The first process is gone.', 'Begin again with the first step.')
        const mounts = mountsOf(sample, first) ?? []
        const stacked = mounts.filter(({ point, type }) => point === '/proc' && type === 'proc').length
        const own = insiders(sample, 'mnt').includes(first) && mountAt(mounts, '/proc')?.type === 'proc' && stacked > 1
        return own
          ? yes(`${named(first)} has a proc file system of its own on /proc.`)
          : no(
              `${named(first)} sees the /proc of the host, so ps lists processes that are none of its own.`,
              'Leave the shell, and give unshare --mount-proc.',
            )
      },
    },
  ],
  solved:
    'One process, two numbers: the kernel gives a process a number in each PID namespace from its own up to the first one. What ps lists depends on the /proc that is mounted.',
}

/** A process that made a PID namespace for its children and stayed outside itself. */
const outside = (sample: KernelSample): ProcessSample | undefined =>
  processesOf(sample).find(({ forChildren }) => forChildren?.pid !== undefined)

const missingFork: Experiment = {
  id: 'missing-fork',
  number: 2,
  title: 'The missing fork',
  week: 8,
  need: 'user',
  tools: ['unshare'],
  task: 'Make a PID namespace without --fork. The shell keeps its number, since a process never changes its PID namespace; only its children are in the new one. The first child becomes number 1, and when it ends, the namespace is dead: nothing can be started in it any more.',
  steps: [
    {
      text: 'Forget the fork on purpose, and ask the shell for its number.',
      commands: ['unshare --user --map-root-user --pid bash --norc', 'echo $$'],
    },
    { text: 'Start a program: it is the first child, and it ends.', commands: ['ls /'] },
    { text: 'Start another one.', commands: ['ls /'] },
    { text: 'Leave the shell.', commands: ['exit'] },
  ],
  files: [],
  conditions: [
    {
      id: 'only-children',
      says: 'A shell is in the PID namespace of the host, and its children will be in another one.',
      expected: 'pid_for_children differs from the own PID namespace',
      look(samples) {
        const sample = lastOf(samples)
        const found = outside(sample)
        if (found !== undefined) return yes(`Children of ${named(found)} get another PID namespace than its own.`)
        return insiders(sample, 'pid').length > 0
          ? no('A process is inside a PID namespace.', 'Leave it. This time unshare is to be called without --fork.')
          : no('Nobody has made a PID namespace.', 'Call unshare with --pid, and without --fork.')
      },
    },
    {
      id: 'first-child-ended',
      says: 'A first child was number 1 there, and has ended.',
      expected: 'pid_for_children leads to a namespace, in which nobody lives any more',
      look(samples) {
        const found = outside(lastOf(samples))
        const space = found?.forChildren?.pid
        return typeof space === 'number' && insiders(lastOf(samples), 'pid').length === 0
          ? yes('The namespace had its number 1, and nobody is in it now.')
          : no(
              found === undefined ? 'The shell is gone.' : 'Nobody was started in the new namespace yet.',
              'Start any program in the shell and let it end, such as ls.',
            )
      },
    },
    {
      id: 'fork-fails',
      says: 'Another program cannot be started.',
      expected: 'a command that ends with status 254 (or 2 in sh), since the fork failed',
      look(samples) {
        const { ended } = lastOf(samples)
        const status = ended?.status
        return outside(lastOf(samples)) !== undefined && (status === 254 || status === 2)
          ? yes(`The shell could not fork: status ${status}.`)
          : no('No fork has failed yet.', 'Start one more program in the same shell.')
      },
    },
  ],
  solved:
    'unshare --pid is for the children: without --fork the calling process stays where it is. A PID namespace ends with its number 1, and a fork into a dead one fails with “Cannot allocate memory”, which has nothing to do with memory.',
}

const levels = ['one', 'two', 'three'] as const

const nested: Experiment = {
  id: 'nested-three-deep',
  number: 9,
  title: 'Nested three deep',
  week: 8,
  need: 'user',
  tools: ['unshare'],
  task: 'Make a PID namespace inside a PID namespace inside a PID namespace. Each level sees its own processes and those below it. Count the numbers that the innermost shell has.',
  steps: [
    {
      text: 'Make the first level, and in its shell the second, and in that the third.',
      commands: levels.map(() => 'unshare --user --map-root-user --pid --fork --mount-proc bash'),
    },
    { text: 'Ask the innermost shell for its numbers.', commands: ['grep NSpid /proc/self/status', 'ps -ef'] },
    { text: 'Leave all three.', commands: levels.map(() => 'exit') },
  ],
  files: [],
  conditions: levels.map((word, index) => ({
    id: `level-${index + 1}`,
    says: `A process has ${['two', 'three', 'four'][index] ?? ''} numbers: it is ${word} level${index === 0 ? '' : 's'} below the host.`,
    expected: `${index + 2} numbers in NSpid, the last one 1`,
    look(samples) {
      const all = insiders(lastOf(samples), 'pid')
      const deepest = [...all].sort((a, b) => b.pids.length - a.pids.length)[0]
      const found = all.find((process) => isFirst(process) && process.pids.length >= index + 2)
      if (found !== undefined) return yes(`${named(found)} is ${found.pids.join(', ')} from outside to inside.`)
      return no(
        deepest === undefined
          ? 'All processes are in the PID namespace of the host.'
          : `The deepest process, ${named(deepest)}, has ${deepest.pids.length} numbers.`,
        'Call unshare with --pid and --fork in the shell of the level before.',
      )
    },
  })),
  solved:
    'PID namespaces form a tree. A process has a number in its own and in every one above it, so the host sees all, and the innermost level only itself.',
}

const members = (sample: KernelSample): ProcessSample[] => insiders(sample, 'pid')
const deaf = ({ signals }: ProcessSample): boolean => /^0*$/.test(signals.caught)

const signals: Experiment = {
  id: 'pid-1-and-signals',
  number: 22,
  title: 'PID 1 is deaf',
  week: 8,
  need: 'user',
  tools: ['unshare', 'nsenter', 'pgrep'],
  task: 'Make sleep number 1 of a PID namespace and ask it to end, from inside. Number 1 gets no signal that it does not handle, not even SIGKILL, when it is sent from inside. From outside SIGKILL works, and takes everybody in the namespace along.',
  steps: [
    {
      text: 'Start a namespace in which sleep is number 1, with a second process beside it.',
      commands: ["unshare --user --map-root-user --pid --fork --mount-proc sh -c 'sleep 601 & exec sleep 600' &"],
    },
    {
      text: 'Enter the namespace and ask number 1 to end. It does not.',
      commands: ['nsenter -t $(pgrep -s 0 -x -o sleep) -U --preserve-credentials -p -m kill -TERM 1'],
    },
    { text: 'End it from outside. Everybody goes.', commands: ['kill -KILL $(pgrep -s 0 -x -o sleep)'] },
  ],
  files: [],
  conditions: [
    {
      id: 'deaf-first',
      says: 'Number 1 of a namespace handles no signal, and somebody lives with it.',
      expected: 'a first process whose SigCgt is zero, and another member',
      look(samples) {
        const inside = members(lastOf(samples))
        const first = inside.find(isFirst)
        if (first === undefined) return no('No PID namespace is there.', 'Begin with the first step; it needs --fork.')
        if (!deaf(first)) {
          return no(
            `${named(first)} handles signals itself.`,
            'Make a program number 1 that handles none, such as sleep.',
          )
        }
        return inside.length > 1
          ? yes(`${named(first)} catches no signal; ${inside.length - 1} more live with it.`)
          : no(`${named(first)} is alone in its namespace.`, 'Start a second process beside it.')
      },
    },
    {
      id: 'survives',
      says: 'It lives on after a command that was to end it from inside.',
      expected: 'a command that ended well, after which the first process still lives',
      look(samples, since) {
        const first = members(lastOf(samples)).find(isFirst)
        const later = samples.slice(since + 1).some(({ ended }) => ended?.status === 0)
        if (first === undefined)
          return no('The first process is gone.', 'Begin again, and send the signal from inside.')
        return later
          ? yes(`${named(first)} still lives.`)
          : no('No command has ended since.', 'Send SIGTERM to number 1 from inside its namespace, with nsenter.')
      },
    },
    {
      id: 'all-gone',
      says: 'After SIGKILL from outside nobody of the namespace is left.',
      expected: 'no process in a PID namespace of its own',
      look(samples) {
        const left = members(lastOf(samples))
        return left.length === 0
          ? yes('The first process is gone, and all others went with it.')
          : no(`${left.map(named).join(', ')} still live.`, 'Send SIGKILL to the first process, from outside.')
      },
    },
  ],
  solved:
    'The kernel protects number 1 of a namespace from signals that it does not handle, as it protects the init of a machine. That is why containers whose main program handles no SIGTERM take ten seconds to stop. When number 1 ends, the kernel ends all others.',
}

export const processes: readonly Experiment[] = [pid1, missingFork, nested, signals]
