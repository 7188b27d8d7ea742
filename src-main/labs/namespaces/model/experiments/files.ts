// Experiments with mount namespaces: a file that only insiders see, layers of an overlay, and another root.
import type { FileSample, KernelSample, MountSample, ProcessSample } from '../../../../contract/kernel.ts'
import { insiders, lastOf, mountsOf, named } from '../evidence.ts'
import { type Experiment, no, yes } from './experiment.ts'

const inner = 'interlock-lab/box/inner.txt'
const plain = 'interlock-lab/plain.txt'

/** A process in a mount namespace of its own that has such a mount. */
export function withMount(
  sample: KernelSample,
  fits: (mount: MountSample) => boolean,
): { process: ProcessSample; mount: MountSample } | null {
  for (const process of insiders(sample, 'mnt')) {
    const mount = mountsOf(sample, process)?.find(fits)
    if (mount !== undefined) return { process, mount }
  }
  return null
}

const onHost = (sample: KernelSample, path: string): FileSample['kind'] | undefined =>
  sample.files['host']?.[path]?.kind

/** Whether somebody in a mount namespace of their own sees a file. */
const seenInside = (sample: KernelSample, path: string): boolean =>
  insiders(sample, 'mnt').some(({ namespaces }) => sample.files[String(namespaces.mnt)]?.[path]?.kind === 'file')

const notInside = 'Nobody is in a mount namespace of their own.'

const invisibleFile: Experiment = {
  id: 'invisible-file',
  number: 3,
  title: 'The invisible file',
  week: 8,
  need: 'user',
  tools: ['unshare'],
  task: 'Make a file that exists for some processes only. A mount namespace alone does not hide a file: it copies the table of mounts, and the disk below is the same. What is private is a mount that is made inside. So mount a tmpfs on a folder first, then write into it, and write a second file beside it for comparison.',
  steps: [
    {
      text: 'Make a folder, and a shell with a table of mounts of its own.',
      commands: ['mkdir -p interlock-lab/box', 'unshare --user --map-root-user --mount bash'],
    },
    {
      text: 'Put a file system of its own on the folder, and a file into it.',
      commands: ['mount -t tmpfs lab interlock-lab/box', `echo secret > ${inner}`],
    },
    { text: 'Write a second file beside it, on the disk that all share.', commands: [`echo for all > ${plain}`] },
    { text: 'Leave, and look from outside: only one of them is there.', commands: ['exit', 'ls -R interlock-lab'] },
  ],
  files: [inner, plain],
  conditions: [
    {
      id: 'own-tmpfs',
      says: 'In a mount namespace of its own a tmpfs lies on interlock-lab/box.',
      expected: 'one line more in the mountinfo of that process, of type tmpfs',
      look(samples) {
        const sample = lastOf(samples)
        const found = withMount(sample, ({ point, type }) => type === 'tmpfs' && point.endsWith('/interlock-lab/box'))
        if (found !== null) return yes(`${named(found.process)} has a tmpfs on ${found.mount.point}.`)
        return insiders(sample, 'mnt').length === 0
          ? no(notInside, 'Begin with unshare --user --map-root-user --mount.')
          : no('The table of mounts is a copy, and nothing was added.', 'Mount a tmpfs on interlock-lab/box.')
      },
    },
    {
      id: 'only-inside',
      says: 'The file inner.txt is there inside, and not on the host.',
      expected: `${inner} under /proc/PID/root, and not for the host`,
      look(samples) {
        const sample = lastOf(samples)
        if (onHost(sample, inner) === 'file') {
          return no(
            'The host sees the file as well: it lies on the host’s own disk.',
            'The tmpfs was forgotten, or came after the file. Remove the file, mount the tmpfs, and write it again.',
          )
        }
        return seenInside(sample, inner)
          ? yes('Who is inside sees the file; the host does not.')
          : no('Nobody sees the file yet.', `Write it inside: echo secret > ${inner}`)
      },
    },
    {
      id: 'plain-for-all',
      says: 'A file beside the tmpfs is seen by all.',
      expected: `${plain} inside and on the host`,
      look: (samples) =>
        onHost(lastOf(samples), plain) === 'file'
          ? yes('Written inside, and the host sees it: the disk is the same.')
          : no('The second file is not there.', `Write it beside the folder: echo for all > ${plain}`),
    },
  ],
  solved:
    'A mount namespace hides mounts, not files. What is written to a disk that was mounted before is seen by everybody; what is written to a mount of one’s own goes with it.',
}

const layer = (name: string): string => `interlock-lab/${name}`
const layerFiles = ['upper', 'lower'].flatMap((at) =>
  ['change', 'delete', 'add'].map((file) => layer(`${at}/${file}.txt`)),
)

const layers: Experiment = {
  id: 'layers',
  number: 15,
  title: 'Layers',
  week: 8,
  need: 'user',
  tools: ['unshare'],
  task: 'Put a writable layer on top of one that stays as it is, as images of containers do. Change a file, delete one, and add one, and see what each leaves in the upper folder. The lower folder must not change.',
  steps: [
    {
      text: 'Make the folders, and two files in the lower one.',
      commands: [
        'mkdir -p interlock-lab/lower interlock-lab/upper interlock-lab/work interlock-lab/merged',
        'echo old > interlock-lab/lower/change.txt; echo old > interlock-lab/lower/delete.txt',
      ],
    },
    {
      text: 'Lay them on each other in a mount namespace.',
      commands: [
        'unshare --user --map-root-user --mount bash',
        'mount -t overlay overlay -o lowerdir=interlock-lab/lower,upperdir=interlock-lab/upper,workdir=interlock-lab/work interlock-lab/merged',
      ],
    },
    {
      text: 'Change, delete and add through the merged folder.',
      commands: [
        'echo new >> interlock-lab/merged/change.txt',
        'rm interlock-lab/merged/delete.txt',
        'echo more > interlock-lab/merged/add.txt',
      ],
    },
    { text: 'Look into the upper folder, then leave.', commands: ['ls -l interlock-lab/upper', 'exit'] },
  ],
  files: layerFiles,
  conditions: [
    {
      id: 'overlay',
      says: 'An overlay is mounted on interlock-lab/merged.',
      expected: 'a mount of type overlay in a mount namespace of its own',
      look(samples) {
        const sample = lastOf(samples)
        const found = withMount(
          sample,
          ({ point, type }) => type === 'overlay' && point.endsWith('/interlock-lab/merged'),
        )
        if (found !== null) return yes(`${named(found.process)} has an overlay on ${found.mount.point}.`)
        return insiders(sample, 'mnt').length === 0
          ? no(notInside, 'Begin with unshare --user --map-root-user --mount.')
          : no(
              'There is no overlay.',
              'Mount it with lowerdir, upperdir and workdir. It needs kernel 5.11 for an ordinary user.',
            )
      },
    },
    {
      id: 'copied-up',
      says: 'The changed file was copied into the upper folder; the lower one stays.',
      expected: 'change.txt in upper and, with its old size, in lower',
      look(samples) {
        const host = lastOf(samples).files['host'] ?? {}
        const [up, low] = [host[layer('upper/change.txt')], host[layer('lower/change.txt')]]
        if (up?.kind !== 'file') {
          return no('upper has no change.txt.', 'Change the file through interlock-lab/merged, not in a layer.')
        }
        return low?.kind === 'file' && (low.size ?? 0) < (up.size ?? 0)
          ? yes('upper has a copy with the change; lower has the old file.')
          : no(
              'The lower file was changed itself.',
              'Write through interlock-lab/merged, so that the lower layer stays.',
            )
      },
    },
    {
      id: 'whiteout',
      says: 'The deleted file left a whiteout in the upper folder.',
      expected: 'delete.txt in upper as a character device 0,0, and still in lower',
      look(samples) {
        const sample = lastOf(samples)
        if (onHost(sample, layer('lower/delete.txt')) === 'none') {
          return no('delete.txt is gone from the lower folder.', 'Delete it through interlock-lab/merged.')
        }
        return onHost(sample, layer('upper/delete.txt')) === 'whiteout'
          ? yes('upper has a device 0,0 of that name, which hides the lower file.')
          : no('Nothing hides delete.txt yet.', 'Remove interlock-lab/merged/delete.txt.')
      },
    },
    {
      id: 'added',
      says: 'The new file is in the upper folder alone.',
      expected: 'add.txt in upper, and not in lower',
      look(samples) {
        const sample = lastOf(samples)
        if (onHost(sample, layer('lower/add.txt')) === 'file') {
          return no('add.txt was written to the lower folder.', 'Write it through interlock-lab/merged.')
        }
        return onHost(sample, layer('upper/add.txt')) === 'file'
          ? yes('upper has it; lower does not.')
          : no('There is no new file.', 'Write interlock-lab/merged/add.txt.')
      },
    },
  ],
  solved:
    'An image stays as it is for all its containers: a change copies the file up, a deletion leaves a whiteout, something new lies in the upper layer alone. Throw the upper folder away, and the container is as on its first day.',
}

const isRoot = ({ point, root }: MountSample): boolean => point === '/' && root.endsWith('/interlock-lab/root')

const newRoot: Experiment = {
  id: 'new-root',
  number: 16,
  title: 'A new root',
  week: 8,
  need: 'user',
  tools: ['unshare', 'busybox', 'pivot_root'],
  task: 'Exchange the root of the file system for a small one that holds busybox alone. chroot only changes where a path begins, and can be left; pivot_root changes the table of mounts, after which the old root can be taken away.',
  steps: [
    {
      text: 'Build the small root.',
      commands: [
        'mkdir -p interlock-lab/root/bin interlock-lab/root/proc interlock-lab/root/old',
        'cp $(command -v busybox) interlock-lab/root/bin/busybox',
      ],
    },
    {
      text: 'Make namespaces, and let the small root be a mount of its own.',
      commands: [
        'unshare --user --map-root-user --mount --pid --fork bash',
        'mount --bind interlock-lab/root interlock-lab/root',
        'cd interlock-lab/root',
        'mount -t proc proc proc',
      ],
    },
    {
      text: 'Change the root, become a program of the new one, and take the old one away.',
      commands: ['/usr/sbin/pivot_root . old', 'exec /bin/busybox sh', '/bin/busybox umount -l /old'],
    },
    { text: 'Look around, and leave.', commands: ['/bin/busybox ls /', 'exit'] },
  ],
  files: [],
  conditions: [
    {
      id: 'bound',
      says: 'The folder interlock-lab/root is a mount of its own.',
      expected: 'a mount on interlock-lab/root, or on / after the change',
      look(samples) {
        const sample = lastOf(samples)
        const found = withMount(sample, (mount) => mount.point.endsWith('/interlock-lab/root') || isRoot(mount))
        if (found !== null) return yes(`${named(found.process)} has it mounted on ${found.mount.point}.`)
        return insiders(sample, 'mnt').length === 0
          ? no(notInside, 'Begin with unshare --mount.')
          : no(
              'It is a folder like any other.',
              'Bind it onto itself: pivot_root wants a mount, or says that the device is busy.',
            )
      },
    },
    {
      id: 'pivoted',
      says: 'It is the root of that mount namespace.',
      expected: 'the line of mountinfo for / leads to interlock-lab/root',
      look(samples) {
        const found = withMount(lastOf(samples), isRoot)
        return found === null
          ? no('/ still is the root of the host.', 'Call pivot_root inside the folder: /usr/sbin/pivot_root . old')
          : yes(`For ${named(found.process)} / is ${found.mount.root} of ${found.mount.source}.`)
      },
    },
    {
      id: 'old-gone',
      says: 'The old root is nowhere in its table of mounts.',
      expected: 'no mount on /old or below it',
      look(samples) {
        const sample = lastOf(samples)
        const found = withMount(sample, isRoot)
        if (found === null) return no('The process with the new root is gone.', 'Begin again.')
        const left = (mountsOf(sample, found.process) ?? []).filter(
          ({ point }) => point === '/old' || point.startsWith('/old/'),
        )
        return left.length === 0
          ? yes('Only mounts of the new root are left.')
          : no(
              `${left.length} mounts of the host are still there below /old.`,
              'Detach it: /bin/busybox umount -l /old',
            )
      },
    },
  ],
  solved:
    'After pivot_root and the detached old root there is no path that leads back to the files of the host: the table of mounts does not hold them. That is what a container runtime does before it starts a program.',
}

export const files: readonly Experiment[] = [invisibleFile, layers, newRoot]
