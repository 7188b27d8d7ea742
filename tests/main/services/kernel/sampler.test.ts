// Samples of trees laid out like a system: one captured from a run with three PID namespaces in each other, and trees
// written by hand after the kernel's documentation where this kind of system is rarely at hand (cgroup v2).
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { HIDDEN, KernelSample } from '../../../../src-main/contract/kernel.ts'
import { createSampler, type Sampler } from '../../../../src-main/services/kernel/sampler.ts'
import { type LaidOut, layOut, type Tree } from './tree.ts'

const threeDeep = JSON.parse(readFileSync(join(import.meta.dirname, 'trees/three-deep.json'), 'utf8')) as Tree
const [shell, innermost] = [16822, 16830]

let laid: LaidOut
afterEach(() => laid.remove())

function sampler(tree: Tree, pid: number, options: { refused?: number[]; files?: string[] } = {}): Sampler {
  laid = layOut(tree, options.refused)
  const stat = tree[`/proc/${pid}/stat`]
  const start = Number(typeof stat === 'string' ? stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] : 0)
  return createSampler({
    shell: { pid, start },
    folder: '/home/lab',
    files: (options.files ?? []).map((path) => ({ name: path, path })),
    proc: laid.proc,
    never: new Set(),
    hostname: () => 'lab-pc',
    uid: 1000,
  })
}

describe('a sample of three PID namespaces in each other', () => {
  it('is a sample, and holds the shell with all that is below it', () => {
    const sample = sampler(threeDeep, shell).sample(12.4)
    expect(KernelSample.parse(sample)).toEqual(sample)
    expect(sample).toMatchObject({ time: 12, shell, host: { hostname: 'lab-pc', uid: 1000 } })
    expect(Object.values(sample.processes).map(({ name, pids }) => [name, pids.length])).toEqual([
      ['sh', 1],
      ['unshare', 1],
      ['sh', 2],
      ['unshare', 2],
      ['sh', 3],
      ['unshare', 3],
      ['sleep', 4],
    ])
  })

  it('tells of each process what its files say', () => {
    const { processes, host } = sampler(threeDeep, shell).sample(0)
    const sleep = processes[innermost]
    expect(sleep).toMatchObject({
      start: 325_402,
      parent: 16_829,
      command: 'sleep 40',
      state: 'S',
      pids: [16_830, 5, 3, 1],
      uids: [65_534, 65_534, 65_534, 65_534],
      uidMap: [{ inside: 0, outside: 65_534, count: 1 }],
      setgroups: 'deny',
      noNewPrivileges: false,
      seccomp: 0,
      cpu: 0,
    })
    expect(sleep?.capabilities.effective).toBe('000001ffffffffff')
    expect(sleep?.cgroups).toMatchObject({ memory: '/terminal', 'name=systemd': '/', '': '/' })
    // Of eight namespaces it shares those that nobody has unshared.
    const differ = Object.entries(sleep?.namespaces ?? {}).filter(
      ([type, inode]) => inode !== host.namespaces[type as 'pid'],
    )
    expect(differ.map(([type]) => type).sort()).toEqual(['mnt', 'net', 'pid', 'user', 'uts'])
    expect(processes[16_824]?.forChildren?.pid).toBe(processes[16_825]?.namespaces.pid)
    expect(sleep?.forChildren).toBeUndefined()
  })

  it('has the mounts and interfaces of each namespace once', () => {
    const { mounts, networks, processes, host } = sampler(threeDeep, shell).sample(0)
    const all = Object.values(processes)
    expect(Object.keys(mounts).sort()).toEqual([...new Set(all.map(({ namespaces }) => String(namespaces.mnt)))].sort())
    const own = Object.values(mounts[String(processes[innermost]?.namespaces.mnt)] ?? {})
    expect(own.filter(({ point, type }) => point === '/proc' && type === 'proc').length).toBeGreaterThan(1)
    expect(Object.keys(networks[String(processes[innermost]?.namespaces.net)] ?? {})).toEqual(['lo'])
    expect(Object.keys(networks[String(host.namespaces.net)] ?? {})).toContain('eth0')
  })

  it('leaves out what was not asked, and never takes hidden for the host', () => {
    const sample = sampler(threeDeep, shell, { refused: [innermost] }).sample(0)
    const { namespaces } = sample.processes[innermost] ?? {}
    expect(new Set(Object.values(namespaces ?? {}))).toEqual(new Set([HIDDEN]))
    expect(sample.processes[innermost]?.forChildren).toBeUndefined()
    expect(sample.processes[innermost]?.pids).toHaveLength(4)
    expect(sample.hostnames).toEqual({ [String(sample.host.namespaces.uts)]: 'lab-pc' })
    expect(Object.values(sample.networks).flatMap((one) => Object.values(one).map(({ up }) => up))).not.toContain(
      HIDDEN,
    )
  })

  it('shares with the one before it what did not change, and sees what did', () => {
    const looks = sampler(threeDeep, shell)
    const [first, second] = [looks.sample(0), looks.sample(100)]
    expect(second).toEqual({ ...first, time: 100 })
    expect(second.mounts).toBe(first.mounts)
    expect(second.networks).toBe(first.networks)
    expect(second.processes[innermost]?.capabilities).toBe(first.processes[innermost]?.capabilities)
    rmSync(join(laid.root, `/proc/${innermost}`), { recursive: true })
    const third = looks.sample(200)
    expect(third.processes).not.toHaveProperty(String(innermost))
    expect(third.processes).toHaveProperty('16829')
  })

  it('takes a pid that was given anew for another process', () => {
    const looks = sampler(threeDeep, shell)
    looks.sample(0)
    const path = join(laid.root, `/proc/${shell}/stat`)
    const stat = String(threeDeep[`/proc/${shell}/stat`]).split(' ')
    stat[21] = '999999'
    writeFileSync(path, stat.join(' '))
    expect(looks.sample(1).processes).not.toHaveProperty(String(shell))
  })

  it('finds children by their parents where the kernel tells no children', () => {
    const without = Object.fromEntries(Object.entries(threeDeep).filter(([path]) => !path.endsWith('/children')))
    expect(Object.keys(sampler(without, shell).sample(0).processes)).toHaveLength(7)
  })

  it('tells what was asked from then on, as long as the namespace is there', () => {
    const looks = sampler(threeDeep, shell)
    const { uts, net, ipc } = looks.sample(0).processes[innermost]?.namespaces ?? {}
    if (typeof uts !== 'number' || typeof net !== 'number' || typeof ipc !== 'number') throw new Error('hidden')
    looks.take(
      {
        hostnames: new Map([[uts, 'inner']]),
        interfaces: new Map([[net, new Map([['lo', { index: 1, peer: 1, up: false, addresses: [] }]])]]),
        queues: new Map(),
      },
      { [`uts:${uts}`]: { owner: 7 } },
    )
    const sample = looks.sample(1)
    expect(sample.hostnames[uts]).toBe('inner')
    expect(sample.networks[net]?.['lo']).toMatchObject({ index: 1, peer: 1, up: false })
    expect(sample.relations).toEqual({ [`uts:${uts}`]: { owner: 7 } })
  })
})

/** A process of a system by hand: name, parent and group; all else as plain as it may be. */
function plain(pid: number, parent: number, children: number[], group: string): Tree {
  return {
    [`/proc/${pid}/stat`]: `${pid} (a) b c) S ${parent} ${pid} 1 0 -1 0 0 0 0 0 7 5 0 0 20 0 1 0 ${pid * 10} 0 0`,
    [`/proc/${pid}/status`]: `Name:\ta\nUid:\t1000\t1000\t1000\t1000\nGid:\t100\t100\t100\t100\nNSpid:\t${pid}\n`,
    [`/proc/${pid}/cmdline`]: 'a\0two words\0',
    [`/proc/${pid}/cgroup`]: `0::${group}\n`,
    [`/proc/${pid}/task/${pid}/children`]: children.map((child) => `${child} `).join(''),
    [`/proc/${pid}/ns/mnt`]: { link: pid === 9 ? 'mnt:[50]' : 'mnt:[40]' },
    [`/proc/${pid}/mountinfo`]: '22 27 0:21 / /with\\040blank rw,nosuid shared:7 master:1 - tmpfs lab rw,size=1k\n',
  }
}
const unified: Tree = {
  '/proc/self/cgroup': '0::/user.slice/app.scope\n',
  '/proc/self/mountinfo': '30 20 0:25 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n',
  '/proc/self/ns/mnt': { link: 'mnt:[40]' },
  ...plain(8, 1, [9], '/user.slice/app.scope'),
  ...plain(9, 8, [], '/user.slice/interlock-lab-a/inner'),
  '/sys/fs/cgroup/user.slice/app.scope/cgroup.controllers': 'memory pids\n',
  '/sys/fs/cgroup/user.slice/app.scope/memory.max': 'max\n',
  '/sys/fs/cgroup/user.slice/app.scope/memory.current': '123\n',
  '/sys/fs/cgroup/user.slice/app.scope/cgroup.procs': '8\n',
  '/sys/fs/cgroup/user.slice/interlock-lab-a/inner/cgroup.controllers': 'memory\n',
  '/sys/fs/cgroup/user.slice/interlock-lab-a/inner/memory.max': '1048576\n',
  '/sys/fs/cgroup/user.slice/interlock-lab-a/inner/memory.events': 'oom 1\noom_kill 1\n',
  '/sys/fs/cgroup/user.slice/interlock-lab-a/inner/cgroup.procs': '9\n',
  '/sys/fs/cgroup/user.slice/interlock-lab-b/cgroup.controllers': '\n',
  '/sys/fs/cgroup/user.slice/interlock-lab-b/cgroup.freeze': '0\n',
  '/sys/fs/cgroup/user.slice/other/cgroup.freeze': '0\n',
  '/proc/9/root/lab/file': 'x',
  '/proc/9/root/way': { link: '/lab' },
}

describe('a sample of a system with cgroup v2', () => {
  it('has the groups of processes and of experiments, with counters only where an experiment is', () => {
    const { cgroups } = sampler(unified, 8).sample(0)
    expect(cgroups).toEqual({
      '': {
        '/user.slice/app.scope': { 'cgroup.controllers': 'memory pids', 'memory.max': 'max' },
        '/user.slice/interlock-lab-a/inner': {
          'cgroup.controllers': 'memory',
          'cgroup.procs': '9',
          'memory.max': '1048576',
          'memory.events': 'oom 1\noom_kill 1',
        },
        '/user.slice/interlock-lab-b': { 'cgroup.controllers': '', 'cgroup.freeze': '0' },
      },
    })
  })

  it('reads names with blanks and parentheses, and paths with blanks', () => {
    const sample = sampler(unified, 8).sample(0)
    expect(sample.processes['9']).toMatchObject({ name: 'a) b c', command: 'a two words', parent: 8, cpu: 120 })
    expect(sample.mounts['50']).toEqual({
      '22': {
        id: 22,
        parent: 27,
        root: '/',
        point: '/with blank',
        type: 'tmpfs',
        source: 'lab',
        options: 'rw,nosuid,size=1k',
        propagation: ['shared:7', 'master:1'],
      },
    })
  })

  it('looks at files from the host and from each other mount namespace, links followed inside of it', () => {
    const looked = ['/lab/file', '/way/file', '/lab', '/way', '/nowhere']
    const { files } = sampler(unified, 8, { files: looked }).sample(0)
    expect(Object.keys(files).sort()).toEqual(['50', 'host'])
    expect(looked.map((path) => files['50']?.[path]?.kind)).toEqual(['file', 'file', 'folder', 'link', 'none'])
    expect(looked.map((path) => files['host']?.[path]?.kind)).toEqual(Array(5).fill('none'))
    expect(files['50']?.['/lab/file']?.size).toBe(1)
  })
})
