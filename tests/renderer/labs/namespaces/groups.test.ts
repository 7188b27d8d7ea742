// Control groups in version 1, version 2 and both at once, as a tree with limits, use and what was counted.
import { describe, expect, test } from 'vitest'
import type { KernelSample } from '@contract/kernel.ts'
import { type Group, type Hierarchy, entryIn, hierarchiesOf } from '@page/labs/namespaces/picture/groups.ts'
import { process, sample } from './hand-made.ts'

const MIB = 1024 * 1024
const at = (time: number, cgroups: KernelSample['cgroups'], paths: Record<string, string>): KernelSample =>
  sample([process(100, 1, { cgroups: paths })], { time, cgroups })
const group = (list: readonly Hierarchy[], hierarchy: string, path: string): Group | undefined => {
  const find = (groups: readonly Group[]): Group | undefined =>
    groups.flatMap((one) => (one.path === path ? [one] : (find(one.children) ?? []))).at(0)
  return find(list.find(({ id }) => id === hierarchy)?.groups ?? [])
}

describe('version 2', () => {
  const files = {
    'memory.current': String(48 * MIB),
    'memory.max': String(64 * MIB),
    'memory.peak': String(64 * MIB),
    'memory.events': 'low 0\nhigh 0\nmax 35\noom 1\noom_kill 1',
    'cpu.max': '50000 100000',
    'cpu.stat': 'usage_usec 2500000\nnr_periods 32\nnr_throttled 29\nthrottled_usec 1230000',
    'pids.current': '2',
    'pids.max': 'max',
    'cgroup.events': 'populated 1\nfrozen 1',
  }
  const before = { ...files, 'cpu.stat': 'usage_usec 2000000' }
  const first = at(1000, { '': { '/': {}, '/interlock-lab': before } }, { '': '/interlock-lab' })
  const next = at(2000, { '': { '/': {}, '/interlock-lab': files } }, { '': '/interlock-lab' })
  const list = hierarchiesOf(next, first, [first])

  test('has use and limit of memory, CPU and processes', () => {
    expect(group(list, '', '/interlock-lab')?.meters).toEqual([
      { what: 'memory', used: 48 * MIB, limit: 64 * MIB },
      { what: 'cpu', used: 0.5, limit: 0.5 },
      { what: 'processes', used: 2, limit: null },
    ])
  })

  test('tells what was counted', () => {
    const one = group(list, '', '/interlock-lab')
    expect(one?.alarms).toEqual([
      { id: 'oom-kills', count: 1 },
      { id: 'memory-hits', count: 35 },
    ])
    expect(one?.facts).toEqual([
      { id: 'peak', bytes: 64 * MIB },
      { id: 'throttled', periods: 29, of: 32, seconds: 1.23 },
      { id: 'frozen' },
    ])
  })

  test('CPU use is not told from a moment', () => {
    const close = at(1200, { '': { '/interlock-lab': files } }, { '': '/interlock-lab' })
    expect(group(hierarchiesOf(close, first, [first]), '', '/interlock-lab')?.meters[1]?.used).toBeNull()
  })
})

describe('version 1', () => {
  const memory = {
    'memory.usage_in_bytes': '4096',
    'memory.limit_in_bytes': String(64 * MIB),
    'memory.max_usage_in_bytes': String(64 * MIB),
    'memory.failcnt': '152',
    'memory.oom_control': 'oom_kill_disable 0\nunder_oom 1\noom_kill 1',
  }
  const cpu = {
    'cpu.cfs_quota_us': '-1',
    'cpu.cfs_period_us': '100000',
    'cpu.shares': '2048',
    'cpuacct.usage': '2660000000',
    'cpu.stat': 'nr_periods 31\nnr_throttled 28\nthrottled_time 1230000000',
  }
  const now = at(
    0,
    {
      memory: { '/': { 'memory.limit_in_bytes': '9223372036854771712' }, '/lab': memory },
      'cpu,cpuacct': { '/lab': cpu },
    },
    { memory: '/lab', 'cpu,cpuacct': '/lab', pids: '/', freezer: '/' },
  )
  const list = hierarchiesOf(now, null, [])

  test('reads the files of each hierarchy', () => {
    const one = group(list, 'memory', '/lab')
    expect(one?.meters).toEqual([{ what: 'memory', used: 4096, limit: 64 * MIB }])
    expect(one?.alarms.map(({ id, count }) => [id, count])).toEqual([
      ['oom-kills', 1],
      ['memory-hits', 152],
    ])
    expect(one?.facts.some(({ id }) => id === 'waiting-for-memory')).toBe(true)
    expect(group(list, 'cpu,cpuacct', '/lab')?.facts).toEqual([
      { id: 'shares', value: 2048 },
      { id: 'throttled', periods: 28, of: 31, seconds: 1.23 },
    ])
    expect(group(list, 'cpu,cpuacct', '/lab')?.meters).toEqual([{ what: 'cpu', used: null, limit: null }])
  })

  test('the largest number of pages is no limit', () => {
    expect(group(list, 'memory', '/')?.meters).toEqual([])
  })

  test('hierarchies with one group for all come last', () => {
    expect(list.map(({ id, dull }) => [id, dull])).toEqual([
      ['memory', false],
      ['cpu,cpuacct', true],
      ['freezer', true],
      ['pids', true],
    ])
  })
})

describe('the tree', () => {
  test('puts a group below the nearest one that is known', () => {
    const now = at(0, { '': { '/': {}, '/a/b/c': {}, '/a/b/c/d': {}, '/ab': {} } }, { '': '/a/b/c/d' })
    const [top] = hierarchiesOf(now, null, [])[0]?.groups ?? []
    expect([top?.path, top?.children.map(({ path }) => path), top?.children[0]?.children[0]?.members]).toEqual([
      '/',
      ['/a/b/c', '/ab'],
      [100],
    ])
  })

  test('says that a group is new, has another limit or met one, not that its use goes on', () => {
    const paths = { '': '/lab' }
    const changed = (was: Record<string, string>, is: Record<string, string>): boolean | undefined =>
      group(hierarchiesOf(at(1, { '': { '/lab': is } }, paths), at(0, { '': { '/lab': was } }, paths), []), '', '/lab')
        ?.changed
    expect(changed({ 'memory.current': '1' }, { 'memory.current': '2' })).toBe(false)
    expect(changed({ 'memory.max': 'max' }, { 'memory.max': '100' })).toBe(true)
    expect(changed({ 'pids.events': 'max 0' }, { 'pids.events': 'max 3' })).toBe(true)
    const dull = hierarchiesOf(at(1, {}, { freezer: '/' }), at(0, {}, { freezer: '/' }), [])
    expect(group(dull, 'freezer', '/')?.changed).toBe(false)
    const fresh = hierarchiesOf(at(1, { '': { '/lab': {} } }, paths), at(0, {}, { '': '/' }), [])
    expect(group(fresh, '', '/lab')?.changed).toBe(true)
  })
})

test('an entry of a file is found by its whole key', () => {
  expect(entryIn({ f: 'oom 4\noom_kill 7' }, 'f', 'oom')).toBe(4)
  expect([entryIn({ f: 'oom 4' }, 'f', 'kill'), entryIn({}, 'f', 'oom')]).toEqual([null, null])
})
