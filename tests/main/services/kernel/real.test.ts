// Real runs: a terminal through the service, what is typed into it, and what the samples say then. The lane of an
// ordinary user runs as one, also where the test is root; the lane of root runs where it is. Each cleans up after itself.
import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { KernelSample, ProcessSample } from '../../../../src-main/contract/kernel.ts'
import { samplesOf } from '../../../../src-main/contract/merge-patch.ts'
import { createMachine } from '../../../../src-main/services/kernel/machine.ts'
import { recordRun, type Run } from './record.ts'

const { machine, why } = await createMachine().facts()
const root = process.getuid?.() === 0
const NOBODY = 65_534
const user: Pick<Run, 'uid'> = root ? { uid: NOBODY } : {}
const uid = user.uid ?? process.getuid?.() ?? 0

const missing = (tools: readonly string[]): string | null => {
  const lacking = tools.filter((tool) => !(tool in machine.tools))
  return lacking.length === 0 ? null : `missing here: ${lacking.join(', ')}`
}
const noUser =
  why ?? machine.userNamespaces ?? missing(['unshare', 'nsenter', 'ip', 'hostname', 'mount', 'lsns', 'ipcmk'])
const noRoot = why ?? (root ? null : 'only root may make control groups here')
const because = (reason: string | null): string => (reason === null ? '' : ` (skipped: ${reason})`)

/** Follows a run: the samples in order, each expected after the one before it. */
async function run(what: Omit<Run, 'experiment'>): Promise<{
  samples: KernelSample[]
  left: string[]
  /** The first sample from where the last one was found that fits. */
  finds(name: string, fits: (sample: KernelSample, inner: ProcessSample[]) => boolean): KernelSample
}> {
  const { recording, left, output } = await recordRun({ experiment: null, pause: 200, ...what })
  const samples = samplesOf(recording)
  let from = 0
  return {
    samples,
    left,
    finds(name, fits) {
      const index = samples.findIndex(
        (sample, at) =>
          at >= from &&
          fits(
            sample,
            Object.values(sample.processes).filter(({ pid }) => pid !== sample.shell),
          ),
      )
      if (index < 0) throw new Error(`no sample in which ${name}; the terminal showed ${JSON.stringify(output)}`)
      from = index
      return samples[index] as KernelSample
    },
  }
}

describe.skipIf(noUser !== null)(`samples of an ordinary user's run${because(noUser)}`, { timeout: 60_000 }, () => {
  it('show a PID namespace with its PID 1, its own /proc, and its end', async () => {
    const { finds, left, samples } = await run({
      ...user,
      commands: ['unshare -Urpf --mount-proc bash', 'sleep 0.1', 'exit'],
    })
    expect(samples[0]?.host.uid).toBe(uid)
    const inside = finds('a process is PID 1', (_, all) => all.some(({ pids }) => pids.length === 2 && pids[1] === 1))
    const init = Object.values(inside.processes).find(({ pids }) => pids.at(-1) === 1 && pids.length === 2)
    expect(init?.namespaces.pid).not.toBe(inside.host.namespaces.pid)
    expect(init?.uidMap).toEqual([{ inside: 0, outside: uid, count: 1 }])
    expect(init?.uids[0]).toBe(uid)
    expect(init?.setgroups).toBe('deny')
    const proc = Object.values(inside.mounts[String(init?.namespaces.mnt)] ?? {}).filter(
      ({ point }) => point === '/proc',
    )
    expect(proc.length).toBeGreaterThan(1)
    finds('parents of namespaces are told', ({ relations }) => {
      const told = relations[`pid:${init?.namespaces.pid}`]
      return told?.parent === inside.host.namespaces.pid && told?.owner === init?.namespaces.user
    })
    finds('a command has ended', ({ ended }) => ended?.status === 0)
    finds('it is gone', (_, all) => all.length === 0)
    expect(left).toEqual([])
  })

  it('show a namespace for children that the process itself is not in, without --fork', async () => {
    const { finds } = await run({
      ...user,
      commands: [
        { type: 'unshare -Urp bash', wait: 800 },
        { type: 'exit', wait: 500 },
      ],
    })
    finds('pid and pid_for_children differ', ({ host }, all) =>
      all.some(
        ({ namespaces, forChildren }) =>
          namespaces.user !== host.namespaces.user &&
          namespaces.pid === host.namespaces.pid &&
          forChildren?.pid !== undefined,
      ),
    )
  })

  it('show a host name, an interface that goes up, and a queue inside, and the host without them', async () => {
    const { finds } = await run({
      ...user,
      commands: ['unshare -Urnui --fork bash', 'hostname inner', 'ip link set lo up', 'ipcmk -M 4096', 'exit'],
    })
    const named = finds('the host name is told', ({ hostnames }) => Object.values(hostnames).includes('inner'))
    const inner = Object.values(named.processes).find(
      ({ namespaces }) => named.hostnames[String(namespaces.uts)] === 'inner',
    )
    const [net, ipc] = [String(inner?.namespaces.net), String(inner?.namespaces.ipc)]
    expect(named.hostnames[String(named.host.namespaces.uts)]).toBe(named.host.hostname)
    expect(named.host.hostname).not.toBe('inner')
    expect(Object.keys(named.networks[net] ?? {})).toEqual(['lo'])
    expect(named.networks[net]?.['lo']?.up).toBe(false)
    finds('lo is up', ({ networks }) => networks[net]?.['lo']?.up === true)
    const queued = finds('there is a segment', ({ queues }) => queues[ipc]?.length === 1)
    expect(queued.queues[ipc]).toEqual(['shm 0'])
  })

  it('show a file in a namespace that the host does not have', async () => {
    const { finds, left } = await run({
      ...user,
      files: ['interlock-lab/file'],
      commands: [
        'mkdir interlock-lab',
        'unshare -Urm bash',
        'mount -t tmpfs lab interlock-lab && touch interlock-lab/file',
      ],
    })
    const seen = finds('the file is there', ({ files }) =>
      Object.values(files).some((by) => by['interlock-lab/file']?.kind === 'file'),
    )
    expect(seen.files['host']?.['interlock-lab/file']?.kind).toBe('none')
    const [inode] = Object.entries(seen.files).find(([, by]) => by['interlock-lab/file']?.kind === 'file') ?? []
    expect(Object.values(seen.mounts[inode ?? ''] ?? {}).at(-1)).toMatchObject({ type: 'tmpfs', source: 'lab' })
    expect(left).toEqual([])
  })

  it.skipIf(!machine.overlay)('show a whiteout, and clean the folder that an overlay locks', async () => {
    const { finds, left } = await run({
      ...user,
      files: ['interlock-lab/up/x'],
      commands: [
        'mkdir -p interlock-lab/{low,up,work,all}; echo hi > interlock-lab/low/x',
        'cd interlock-lab; unshare -Urm bash',
        'mount -t overlay o -o lowerdir=low,upperdir=up,workdir=work all; rm all/x',
      ],
    })
    finds('there is a whiteout', ({ files }) => files['host']?.['interlock-lab/up/x']?.kind === 'whiteout')
    expect(left).toEqual([])
  })

  it.skipIf(missing(['setpriv']) !== null)(
    'show capabilities that are gone and new privileges that are refused',
    async () => {
      const { finds } = await run({
        ...user,
        commands: ['unshare -Ur setpriv --bounding-set -all --inh-caps -all --no-new-privs bash', 'exit'],
      })
      const seen = finds('nothing may be done', (_, all) => all.some(({ noNewPrivileges }) => noNewPrivileges))
      const powerless = Object.values(seen.processes).find(({ noNewPrivileges }) => noNewPrivileges)
      expect(Number.parseInt(powerless?.capabilities.bounding ?? '1', 16)).toBe(0)
      expect(Number.parseInt(powerless?.capabilities.effective ?? '1', 16)).toBe(0)
    },
  )
})

/** One way to limit memory that this machine has: a folder of groups, the file, what counts kills. */
const memory =
  'memory' in machine.writable
    ? { key: 'memory', place: machine.writable['memory'], limit: 'memory.limit_in_bytes', events: 'memory.oom_control' }
    : machine.controllers.includes('memory')
      ? { key: '', place: machine.writable[''], limit: 'memory.max', events: 'memory.events' }
      : null
const noLimit = noRoot ?? (memory === null ? 'no hierarchy offers memory here' : missing(['python3']))

describe.skipIf(noLimit !== null)(`samples of root's run${because(noLimit)}`, { timeout: 60_000 }, () => {
  const group = `interlock-lab-${process.pid}`

  it('show a limit of memory and who was killed by it, and the group is removed though the shell was in it', async () => {
    const folder = `${memory?.place}/${group}`
    const enable = memory?.key === '' ? `echo +memory > ${memory.place}/cgroup.subtree_control; ` : ''
    const { finds, left } = await run({
      commands: [
        `${enable}mkdir -p ${folder}/inner; echo 67108864 > ${folder}/${memory?.limit}`,
        `(echo $BASHPID > ${folder}/cgroup.procs; exec python3 -c 'a = [bytearray(8 << 20) for i in range(99)]')`,
        `echo $$ > ${folder}/cgroup.procs`,
      ],
    })
    const limited = finds(
      'it has a limit',
      ({ cgroups }) => cgroups[memory?.key ?? '']?.[`/${group}`]?.[memory?.limit ?? ''] === '67108864',
    )
    expect(limited.cgroups[memory?.key ?? '']).toHaveProperty([`/${group}/inner`])
    finds('it was killed', ({ cgroups, ended }) => {
      const events = cgroups[memory?.key ?? '']?.[`/${group}`]?.[memory?.events ?? ''] ?? ''
      return ended?.status === 137 && /oom_kill 1$/m.test(events)
    })
    finds('the shell is in it', ({ processes, shell }) => processes[shell]?.cgroups[memory?.key ?? ''] === `/${group}`)
    expect(left).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })

  it.skipIf(!('' in machine.writable))('end what is frozen, also in groups inside of groups', async () => {
    const folder = `${machine.writable['']}/${group}`
    const { finds, left } = await run({
      commands: [
        `mkdir -p ${folder}/a/b; sleep 999 & echo $! > ${folder}/a/b/cgroup.procs; echo 1 > ${folder}/a/cgroup.freeze; sleep 0.3`,
      ],
    })
    finds('it is frozen', ({ cgroups }) => /frozen 1/.test(cgroups['']?.[`/${group}/a/b`]?.['cgroup.events'] ?? ''))
    expect(left).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })

  it.skipIf(missing(['ip']) !== null)(
    'leave no named network namespace and nothing mounted in the folder',
    async () => {
      const { left } = await run({
        commands: [
          `ip netns add ${group}`,
          'mkdir interlock-lab; mount -t tmpfs lab interlock-lab; touch interlock-lab/x',
        ],
      })
      expect(left).toEqual([])
      expect(existsSync('/run/netns') ? readdirSync('/run/netns') : []).not.toContain(group)
    },
  )

  const noContainer = missing(['runc', 'busybox'])
  it.skipIf(noContainer !== null)(`follow a container whose runtime has gone${because(noContainer)}`, async () => {
    const { finds, left } = await run({
      commands: [
        'mkdir -p interlock-lab/rootfs/bin && cd interlock-lab && cp "$(command -v busybox)" rootfs/bin/sleep',
        `runc spec && sed -i 's/"terminal": true/"terminal": false/; s/"sh"/"sleep", "600"/' config.json`,
        `runc create ${group} </dev/null >/dev/null 2>&1`,
        `runc start ${group}`,
      ],
    })
    const init = (all: ProcessSample[], name: string): ProcessSample | undefined =>
      all.find((one) => one.pids[1] === 1 && one.name === name)
    const made = finds('it waits to be started', (_, all) => init(all, 'runc:[2:INIT]') !== undefined)
    const before = init(Object.values(made.processes), 'runc:[2:INIT]')
    finds('it is the program', (_, all) => init(all, 'sleep')?.start === before?.start)
    expect(left).toEqual([])
    expect(existsSync('/run/runc') ? readdirSync('/run/runc') : []).not.toContain(group)
  })

  it('leave alone what was there before', async () => {
    const folder = `${memory?.place}/${group}-before`
    const { mkdirSync, rmdirSync } = await import('node:fs')
    mkdirSync(folder)
    try {
      const { left } = await run({ commands: [`mkdir ${folder}/new`] })
      expect(left).toEqual([])
      expect([existsSync(folder), existsSync(`${folder}/new`)]).toEqual([true, false])
    } finally {
      rmdirSync(folder)
    }
  })
})
