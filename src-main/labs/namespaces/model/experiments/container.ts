// A container by hand, and the same as a runtime does it.
import type { KernelSample, ProcessSample } from '../../../../contract/kernel.ts'
import { bits, insiders, isFirst, lastOf, mountsOf, named, processesOf } from '../evidence.ts'
import { type Experiment, no, yes } from './experiment.ts'
import { withMount } from './files.ts'

const types = ['user', 'mnt', 'pid', 'uts', 'ipc', 'net'] as const

/** The first process of the container: in namespaces of its own of all these types, and number 1. */
const firstOf = (sample: KernelSample): ProcessSample | undefined => insiders(sample, ...types).find(isFirst)

const gone = no('The container is gone.', 'Begin again with its namespaces.')
const fromOverlay = (sample: KernelSample) =>
  withMount(sample, ({ point, type }) => point === '/' && type === 'overlay')

const byHand: Experiment = {
  id: 'container-by-hand',
  number: 17,
  title: 'A container by hand',
  week: 8,
  need: 'user',
  tools: ['unshare', 'setpriv', 'pivot_root', 'busybox'],
  task: 'Build a container from its parts, as a runtime does: namespaces, a host name, a root of layers, the old root taken away, the capabilities dropped, and a program as number 1. After each part the kernel says what has changed. None of it needs to be root.',
  steps: [
    {
      text: 'Build the lower layer: busybox, and setpriv with its libraries.',
      commands: [
        'mkdir -p interlock-lab/lower/bin interlock-lab/lower/proc interlock-lab/lower/old interlock-lab/upper interlock-lab/work interlock-lab/root',
        'for f in $(command -v busybox) $(command -v setpriv); do cp $f interlock-lab/lower/bin/; for l in $(ldd $f 2>/dev/null | grep -o "/[^ )]*"); do mkdir -p interlock-lab/lower$(dirname $l); cp $l interlock-lab/lower$l; done; done',
      ],
    },
    {
      text: 'Make the namespaces, with a shell as number 1.',
      commands: [
        'unshare --user --map-root-user --mount --pid --fork --kill-child --uts --ipc --net --cgroup bash --norc',
      ],
    },
    { text: 'Give it a name.', commands: ['hostname interlock-lab'] },
    {
      text: 'Lay the layers on each other, and mount a /proc that shows its own processes.',
      commands: [
        'mount -t overlay overlay -o lowerdir=interlock-lab/lower,upperdir=interlock-lab/upper,workdir=interlock-lab/work interlock-lab/root',
        'mount -t proc proc interlock-lab/root/proc',
      ],
    },
    {
      text: 'Change the root, become a program of the new one, and take the old one away.',
      commands: [
        'cd interlock-lab/root',
        '/usr/sbin/pivot_root . old',
        'exec /bin/busybox sh',
        '/bin/busybox umount -l /old',
      ],
    },
    {
      text: 'Drop the capabilities, and become the program of the container.',
      commands: ['exec /bin/setpriv --bounding-set=-all --inh-caps=-all /bin/busybox sleep 5'],
    },
  ],
  files: [],
  conditions: [
    {
      id: 'namespaces',
      says: 'A process is number 1 of namespaces of its own: user, mount, PID, UTS, IPC, network.',
      expected: 'six namespaces that differ from those of the host, and 1 as its last number',
      look(samples) {
        const sample = lastOf(samples)
        const found = firstOf(sample)
        if (found !== undefined) return yes(`${named(found)} is number 1 in namespaces of its own.`)
        const [most] = [...processesOf(sample)].sort((a, b) => own(sample, b).length - own(sample, a).length)
        const missing = most === undefined ? types : types.filter((type) => !own(sample, most).includes(type))
        return missing.length === 0
          ? no('It is not number 1.', 'Give unshare --fork as well.')
          : no(`Still those of the host: ${missing.join(', ')}.`, 'Call unshare with all the options of the step.')
      },
    },
    {
      id: 'host-name',
      says: 'It has a host name of its own.',
      expected: 'another name in its UTS namespace than on the host',
      look(samples) {
        const sample = lastOf(samples)
        const first = firstOf(sample)
        if (first === undefined) return gone
        const name = sample.hostnames[String(first.namespaces.uts)]
        return name !== undefined && name !== 'hidden' && name !== sample.host.hostname
          ? yes(`It is called ${name}.`)
          : no('It is called as the host is.', 'Call hostname inside.')
      },
    },
    {
      id: 'layers',
      says: 'Its root will be made of layers.',
      expected: 'a mount of type overlay in its mount namespace',
      look(samples) {
        const found = withMount(
          lastOf(samples),
          ({ type, point }) => type === 'overlay' && /^\/$|interlock-lab\/root$/.test(point),
        )
        return found === null
          ? no('There is no overlay.', 'Mount it inside, with lowerdir, upperdir and workdir.')
          : yes(`An overlay lies on ${found.mount.point}.`)
      },
    },
    {
      id: 'new-root',
      says: 'The overlay is its root.',
      expected: 'the line of mountinfo for / has the type overlay',
      look(samples) {
        const found = fromOverlay(lastOf(samples))
        return found === null
          ? no('/ still is that of the host.', 'Change into the folder and call /usr/sbin/pivot_root . old')
          : yes(`For ${named(found.process)} / is an overlay.`)
      },
    },
    {
      id: 'old-gone',
      says: 'Nothing of the host is mounted any more.',
      expected: 'no mount on /old or below it',
      look(samples) {
        const sample = lastOf(samples)
        const found = fromOverlay(sample)
        if (found === null) return gone
        const left = (mountsOf(sample, found.process) ?? []).filter(({ point }) => /^\/old(\/|$)/.test(point))
        return left.length === 0
          ? yes('Only its own mounts are left.')
          : no(`${left.length} mounts of the host are below /old.`, 'Detach them: /bin/busybox umount -l /old')
      },
    },
    {
      id: 'no-powers',
      says: 'Number 1 has no capabilities and can get none.',
      expected: 'CapEff and CapBnd 0',
      look(samples) {
        const first = firstOf(lastOf(samples))
        if (first === undefined) return gone
        const [now, later] = [bits(first.capabilities.effective), bits(first.capabilities.bounding)]
        return now === 0 && later === 0
          ? yes(`${named(first)} has none.`)
          : no(
              `${named(first)} has ${now}, and could get ${later}.`,
              'Become the program through setpriv, as in the last step.',
            )
      },
    },
    {
      id: 'program',
      says: 'The same process is now the program of the container.',
      expected: 'the pid that was the shell, with another name, still number 1',
      look(samples) {
        const first = firstOf(lastOf(samples))
        if (first === undefined) return gone
        const was = samples
          .map((sample) => sample.processes[String(first.pid)])
          .find((process) => process !== undefined && process.start === first.start)
        return was !== undefined && was.name !== first.name && !/^(ba)?sh$/.test(first.command.split(' ').at(-1) ?? '')
          ? yes(`${was.name} became ${first.name}, and is number 1 still.`)
          : no('Number 1 is a shell still.', 'Replace it with exec by the program that is to run.')
      },
    },
  ],
  solved:
    'A container is a process with its own namespaces, its own root, fewer rights, and often a limit. There is no such thing as a container in the kernel: only these parts, put together one by one.',
}

/** The types of namespaces that a process has of its own. */
function own(sample: KernelSample, { pid }: ProcessSample): string[] {
  return types.filter((type) => insiders(sample, type).some((process) => process.pid === pid))
}

const isWaiting = ({ name }: ProcessSample): boolean => name.startsWith('runc:[2:INIT')

const runc: Experiment = {
  id: 'what-runc-does',
  number: 18,
  title: 'What runc really does',
  week: 8,
  need: 'user',
  tools: ['runc', 'busybox'],
  task: 'Let runc create a container without starting it. At that moment everything is there (namespaces, root, rights), and only the program is missing: a part of runc waits inside as number 1. Then start it, and the same process becomes the program.',
  steps: [
    {
      text: 'Build a bundle: a root with busybox, and a configuration that sleeps.',
      commands: [
        'mkdir -p interlock-lab/rootfs/bin; cp $(command -v busybox) interlock-lab/rootfs/bin/; cd interlock-lab',
        `runc spec --rootless; sed -i 's/"terminal": true/"terminal": false/; s|"sh"|"/bin/busybox", "sleep", "60"|' config.json`,
      ],
    },
    {
      text: 'Create the container, and look before it starts.',
      commands: [
        'runc --root $PWD/state create interlock-lab < /dev/null > /dev/null 2>&1',
        'runc --root $PWD/state list',
      ],
    },
    { text: 'Start it.', commands: ['runc --root $PWD/state start interlock-lab', 'runc --root $PWD/state list'] },
    { text: 'End and remove it.', commands: ['runc --root $PWD/state delete --force interlock-lab', 'cd ..'] },
  ],
  files: [],
  conditions: [
    {
      id: 'created',
      says: 'A container was created and waits to be started.',
      expected: 'a process runc:[2:INIT] as number 1 of its namespaces',
      look(samples) {
        const found = insiders(lastOf(samples), 'pid', 'mnt').find((process) => isFirst(process) && isWaiting(process))
        return found === undefined
          ? no('No runc waits in a container.', 'Use runc create, not runc run, which starts at once.')
          : yes(`${named(found)} is number 1 and waits.`)
      },
    },
    {
      id: 'started',
      says: 'The same process is the program now.',
      expected: 'the pid that was runc:[2:INIT], with the name of the program',
      look(samples) {
        const sample = lastOf(samples)
        const waited = samples.flatMap((one) => processesOf(one).filter(isWaiting))
        const found = processesOf(sample).find(
          (process) =>
            !isWaiting(process) && waited.some(({ pid, start }) => pid === process.pid && start === process.start),
        )
        return found === undefined
          ? no('It still waits.', 'Start it: runc --root $PWD/state start interlock-lab')
          : yes(`${named(found)} was runc before, and is number 1 still.`)
      },
    },
  ],
  solved:
    'create prepares everything and stops before the program; start lets it go. Between the two a caller can add what it likes, such as a network: that is how engines use a runtime.',
}

export const container: readonly Experiment[] = [byHand, runc]
