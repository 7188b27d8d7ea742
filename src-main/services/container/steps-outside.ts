// The steps on the host: the image below, the control groups, the start in new namespaces. Pure.
import { quote } from './shell.ts'
import type { Controller, Place, Settled } from './settle.ts'
import { controllers } from './settle.ts'
import type { Step } from './step.ts'
import { texts } from './texts.ts'

const PERIOD = 100_000

/** A folder with what a root needs; the programs are those of busybox, or folders for those of the host. */
export function image({ options }: Settled): Step {
  return {
    id: 'image',
    stage: 'before',
    ...texts.steps.image(options.root),
    calls: ['mkdir', 'openat', 'write', 'symlink'],
    flags: [],
    lines: [
      'cd "$lab"',
      'mkdir -p lower layers root',
      '( cd lower && mkdir -p dev etc proc root sys tmp var && chmod 1777 tmp )',
      ...(options.root === 'busybox' ? busybox : host),
    ],
    host: [],
    becomes: [],
    undo: [],
    evidence: [{ file: '$lab/lower', expected: texts.evidence.image(options.root) }],
  }
}

/** Busybox cannot drop the bounding set, so `setpriv` comes along with the libraries that it loads. */
export const busybox: readonly string[] = [
  'bring() { # a program of the host, with its libraries',
  `  for file in "$1" $(ldd "$1" 2>/dev/null | grep -o '/[^ ]*'); do`,
  '    mkdir -p "lower${file%/*}" && cp -L "$file" "lower$file"',
  '  done',
  '}',
  'mkdir -p lower/bin',
  'bring "$(command -v busybox)"',
  'bring "$(command -v setpriv)"',
  '[ -e lower/bin/busybox ] || cp -L "$(command -v busybox)" lower/bin/busybox',
  'for applet in $(busybox --list); do',
  '  [ -e "lower/bin/$applet" ] || ln -s busybox "lower/bin/$applet"',
  'done',
  "echo 'root:x:0:0:root:/root:/bin/sh' > lower/etc/passwd",
  "echo 'root:x:0:' > lower/etc/group",
]

/** On most systems `/bin` and its like are links into `/usr`; where not, they are folders as it is. */
const host: readonly string[] = [
  'for folder in bin sbin lib lib32 lib64 libx32 etc usr; do',
  '  if [ -L "/$folder" ]; then cp -P "/$folder" lower/; elif [ -d "/$folder" ]; then mkdir -p "lower/$folder"; fi',
  'done',
]

/** Control groups with their limits, one in each hierarchy that is needed; nobody is in them yet. */
export function limits(settled: Settled): Step | null {
  const made = groupFolders(settled)
  if (made.length === 0) return null
  const { places } = settled
  return {
    id: 'limits',
    stage: 'before',
    ...texts.steps.limits,
    calls: ['mkdir', 'openat', 'write'],
    flags: [],
    lines: made.flatMap(({ parent, version, holds }) => [
      ...(version === 2
        ? [`echo '${holds.map((one) => `+${one}`).join(' ')}' > ${quote(parent)}/cgroup.subtree_control`]
        : []),
      `mkdir ${quote(parent)}/"$name"`,
      ...holds.flatMap((one) =>
        settings(one, version, settled).map((line) => line.replaceAll('GROUP', `${quote(parent)}/"$name"`)),
      ),
    ]),
    host: [],
    becomes: [],
    undo: [],
    evidence: controllers.flatMap((controller) => {
      const place = places[controller]
      return place === undefined ? [] : [limitEvidence(controller, place, settled)]
    }),
  }
}

interface Folder extends Place {
  holds: Controller[]
}

/** Hierarchies can hold several controllers, and then one group is made for them. */
export function groupFolders({ places }: Settled): Folder[] {
  const found = new Map<string, Folder>()
  for (const controller of controllers) {
    const place = places[controller]
    if (place === undefined) continue
    const one = found.get(place.parent) ?? { ...place, holds: [] }
    one.holds.push(controller)
    found.set(place.parent, one)
  }
  return [...found.values()]
}

const quota = (cpus: number): number => Math.round(cpus * PERIOD)

function settings(controller: Controller, version: 1 | 2, { options }: Settled): string[] {
  const { memory, cpu, pids } = options
  if (controller === 'pids') return [`echo ${pids} > GROUP/pids.max`]
  if (controller === 'cpu') {
    return version === 2
      ? [`echo '${quota(cpu ?? 1)} ${PERIOD}' > GROUP/cpu.max`]
      : [`echo ${PERIOD} > GROUP/cpu.cfs_period_us`, `echo ${quota(cpu ?? 1)} > GROUP/cpu.cfs_quota_us`]
  }
  // With swap, a program that passes the limit would become slow and not be ended.
  return version === 2
    ? [`echo ${memory} > GROUP/memory.max`, '[ ! -e GROUP/memory.swap.max ] || echo 0 > GROUP/memory.swap.max']
    : [
        `echo ${memory} > GROUP/memory.limit_in_bytes`,
        `[ ! -e GROUP/memory.memsw.limit_in_bytes ] || echo ${memory} > GROUP/memory.memsw.limit_in_bytes`,
      ]
}

function limitEvidence(
  controller: Controller,
  { version, parent }: Place,
  { options }: Settled,
): Step['evidence'][number] {
  const { memory, cpu, pids } = options
  const at = (file: string): string => `${parent}/$name/${file}`
  if (controller === 'pids') return { file: at('pids.max'), expected: String(pids) }
  if (controller === 'memory') {
    // The kernel counts in pages.
    const pages = Math.floor((memory ?? 0) / 4096) * 4096
    return { file: at(version === 2 ? 'memory.max' : 'memory.limit_in_bytes'), expected: String(pages) }
  }
  return version === 2
    ? { file: at('cpu.max'), expected: `${quota(cpu ?? 1)} ${PERIOD}` }
    : { file: at('cpu.cfs_quota_us'), expected: String(quota(cpu ?? 1)) }
}

/** The start of the first process: one call that makes the namespaces, and a fork, since PID 1 is the first child. */
export function namespaces({ options }: Settled): Step {
  const user = options.users.kind !== 'none'
  const flags = ['CLONE_NEWNS', 'CLONE_NEWPID', 'CLONE_NEWUTS', 'CLONE_NEWIPC', 'CLONE_NEWNET']
  return {
    id: 'namespaces',
    stage: 'start',
    ...texts.steps.namespaces(user),
    calls: ['unshare', 'fork', 'mount', 'prctl'],
    flags: [...(user ? ['CLONE_NEWUSER'] : []), ...flags, 'MS_PRIVATE', 'PR_SET_PDEATHSIG'],
    lines: [
      // Until its ids are mapped, nobody is root in a user namespace; --keep-caps carries the rights over to the shell.
      `setpriv --pdeathsig KILL unshare ${user ? '--user --keep-caps ' : ''}--mount --pid --fork --kill-child --uts --ipc --net \\`,
      'sh "$lab/run.sh" inside-1 \\',
    ],
    host: [],
    becomes: [],
    undo: [],
    evidence: [
      { file: '/proc/PID/status', expected: texts.evidence.nspid },
      { file: '/proc/PID/ns/*', expected: texts.evidence.namespaces },
    ],
  }
}
