// What changed between two samples, in sentences: one case for each kind of change, and silence where nothing changed.
import { describe, expect, test } from 'vitest'
import type { KernelSample } from '../../../../src-main/contract/kernel.ts'
import { differences } from '../../../../src-main/labs/namespaces/model/differences.ts'
import { byId, HOST, mount, process, sample } from './samples.ts'

const shell = process(400, 1)
const inner = process(402, 400, {
  name: 'bash',
  pids: [402, 1],
  namespaces: { ...HOST, pid: 50, mnt: 51 },
})
const said = (before: KernelSample, next: KernelSample): string[] => differences(before, next).map(({ says }) => says)
const both = (before: Partial<KernelSample>, next: Partial<KernelSample>, processes = [shell]): string[] =>
  said(sample(processes, before), sample(processes, next))
const change = (before: object, next: object): string[] =>
  said(sample([{ ...shell, ...before }]), sample([{ ...shell, ...next }]))
const group = (files: Record<string, string>): Partial<KernelSample> => ({
  cgroups: { memory: { '/interlock-lab': files } },
})

describe('what changed', () => {
  test('is nothing between equal samples, whatever the time', () => {
    expect(both({ time: 0 }, { time: 900 })).toEqual([])
    expect(change({ cpu: 10 }, { cpu: 90 })).toEqual([])
  })

  test('tells processes that came and went, and their namespaces', () => {
    expect(said(sample([shell]), sample([shell, inner]))).toEqual([
      'bash (402) started in mount and PID namespaces of its own, where it is number 1.',
    ])
    expect(said(sample([shell, inner]), sample([shell]))).toEqual(['bash (402) ended.'])
    expect(differences(sample([shell]), sample([shell, inner]))[0]?.pids).toEqual([402])
  })

  test('takes a pid that was given anew for another process', () => {
    const again = { ...inner, start: 9999, name: 'sleep' }
    expect(said(sample([shell, inner]), sample([shell, again]))).toEqual([
      'sleep (402) started in mount and PID namespaces of its own, where it is number 1.',
      'bash (402) ended.',
    ])
  })

  test('takes a zombie for one that ended', () => {
    expect(said(sample([shell, inner]), sample([shell, { ...inner, state: 'Z' }]))).toEqual(['bash (402) ended.'])
  })

  test('sums up many', () => {
    const many = [1, 2, 3, 4, 5, 6].map((index) => process(500 + index, 400, { name: 'sleep' }))
    expect(said(sample([shell]), sample([shell, ...many]))).toEqual([
      '6 processes started, among them sleep (501), sleep (502), sleep (503) and sleep (504).',
    ])
  })

  test('tells what became of one process', () => {
    const caps = { ...shell.capabilities, effective: '3' }
    expect(change({ name: 'sh' }, { name: 'sleep' })).toEqual([
      'sh became sleep (400): another program, the same process.',
    ])
    expect(change({}, { namespaces: { ...HOST, uts: 77 } })).toEqual(['bash (400) is in a new UTS namespace now.'])
    expect(change({}, { forChildren: { pid: 'hidden' } })).toEqual([
      'Children of bash (400) will be in a new PID namespace; it stays where it is itself.',
    ])
    expect(change({ uidMap: [] }, { uidMap: [{ inside: 0, outside: 1000, count: 1 }] })).toEqual([
      'bash (400) has an id map: uid 0 inside is uid 1000 outside.',
    ])
    expect(change({ capabilities: caps }, {})).toEqual(['bash (400) has no capabilities any more.'])
    expect(change({}, { capabilities: caps })).toEqual(['bash (400) has 2 capabilities now; there were 0.'])
    expect(change({}, { noNewPrivileges: true })).toEqual(['bash (400) can gain no new privileges any more.'])
    expect(change({}, { seccomp: 2 })).toEqual(['bash (400) runs under a seccomp filter now.'])
    expect(change({ cgroups: { '': '/' } }, { cgroups: { '': '/interlock-lab' } })).toEqual([
      'bash (400) is in the control group /interlock-lab of the unified hierarchy now.',
    ])
  })

  test('does not take what is hidden for another namespace', () => {
    expect(change({}, { namespaces: { ...HOST, net: 'hidden' } })).toEqual([])
  })

  test('tells mounts of a namespace that somebody holds in both samples', () => {
    const root = mount(20, '/')
    const tmp = mount(30, '/home/lab', { type: 'tmpfs', source: 'lab' })
    const where = ', in the mount namespace of bash (402)'
    expect(both({ mounts: { 51: byId([root]) } }, { mounts: { 51: byId([root, tmp]) } }, [shell, inner])).toEqual([
      `tmpfs from lab is mounted on /home/lab${where}.`,
    ])
    expect(both({ mounts: { 51: byId([root, tmp]) } }, { mounts: { 51: byId([root]) } }, [shell, inner])).toEqual([
      `The tmpfs on /home/lab${where} is gone.`,
    ])
    // The number of a namespace that nobody held means nothing.
    expect(both({ mounts: { 99: byId([root]) } }, { mounts: { 99: byId([root, tmp]) } })).toEqual([])
  })

  test('tells interfaces, addresses and what is up', () => {
    const lo = { up: false, addresses: [], received: 0, sent: 0 }
    const net = (interfaces: object): Partial<KernelSample> =>
      ({ networks: { 4: interfaces } }) as Partial<KernelSample>
    expect(both(net({ lo }), net({ lo: { ...lo, up: true, addresses: ['127.0.0.1/8'] } }))).toEqual([
      'lo is up now.',
      'lo has the address 127.0.0.1/8 now.',
    ])
    expect(both(net({}), net({ lo }))).toEqual(['The interface lo is there.'])
    expect(both(net({ lo }), net({}))).toEqual(['The interface lo is gone.'])
    expect(both(net({ lo: { ...lo, up: undefined } }), net({ lo }))).toEqual([])
  })

  test('tells host names and queues', () => {
    expect(both({ hostnames: { 8: 'one' } }, { hostnames: { 8: 'two' } })).toEqual(['The host name is two now.'])
    expect(both({ hostnames: {} }, { hostnames: { 8: 'two' } })).toEqual([])
    expect(both({ queues: { 2: [] } }, { queues: { 2: ['shm 0'] } })).toEqual(['shm 0 is there.'])
  })

  test('tells control groups, what was set, and limits that were hit', () => {
    expect(both({}, group({}))).toEqual(['The control group /interlock-lab was made in memory.'])
    expect(both(group({}), {})).toEqual(['The control group /interlock-lab of memory is gone.'])
    const limit = (value: string) => group({ 'memory.limit_in_bytes': value })
    expect(both(limit('9223372036854771712'), limit('67108864'))).toEqual([
      'memory.limit_in_bytes of /interlock-lab is 64 MiB now.',
    ])
    const events = (kills: number) =>
      group({ 'memory.oom_control': `oom_kill_disable 0\nunder_oom 0\noom_kill ${kills}` })
    expect(both(events(0), events(1))).toEqual(['The OOM killer ended a process of /interlock-lab: oom_kill is 1 now.'])
    const stat = (throttled: number) => group({ 'cpu.stat': `nr_periods 40\nnr_throttled ${throttled}` })
    expect(both(stat(3), stat(9))).toEqual(['/interlock-lab was throttled: nr_throttled is 9 now.'])
    const forks = (max: number) => group({ 'pids.events': `max ${max}` })
    expect(both(forks(0), forks(2))).toEqual(['A fork in /interlock-lab was refused at its limit: max is 2 now.'])
  })

  test('tells watched files, and who sees them', () => {
    const files = (kind: string): Partial<KernelSample> =>
      ({ files: { host: { 'interlock-lab/x': { kind } } } }) as Partial<KernelSample>
    expect(both(files('none'), files('file'))).toEqual(['interlock-lab/x is a file now, seen from the host.'])
  })

  test('tells the status of a command that failed', () => {
    expect(both({}, { ended: { status: 0 } })).toEqual([])
    expect(both({}, { ended: { status: 137 } })).toEqual(['A command ended with status 137: signal 9.'])
    expect(both({}, { ended: { status: 2 } })).toEqual(['A command ended with status 2.'])
  })
})
