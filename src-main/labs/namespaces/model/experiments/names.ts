// Experiments with what has a name or a number elsewhere: host names, queues, interfaces, cables, and users.
import { HIDDEN, type InterfaceSample, type KernelSample, type ProcessSample } from '../../../../contract/kernel.ts'
import { insiders, lastOf, named, uidInside } from '../evidence.ts'
import { type Experiment, no, yes } from './experiment.ts'

const notInside = 'All processes are in the namespaces of the host.'

const hostName: Experiment = {
  id: 'host-name',
  number: 4,
  title: 'A host name of one’s own',
  week: 8,
  need: 'user',
  tools: ['unshare'],
  task: 'Give a shell another host name without renaming the machine. The name belongs to the UTS namespace, and an ordinary user may change it in one that is theirs.',
  steps: [
    { text: 'Make a UTS namespace.', commands: ['unshare --user --map-root-user --uts bash'] },
    { text: 'Give it a name, and ask for it.', commands: ['hostname interlock-lab', 'uname -n'] },
    { text: 'Leave, and ask again.', commands: ['exit', 'uname -n'] },
  ],
  files: [],
  conditions: [
    {
      id: 'own-uts',
      says: 'A process is in a UTS namespace of its own.',
      expected: 'ns/uts differs from that of the host',
      look(samples) {
        const [inside] = insiders(lastOf(samples), 'uts')
        return inside === undefined
          ? no(notInside, 'Call unshare with --uts.')
          : yes(`${named(inside)} has a UTS namespace of its own.`)
      },
    },
    {
      id: 'renamed',
      says: 'Inside, the host name is another one, and the name of the machine stays.',
      expected: 'a host name in that namespace that differs from the host’s',
      look(samples) {
        const sample = lastOf(samples)
        const names = insiders(sample, 'uts').map(({ namespaces }) => sample.hostnames[String(namespaces.uts)])
        const other = names.find((name) => name !== undefined && name !== HIDDEN && name !== sample.host.hostname)
        const before = samples[0]?.host.hostname
        if (before !== sample.host.hostname) {
          return no('The name of the machine itself was changed.', 'Give it back, and change the name inside.')
        }
        return other === undefined
          ? no('Inside, the name is still that of the machine.', 'Call hostname inside the namespace.')
          : yes(`Inside it is ${other}, outside ${sample.host.hostname}.`)
      },
    },
  ],
  solved:
    'The UTS namespace holds the host name and the domain name. A new one begins with a copy; from then on each has its own.',
}

const queuesOf = (sample: KernelSample, inode: unknown): readonly string[] | null => {
  const found = sample.queues[String(inode)]
  return found === undefined || found === HIDDEN ? null : found
}

const separateQueues: Experiment = {
  id: 'separate-queues',
  number: 5,
  title: 'Separate queues',
  week: 8,
  need: 'user',
  tools: ['unshare', 'ipcmk', 'ipcs'],
  task: 'Make a segment of shared memory on the host and look for it inside another IPC namespace. System V objects have numbers and no path, so only the namespace parts them.',
  steps: [
    { text: 'Make a segment, and list it.', commands: ['ipcmk -M 4096', 'ipcs -m'] },
    {
      text: 'Look for it in an IPC namespace of one’s own.',
      commands: ['unshare --user --map-root-user --ipc bash', 'ipcs -m'],
    },
    {
      text: 'Leave, and remove the newest segment of yours.',
      commands: ['exit', "ipcrm -m $(ipcs -m | awk -v me=$(id -un) '$3 == me { id = $2 } END { print id }')"],
    },
  ],
  files: [],
  conditions: [
    {
      id: 'made',
      says: 'A new segment is there on the host.',
      expected: 'a shared memory segment that was not there at the beginning',
      look(samples) {
        const sample = lastOf(samples)
        const inode = sample.host.namespaces.ipc
        const first = samples.map((one) => queuesOf(one, inode)).find((list) => list !== null)
        const fresh = (queuesOf(sample, inode) ?? []).filter((one) => one.startsWith('shm') && !first?.includes(one))
        return fresh.length > 0
          ? yes(`${fresh.join(', ')} is there.`)
          : no('There is no new segment.', 'Make one on the host first: ipcmk -M 4096')
      },
    },
    {
      id: 'empty-inside',
      says: 'In an IPC namespace of its own nobody sees it.',
      expected: 'an empty list inside, while the host still has the segment',
      look(samples) {
        const sample = lastOf(samples)
        const [inside] = insiders(sample, 'ipc')
        if (inside === undefined) return no(notInside, 'Call unshare with --ipc.')
        const list = queuesOf(sample, inside.namespaces.ipc)
        const outside = queuesOf(sample, sample.host.namespaces.ipc) ?? []
        if (list === null) return no('The list inside was not seen yet.', 'Run a command inside, such as ipcs -m.')
        return list.length === 0 && outside.length > 0
          ? yes(`${named(inside)} sees none; the host has ${outside.length}.`)
          : no('The lists do not differ so.', 'Keep the segment of the host, and make none inside.')
      },
    },
  ],
  solved:
    'Numbers of shared memory, semaphores and message queues are counted in each IPC namespace anew. Inside, number 0 may be another segment than number 0 of the host.',
}

const netOf = (sample: KernelSample, { namespaces }: ProcessSample): Readonly<Record<string, InterfaceSample>> | null =>
  sample.networks[String(namespaces.net)] ?? null

const alone: Experiment = {
  id: 'alone-on-the-network',
  number: 6,
  title: 'Alone on the network',
  week: 8,
  need: 'user',
  tools: ['unshare', 'ip'],
  task: 'Make a network namespace and see what a machine without any network looks like: a loopback interface that is down, so that not even 127.0.0.1 answers. Switch it on.',
  steps: [
    {
      text: 'Make a network namespace, and list its interfaces.',
      commands: ['unshare --user --map-root-user --net bash', 'ip link'],
    },
    { text: 'Switch the loopback interface on.', commands: ['ip link set lo up', 'ip addr'] },
    { text: 'Leave.', commands: ['exit'] },
  ],
  files: [],
  conditions: [
    {
      id: 'only-lo',
      says: 'A process sees one interface, lo.',
      expected: 'a network namespace of its own in which there is lo alone',
      look(samples) {
        const sample = lastOf(samples)
        const [inside] = insiders(sample, 'net')
        if (inside === undefined) return no(notInside, 'Call unshare with --net.')
        const names = Object.keys(netOf(sample, inside) ?? {})
        return names.length === 1 && names[0] === 'lo'
          ? yes(`${named(inside)} sees lo alone.`)
          : no(
              `It sees ${names.length === 0 ? 'nothing yet' : names.join(', ')}.`,
              'Begin with a fresh network namespace.',
            )
      },
    },
    {
      id: 'lo-up',
      says: 'lo is up there.',
      expected: 'the flag UP at lo',
      look(samples) {
        const sample = lastOf(samples)
        const up = insiders(sample, 'net').some((process) => netOf(sample, process)?.['lo']?.up === true)
        return up ? yes('lo is up.') : no('lo is down, as in every new namespace.', 'Switch it on: ip link set lo up')
      },
    },
  ],
  solved:
    'A network namespace has interfaces, addresses, routes and ports of its own. It begins with nothing but a loopback that is down: “Network is unreachable” is its usual first message.',
}

interface End {
  inode: string
  name: string
  found: InterfaceSample
}

/** Two interfaces in two namespaces below the terminal that are the ends of one cable. */
function cableOf(sample: KernelSample): [End, End] | null {
  const spaces = [...new Set(insiders(sample, 'net').map(({ namespaces }) => String(namespaces.net)))]
  const ends = spaces.flatMap((inode) =>
    Object.entries(sample.networks[inode] ?? {}).map(([name, found]): End => ({ inode, name, found })),
  )
  for (const one of ends) {
    const { index, peer } = one.found
    if (one.name === 'lo' || index === undefined || peer === undefined) continue
    const other = ends.find(
      ({ inode, name, found }) => inode !== one.inode && name !== 'lo' && found.index === peer && found.peer === index,
    )
    if (other !== undefined) return [one, other]
  }
  return null
}

const cable: Experiment = {
  id: 'cable',
  number: 7,
  title: 'A cable between two namespaces',
  week: 8,
  need: 'user',
  tools: ['unshare', 'nsenter', 'ip', 'busybox'],
  task: 'Join two network namespaces with a veth pair: what goes in at one end comes out at the other. Give each end an address and let them talk.',
  steps: [
    {
      text: 'Make one network namespace, and a second one beside it.',
      commands: ['unshare --user --map-root-user --net bash', 'unshare --net sleep 600 & B=$!'],
    },
    {
      text: 'Lay the cable, and give this end an address.',
      commands: [
        'ip link add ilab0 type veth peer name ilab1 netns $B',
        'ip addr add 10.231.7.1/24 dev ilab0; ip link set ilab0 up',
      ],
    },
    {
      text: 'Do the same at the other end, and talk.',
      commands: [
        'nsenter -t $B -n ip addr add 10.231.7.2/24 dev ilab1; nsenter -t $B -n ip link set ilab1 up',
        'busybox ping -c 2 10.231.7.2',
      ],
    },
    { text: 'End the second namespace, and leave.', commands: ['kill $B', 'exit'] },
  ],
  files: [],
  conditions: [
    {
      id: 'two',
      says: 'There are two network namespaces besides that of the host.',
      expected: 'two processes whose ns/net differ from the host’s and from each other',
      look(samples) {
        const spaces = new Set(insiders(lastOf(samples), 'net').map(({ namespaces }) => namespaces.net))
        return spaces.size > 1
          ? yes(`There are ${spaces.size}.`)
          : no(
              spaces.size === 0 ? notInside : 'There is one.',
              'Start a second one in the first: unshare --net sleep 600 &',
            )
      },
    },
    {
      id: 'pair',
      says: 'A veth pair joins them.',
      expected: 'two interfaces that name each other as the other end (iflink)',
      look(samples) {
        const pair = cableOf(lastOf(samples))
        return pair === null
          ? no(
              'No interface of one has its other end in the other.',
              'Add a veth pair with its peer in the other namespace.',
            )
          : yes(`${pair[0].name} and ${pair[1].name} are the ends of one cable.`)
      },
    },
    {
      id: 'up',
      says: 'Both ends are up.',
      expected: 'the flag UP at both',
      look(samples) {
        const down = cableOf(lastOf(samples))?.filter(({ found }) => found.up !== true) ?? []
        return cableOf(lastOf(samples)) !== null && down.length === 0
          ? yes('Both are up.')
          : no(
              `${down.map(({ name }) => name).join(' and ') || 'The cable'} is not up.`,
              'Set both ends up, each in its own namespace.',
            )
      },
    },
    {
      id: 'talk',
      says: 'Packets have arrived at both ends.',
      expected: 'received packets at both',
      look(samples) {
        const pair = cableOf(lastOf(samples))
        return pair !== null && pair.every(({ found }) => found.received > 0)
          ? yes(pair.map(({ name, found }) => `${name} got ${found.received}`).join(', ') + '.')
          : no('One end has received nothing.', 'Give both ends addresses of one net, and ping the other.')
      },
    },
  ],
  solved:
    'A veth pair is a cable with two ends that may lie in different namespaces. Bridges of containers are many such cables into one switch; with the namespace its end vanishes, and the other end with it.',
}

const whoIsRoot: Experiment = {
  id: 'who-is-root',
  number: 8,
  title: 'Who is root?',
  week: 8,
  need: 'user',
  tools: ['unshare'],
  task: 'Start a process in a user namespace without a map: it is nobody. Then write its map from outside, once, and it is root inside while the host still sees the user it always was.',
  steps: [
    {
      text: 'Start a process in a user namespace, without a map.',
      commands: ['unshare --user sleep 600 & N=$!', 'cat /proc/$N/uid_map'],
    },
    {
      text: 'Write the maps from outside. Groups want setgroups denied first.',
      commands: [
        'echo "0 $(id -u) 1" > /proc/$N/uid_map',
        'echo deny > /proc/$N/setgroups',
        'echo "0 $(id -g) 1" > /proc/$N/gid_map',
      ],
    },
    {
      text: 'See who it is, inside and outside; then end it.',
      commands: ['nsenter -t $N -U --preserve-credentials id', 'ps -o user,pid,comm -p $N', 'kill $N'],
    },
  ],
  files: [],
  conditions: [
    {
      id: 'nobody',
      says: 'A process is in a user namespace without a map, where it is nobody.',
      expected: 'an empty uid_map; the uid inside is then 65534',
      look(samples) {
        const all = insiders(lastOf(samples), 'user')
        const found = all.find(({ uidMap }) => uidMap.length === 0)
        if (found !== undefined) return yes(`${named(found)} has no map and is uid ${uidInside(found)} inside.`)
        return all.length === 0
          ? no(notInside, 'Call unshare --user without --map-root-user.')
          : no('The namespace has a map already.', 'Leave out --map-root-user this time.')
      },
    },
    {
      id: 'root-inside',
      says: 'Now it is root inside, and its user outside.',
      expected: 'a map from 0 inside to the own uid outside; Uid in status seen from outside stays',
      look(samples) {
        const sample = lastOf(samples)
        const found = insiders(sample, 'user').find((process) => process.uidMap.length > 0 && uidInside(process) === 0)
        return found === undefined
          ? no(
              'No process is root in a namespace of its own.',
              'Write "0 UID 1" with your own uid to /proc/PID/uid_map, from outside and once.',
            )
          : yes(`${named(found)} is uid 0 inside and uid ${found.uids[1] ?? 0} outside.`)
      },
    },
  ],
  solved:
    'Root inside is a mapped number. It rules over what its namespace owns, and for files and processes outside it is the user that it was.',
}

export const names: readonly Experiment[] = [hostName, separateQueues, alone, cable, whoIsRoot]
