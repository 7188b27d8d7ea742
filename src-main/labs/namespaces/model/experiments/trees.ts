// Experiments with the trees of control groups: the two versions beside each other, and where a tree begins for whom.
import type { KernelSample, ProcessSample } from '../../../../contract/kernel.ts'
import { insiders, labGroups, lastOf, named, processesOf } from '../evidence.ts'
import { type Experiment, no, yes } from './experiment.ts'
import { lab, noGroup } from './limits.ts'

const stateIn = (sample: KernelSample, part: string): ProcessSample | undefined => processesOf(sample).find(lab(part))

const versions: Experiment = {
  id: 'v1-against-v2',
  number: 13,
  title: 'Version 1 against version 2',
  week: 8,
  need: 'root',
  tools: [],
  controllers: ['memory', 'pids', 'freezer'],
  layout: 'hybrid',
  task: 'On a machine that has both, see how they differ. In version 1 each controller has a tree of its own, so one process can be in several groups. In version 2 there is one tree. And a frozen process sleeps differently in the two.',
  steps: [
    {
      text: 'Put one process into two groups of version 1.',
      commands: [
        'mkdir /sys/fs/cgroup/memory/interlock-lab-a /sys/fs/cgroup/pids/interlock-lab-b',
        'sleep 600 & P=$!; echo $P > /sys/fs/cgroup/memory/interlock-lab-a/cgroup.procs; echo $P > /sys/fs/cgroup/pids/interlock-lab-b/cgroup.procs',
      ],
    },
    {
      text: 'Freeze it in version 1, and thaw it.',
      commands: [
        'mkdir /sys/fs/cgroup/freezer/interlock-lab; echo $P > /sys/fs/cgroup/freezer/interlock-lab/cgroup.procs; echo FROZEN > /sys/fs/cgroup/freezer/interlock-lab/freezer.state',
        'ps -o pid,stat,wchan:20,comm -p $P; echo THAWED > /sys/fs/cgroup/freezer/interlock-lab/freezer.state',
      ],
    },
    {
      text: 'Freeze it in version 2, and thaw it.',
      commands: [
        'mkdir /sys/fs/cgroup/unified/interlock-lab; echo $P > /sys/fs/cgroup/unified/interlock-lab/cgroup.procs; echo 1 > /sys/fs/cgroup/unified/interlock-lab/cgroup.freeze',
        'ps -o pid,stat,wchan:20,comm -p $P; echo 0 > /sys/fs/cgroup/unified/interlock-lab/cgroup.freeze',
      ],
    },
    { text: 'End it. The clean-up removes the groups.', commands: ['kill $P'] },
  ],
  files: [],
  conditions: [
    {
      id: 'two-paths',
      says: 'One process is in different groups of two hierarchies.',
      expected: 'two lines of /proc/PID/cgroup with different paths',
      look(samples) {
        const found = processesOf(lastOf(samples)).find(
          ({ cgroups }) => new Set(Object.values(cgroups).filter((path) => path.includes('/interlock-lab'))).size > 1,
        )
        return found === undefined
          ? no('No process is in two groups of this experiment.', 'Write one pid into cgroup.procs of both groups.')
          : yes(`${named(found)} is in two groups at once.`)
      },
    },
    {
      id: 'frozen-v1',
      says: 'Frozen in version 1 it sleeps uninterruptibly.',
      expected: 'freezer.state FROZEN and state D',
      look(samples) {
        const sample = lastOf(samples)
        const frozen = labGroups(sample).some(({ files }) => files['freezer.state'] === 'FROZEN')
        const state = stateIn(sample, 'interlock-lab')?.state
        return frozen && state === 'D'
          ? yes('FROZEN, state D.')
          : no(
              frozen ? `FROZEN, state ${state ?? 'unknown'}.` : 'No group is frozen.',
              'Write FROZEN into freezer.state.',
            )
      },
    },
    {
      id: 'frozen-v2',
      says: 'Frozen in version 2 it sleeps and could be killed.',
      expected: 'cgroup.freeze 1 and state S',
      look(samples) {
        const sample = lastOf(samples)
        const frozen = labGroups(sample).some(
          ({ hierarchy, files }) => hierarchy === '' && files['cgroup.freeze'] === '1',
        )
        const state = stateIn(sample, 'interlock-lab')?.state
        return frozen && state === 'S'
          ? yes('cgroup.freeze is 1, state S.')
          : no(
              frozen ? `Frozen, state ${state ?? 'unknown'}.` : 'No group of the unified tree is frozen.',
              'Thaw it in version 1, and write 1 into cgroup.freeze.',
            )
      },
    },
  ],
  solved:
    'Version 1 lets a process be here for memory and there for pids, which no rule can keep together. Version 2 has one tree, puts processes into leaves only, and freezes so that SIGKILL still works.',
}

const treeRoot: Experiment = {
  id: 'roots-of-the-tree',
  number: 14,
  title: 'The root of the tree moves',
  week: 8,
  need: 'delegated',
  tools: ['unshare'],
  task: 'Enter a group and then make a cgroup namespace: the own group is called / inside, and everything above it begins with /.. The host still sees the whole path. The order matters: the root is where one was when the namespace was made.',
  steps: [
    {
      text: 'Make a group of the unified tree, in /sys/fs/cgroup or in /sys/fs/cgroup/unified, and enter it.',
      commands: [
        'U=$(stat -f -c %T /sys/fs/cgroup | grep -q cgroup2 && echo /sys/fs/cgroup || echo /sys/fs/cgroup/unified); mkdir $U/interlock-lab',
        'echo $$ > $U/interlock-lab/cgroup.procs',
      ],
    },
    {
      text: 'Now make the namespace, and look.',
      commands: ['unshare --cgroup bash', 'cat /proc/self/cgroup | tail -1; cat /proc/1/cgroup | tail -1'],
    },
    { text: 'Go back, and remove the group.', commands: ['exit', 'echo $$ > $U/cgroup.procs; rmdir $U/interlock-lab'] },
  ],
  files: [],
  conditions: [
    {
      id: 'entered',
      says: 'The shell is in the group.',
      expected: '/interlock-lab at the end of its path',
      look(samples) {
        const found = processesOf(lastOf(samples)).find(lab('interlock-lab'))
        return found === undefined ? noGroup : yes(`${named(found)} is in the group.`)
      },
    },
    {
      id: 'own-root',
      says: 'In a cgroup namespace of its own the group is the root.',
      expected: 'ns/cgroup differs from the host’s, for a process that is in the group',
      look(samples) {
        const inside = insiders(lastOf(samples), 'cgroup')
        const found = inside.find(lab('interlock-lab'))
        if (found !== undefined) return yes(`${named(found)} calls its group /; the host sees the whole path.`)
        return inside.length === 0
          ? no(
              'Nobody is in a cgroup namespace of their own.',
              'Call unshare --cgroup now that the shell is in the group.',
            )
          : no('The namespace was made outside the group.', 'Leave it, enter the group first, and make it then.')
      },
    },
  ],
  solved:
    'A cgroup namespace hides what is above a container and changes no limit. Its root is the group in which its maker was at that moment.',
}

export const trees: readonly Experiment[] = [versions, treeRoot]
