// The parts of the kernel service by themselves: what programs answer, which change is worth keeping, what a recording
// holds, which groups are where, and the sentences of the probe.
import { describe, expect, it } from 'vitest'
import {
  HIDDEN,
  KernelSample,
  type MachineFacts,
  type ProcessSample,
  Recording,
} from '../../../../src-main/contract/kernel.ts'
import {
  MAX_CAST_CHARACTERS,
  MAX_RECORDED_CHARACTERS,
  MAX_RECORDED_SAMPLES,
} from '../../../../src-main/contract/limits.ts'
import { patched, patchOf } from '../../../../src-main/contract/merge-patch.ts'
import { ask, askRelations, queuesOf, type Run } from '../../../../src-main/services/kernel/ask.ts'
import { folderOf, hierarchiesOf, isLabPath } from '../../../../src-main/services/kernel/groups.ts'
import { createMachine, memoryLine, platformOf, whyNothing } from '../../../../src-main/services/kernel/machine.ts'
import { countersOf } from '../../../../src-main/services/kernel/networks.ts'
import { weightOf } from '../../../../src-main/services/kernel/news.ts'
import { createRecorder } from '../../../../src-main/services/kernel/recorder.ts'
import { refusalOf } from '../../../../src-main/services/kernel/trials.ts'

const host = { mnt: 1, net: 2, uts: 3, ipc: 4, user: 5 }

function process(pid: number, namespaces: ProcessSample['namespaces']): ProcessSample {
  return {
    ...{ pid, start: pid, parent: 1, name: 'sleep', command: 'sleep 9', state: 'S', cpu: 0, pids: [pid, 1] },
    ...{ uids: [1000], gids: [100], namespaces, uidMap: [], gidMap: [], noNewPrivileges: false, seccomp: 0 },
    capabilities: { effective: '0', permitted: '0', inheritable: '0', bounding: '0', ambient: '0' },
    signals: { caught: '0', ignored: '0', blocked: '0' },
    cgroups: { memory: '/' },
  }
}

const sample: KernelSample = {
  time: 0,
  host: { namespaces: host, hostname: 'lab-pc', uid: 1000 },
  shell: 8,
  processes: { '8': process(8, host), '9': process(9, { ...host, net: 20, user: 50 }) },
  mounts: {},
  networks: {
    '2': { eth0: { up: true, addresses: [], received: 1, sent: 1 } },
    '20': { lo: { up: true, addresses: [], received: 1, sent: 1 } },
  },
  hostnames: {},
  queues: {},
  cgroups: { memory: { '/interlock-lab': { 'memory.limit_in_bytes': '64', 'memory.usage_in_bytes': '1' } } },
  relations: {},
  files: { host: { x: { kind: 'file', size: 1, uid: 1000 } } },
}
KernelSample.parse(sample)

describe('what changes from one sample to the next', () => {
  const weighed = (change: (next: KernelSample) => void): string => {
    const next = structuredClone(sample)
    next.time = 100
    change(next)
    return weightOf(sample, patchOf(sample, next))
  }
  const of = (next: KernelSample, pid: string): ProcessSample => next.processes[pid] ?? process(0, {})

  it.each<[string, (next: KernelSample) => void]>([
    ['time', () => undefined],
    [
      'packets of the host',
      (next) => ((next.networks['2'] ?? {})['eth0'] = { up: true, addresses: [], received: 9, sent: 1 }),
    ],
  ])('is nothing when it is %s', (_, change) => expect(weighed(change)).toBe('nothing'))

  it.each<[string, (next: KernelSample) => void]>([
    ['CPU time', (next) => (of(next, '9').cpu = 10)],
    ['working and waiting in turn', (next) => Object.assign(of(next, '9'), { state: 'R' })],
    ['what is waited for', (next) => (of(next, '9').wchan = 'do_wait')],
    ['signals that are blocked for a moment', (next) => (of(next, '9').signals.blocked = '10000')],
    [
      'packets in a namespace',
      (next) => ((next.networks['20'] ?? {})['lo'] = { up: true, addresses: [], received: 2, sent: 1 }),
    ],
    [
      'memory that is used',
      (next) => (((next.cgroups['memory'] ?? {})['/interlock-lab'] ?? {})['memory.usage_in_bytes'] = '2'),
    ],
    ['the size of a file', (next) => ((next.files['host'] ?? {})['x'] = { kind: 'file', size: 2, uid: 1000 })],
  ])('is a counter when it is %s', (_, change) => expect(weighed(change)).toBe('counters'))

  it.each<[string, (next: KernelSample) => void]>([
    ['a new process', (next) => (next.processes['10'] = process(10, host))],
    ['a process that is gone', (next) => delete next.processes['9']],
    ['a process that is stopped', (next) => (of(next, '9').state = 'T')],
    ['another namespace', (next) => (of(next, '9').namespaces = { ...host, net: 21 })],
    ['a signal that is caught', (next) => (of(next, '9').signals.caught = '4')],
    [
      'an interface that is down',
      (next) => ((next.networks['20'] ?? {})['lo'] = { up: false, addresses: [], received: 1, sent: 1 }),
    ],
    ['an interface that is gone', (next) => (next.networks['20'] = {})],
    ['a namespace that is gone', (next) => delete next.networks['20']],
    [
      'another limit',
      (next) => (((next.cgroups['memory'] ?? {})['/interlock-lab'] ?? {})['memory.limit_in_bytes'] = '65'),
    ],
    ['a group that is gone', (next) => (next.cgroups['memory'] = {})],
    ['a file that is gone', (next) => ((next.files['host'] ?? {})['x'] = { kind: 'none' })],
    ['a host name', (next) => (next.hostnames['3'] = 'x')],
    ['a command that has ended', (next) => (next.ended = { status: 0 })],
  ])('is news when it is %s', (_, change) => expect(weighed(change)).toBe('news'))

  it('is nothing when the end of a command is over', () => {
    const ended = { ...sample, ended: { status: 1 } }
    expect(weightOf(ended, patchOf(ended, sample))).toBe('nothing')
  })
})

describe('what programs answer', () => {
  const answer = (name: string, addresses: string, queues: string): string =>
    `${name}\n\u0001${addresses}\u0001${queues}`
  const shm = '       key      shmid perms\n         0         12   644\n'
  const msg = '       key      msqid perms\n         0          3   644\n'
  const loopback = JSON.stringify([
    { ifindex: 1, ifname: 'lo', flags: ['LOOPBACK', 'UP'], addr_info: [{ local: '127.0.0.1', prefixlen: 8 }] },
    { ifindex: 3, ifname: 'va0', link_index: 4, flags: [], addr_info: [] },
    { ifindex: 5, ifname: 'vb0', link: 'vb1', flags: [], addr_info: [] },
    { ifindex: 6, ifname: 'vb1', link: 'vb0', flags: [], addr_info: [] },
  ])

  it('is read into interfaces with their other ends, host names and queues', async () => {
    const asked = await ask([process(9, { ...host, net: 20, uts: 30, ipc: 40, user: 50 })], host, 1000, (file, args) =>
      Promise.resolve(file === 'nsenter' && args.includes('-U') ? answer('inner', loopback, shm + msg) : '[]'),
    )
    expect(asked.hostnames).toEqual(new Map([[30, 'inner']]))
    expect(asked.queues).toEqual(new Map([[40, ['shm 12', 'msg 3']]]))
    expect(asked.interfaces.get(20)).toEqual(
      new Map([
        ['lo', { index: 1, up: true, addresses: ['127.0.0.1/8'] }],
        ['va0', { index: 3, peer: 4, up: false, addresses: [] }],
        ['vb0', { index: 5, peer: 6, up: false, addresses: [] }],
        ['vb1', { index: 6, peer: 5, up: false, addresses: [] }],
      ]),
    )
  })

  it('is hidden where nobody may enter, after each has been tried by itself', async () => {
    const tried: string[] = []
    const refuse: Run = (file, args) => {
      tried.push(args.filter((arg) => /^-[uni]$/.test(arg)).join(''))
      return Promise.resolve(file === 'nsenter' && args.includes('-n') ? null : answer('inner', '', ''))
    }
    const asked = await ask([process(9, { ...host, net: 20, uts: 30, user: 50 })], host, 0, refuse)
    expect(tried.slice(0, 3)).toEqual(['-u-n', '-u', '-n'])
    expect(asked.hostnames.get(30)).toBe('inner')
    expect(asked.interfaces.get(20)).toBe(HIDDEN)
  })

  it('asks a namespace once, whoever is in it, and an ordinary user none that has no user namespace', async () => {
    let count = 0
    const all = [9, 10, 11].map((pid) => process(pid, { ...host, uts: 30, user: 50 }))
    await ask(all, host, 1000, () => Promise.resolve((count += 1) > 0 ? answer('inner', '', '') : null))
    expect(count).toBe(2) // and once about the host's own interfaces
    const foreign = await ask([process(9, { ...host, uts: 30 })], host, 1000, () =>
      Promise.resolve(answer('x', '', '')),
    )
    expect(foreign.hostnames.get(30)).toBe(HIDDEN)
  })

  it('is parents and owners up to the top, and nothing where there is no lsns', async () => {
    const listed = {
      namespaces: [
        { ns: 7, type: 'pid', pns: 6, ons: 5 },
        { ns: 6, type: 'pid', pns: 0, ons: 5 },
        { ns: 5, type: 'user', pns: 0, ons: 0 },
        { ns: 8, type: 'net', pns: 0, ons: 5 },
      ],
    }
    expect(await askRelations(['pid:7'], () => Promise.resolve(JSON.stringify(listed)))).toEqual({
      'pid:7': { parent: 6, owner: 5 },
      'pid:6': { owner: 5 },
      'user:5': {},
    })
    expect(await askRelations(['pid:7'], () => Promise.resolve(null))).toEqual({})
  })

  it('is counted in packets, and queues by their ids', () => {
    const dev =
      'Inter-|\n face |bytes\n  eth0: 604 17 0 0 0 0 0 0 197 12 0 0 0 0 0 0\nva0:1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0\n'
    expect(countersOf(dev)).toEqual([
      ['eth0', { received: 17, sent: 12 }],
      ['va0', { received: 2, sent: 4 }],
    ])
    expect(queuesOf(shm)).toEqual(['shm 12'])
    expect(queuesOf('')).toEqual([])
  })
})

describe('hierarchies of control groups', () => {
  const cgroup = '9:name=systemd:/\n4:cpu,cpuacct:/a\n3:memory:/a\n0::/a\n'
  let id = 30
  const line = (point: string, type: string, options: string): string =>
    `${(id += 1)} 20 0:25 / ${point} rw - ${type} ${type} rw,${options}`

  it('are found by their controllers, v1 and v2 side by side', () => {
    const mountinfo = [
      line('/sys/fs/cgroup/cpu,cpuacct', 'cgroup', 'cpu,cpuacct'),
      line('/sys/fs/cgroup/memory', 'cgroup', 'memory'),
      line('/sys/fs/cgroup/systemd', 'cgroup', 'xattr,name=systemd'),
      line('/sys/fs/cgroup/unified', 'cgroup2', 'nsdelegate'),
      line('/tmp', 'tmpfs', 'memory'),
    ].join('\n')
    expect(hierarchiesOf(mountinfo, cgroup).map(({ key, version, point }) => [key, version, point])).toEqual([
      ['cpu,cpuacct', 1, '/sys/fs/cgroup/cpu,cpuacct'],
      ['memory', 1, '/sys/fs/cgroup/memory'],
      ['name=systemd', 1, '/sys/fs/cgroup/systemd'],
      ['', 2, '/sys/fs/cgroup/unified'],
    ])
  })

  it('lead to the folder of a group, also where only a part of them is mounted', () => {
    const whole = { key: '', version: 2, point: '/sys/fs/cgroup', root: '/' } as const
    const part = { ...whole, root: '/box' }
    expect(folderOf(whole, '/')).toBe('/sys/fs/cgroup')
    expect(folderOf(whole, '/a/b')).toBe('/sys/fs/cgroup/a/b')
    expect(folderOf(part, '/box/a')).toBe('/sys/fs/cgroup/a')
    expect(folderOf(part, '/boxer')).toBeNull()
    expect(folderOf(whole, '/../other')).toBeNull()
  })

  it('have groups of experiments, told by name', () => {
    expect(['/interlock-lab', '/a/interlock-lab-1/b'].map(isLabPath)).toEqual([true, true])
    expect(['/', '/a', '/my-interlock-lab'].map(isLabPath)).toEqual([false, false, false])
  })
})

const machine: MachineFacts = {
  ...{ platform: 'linux', kernel: '6.1', uid: 1000, cores: 2, memory: 1, swap: 0, types: [], userNamespaces: null },
  ...{ cgroups: 'v2', writable: {}, controllers: [], tools: {}, overlay: true },
}

describe('a recording', () => {
  const size = { columns: 80, rows: 24 }
  const filled = (): ReturnType<typeof createRecorder> => {
    const recorder = createRecorder(size)
    recorder.first(sample, 100)
    for (let time = 1; time <= 4; time += 1) recorder.change({ time }, 10)
    return recorder
  }

  it('is read in parts that lead to the same sample as reading it at once', () => {
    const recorder = filled()
    const all = recorder.read(0)
    expect([all.first, all.changes.length, all.next]).toEqual([sample, 4, 5])
    const part = recorder.read(3)
    expect([part.first, part.changes, part.next]).toEqual([null, [{ time: 3 }, { time: 4 }], 5])
    expect(recorder.read(5)).toEqual({ first: null, changes: [], next: 5 })
    expect(recorder.last).toEqual({ ...sample, time: 4 })
  })

  it('begins at its beginning for one who knows more than there is', () => {
    expect(filled().read(99)).toMatchObject({ first: sample, next: 5 })
    expect(createRecorder(size).read(3)).toEqual({ first: null, changes: [], next: 0 })
  })

  it('comes in several answers when it is long', () => {
    const recorder = createRecorder(size)
    recorder.first(sample, 100)
    for (let time = 1; time <= 3; time += 1) recorder.change({ time }, 1_500_000)
    const first = recorder.read(0)
    expect(first.next).toBe(3)
    expect(recorder.read(first.next)).toEqual({ first: null, changes: [{ time: 3 }], next: 4 })
  })

  it('goes on with changes when sampling begins again', () => {
    const recorder = filled()
    recorder.first({ ...sample, time: 9, shell: 8, hostnames: { '3': 'x' } }, 100)
    expect(recorder.read(5)).toMatchObject({ first: null, changes: [{ time: 9, hostnames: { '3': 'x' } }] })
  })

  it('holds the terminal on the same clock, and is what its schema says', () => {
    const recorder = filled()
    recorder.terminal(0, 'o', '$ ')
    recorder.terminal(1234.4, 'o', 'a')
    recorder.terminal(1234.4, 'o', 'b')
    recorder.terminal(2000, 'r', '90x20')
    recorder.terminal(3000, 'x', '0')
    const recording = recorder.recording('pid-1', machine)
    expect(Recording.parse(recording)).toEqual(recording)
    expect(recording?.terminal).toEqual({
      ...size,
      events: [
        [0, 'o', '$ '],
        [1.234, 'o', 'ab'],
        [2, 'r', '90x20'],
        [3, 'x', '0'],
      ],
    })
    expect(recording?.changes.reduce<unknown>(patched, recording.first)).toEqual({ ...sample, time: 4 })
  })

  it.each<[string, (recorder: ReturnType<typeof createRecorder>) => void, string]>([
    [
      'samples',
      (recorder) => {
        for (let time = 0; time < MAX_RECORDED_SAMPLES + 5; time += 1) recorder.change({ time }, 1)
      },
      '20,000 samples',
    ],
    [
      'characters',
      (recorder) => {
        for (let time = 0; time < 9; time += 1) recorder.change({ time }, MAX_RECORDED_CHARACTERS / 8)
      },
      '8,388,608 characters',
    ],
  ])('ends at the limit of %s, and says so', (_, fill, limit) => {
    const recorder = filled()
    fill(recorder)
    const { count } = recorder
    expect(count).toBeLessThanOrEqual(MAX_RECORDED_SAMPLES)
    recorder.change({ time: 1e6 }, 1)
    recorder.terminal(1, 'o', 'late')
    expect(recorder.count).toBe(count)
    expect(recorder.ended).toBe(`The recording ended here, since it holds at most ${limit}. Begin it anew to go on.`)
    expect(recorder.recording(null, machine)?.remarks).toEqual([recorder.ended])
    expect(recorder.recording(null, machine)?.terminal.events).toEqual([])
  })

  it('goes on without the terminal when that has shown too much, and says from when', () => {
    const recorder = filled()
    recorder.terminal(1000, 'o', 'x'.repeat(MAX_CAST_CHARACTERS))
    recorder.terminal(2000, 'o', 'y')
    recorder.change({ time: 5 }, 1)
    const recording = recorder.recording(null, machine)
    expect(recording?.terminal.events).toHaveLength(1)
    expect(recording?.changes).toHaveLength(5)
    expect(recording?.remarks?.[0]).toContain('left out from second 2 on')
  })
})

describe('the probe', () => {
  it.each<[string, string | null, string, RegExp]>([
    ['darwin', null, 'darwin', /this is macOS. Replay a recorded run here/],
    ['win32', null, 'win32', /this is Windows.*WSL 2/],
    ['linux', 'Linux version 4.4.0-19041-Microsoft', 'wsl1', /first version of WSL/],
    ['freebsd', null, 'freebsd', /this system is freebsd/],
  ])('says on %s (%s) why nothing can be looked at', (platform, version, name, sentence) => {
    expect(platformOf(platform, version)).toBe(name)
    expect(whyNothing(platform, null, version, true)).toMatch(sentence)
  })

  it('is content with Linux, also inside Windows', () => {
    const wsl2 = 'Linux version 5.15.90.1-microsoft-standard-WSL2'
    expect(platformOf('linux', wsl2)).toBe('wsl2')
    expect(whyNothing('linux', null, wsl2, true)).toBeNull()
    expect(whyNothing('linux', null, 'Linux version 6.1.0', true)).toBeNull()
  })

  it('is not content without terminals or without /proc', () => {
    expect(whyNothing('linux', 'Terminals are switched off.', null, true)).toBe('Terminals are switched off.')
    expect(whyNothing('linux', null, null, false)).toMatch(/\/proc is not mounted/)
  })

  it('tries nothing where nothing can be looked at', async () => {
    const { machine: facts, why } = await createMachine({ terminals: () => 'Switched off.' }).facts()
    expect(why).toBe('Switched off.')
    expect(facts).toMatchObject({ writable: {}, tools: {}, types: [] })
  })

  const settings = { alone: false, apparmor: null, clone: null, most: '1000', seccomp: '0' }
  it.each([
    ['unshare: unshare failed: No space left on device', {}, /limit on namespaces is reached.*the disk is fine/],
    ['unshare failed: Operation not permitted', { most: '0' }, /user.max_user_namespaces is 0/],
    ['unshare failed: Operation not permitted', { clone: '0' }, /unprivileged_userns_clone is 0/],
    ['write failed /proc/self/uid_map: Operation not permitted', { apparmor: '1' }, /AppArmor/],
    ['unshare failed: Operation not permitted', { seccomp: '2' }, /sandbox or container/],
    ['mount /proc failed', { alone: true }, /not all others in it: mount \/proc failed/],
    ['spawn unshare ENOENT', {}, /Install the package util-linux/],
    ['unshare failed: strange', {}, /refuses user namespaces to ordinary users: unshare failed: strange/],
  ])('names the cause of "%s" with %j', (said, change, sentence) => {
    expect(refusalOf(said, { ...settings, ...change })).toMatch(sentence)
  })

  it('reads sizes of memory', () => {
    const meminfo = 'MemTotal:       24684092 kB\nSwapTotal:             0 kB\n'
    expect([memoryLine(meminfo, 'MemTotal'), memoryLine(meminfo, 'SwapTotal')]).toEqual([25_276_510_208, 0])
  })
})
