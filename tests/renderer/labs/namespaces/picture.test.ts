// The picture's data: letters, rows, nesting, mounts, cables and who a process is.
import { describe, expect, test } from 'vitest'
import { capabilitiesOf, identityOf, insideOf, signalsOf } from '@page/labs/namespaces/picture/identity.ts'
import { mountsOf } from '@page/labs/namespaces/picture/mounts.ts'
import { Naming, letterOf } from '@page/labs/namespaces/picture/names.ts'
import { nestsOf } from '@page/labs/namespaces/picture/nesting.ts'
import { MOST_ROWS, rowsOf } from '@page/labs/namespaces/picture/processes.ts'
import { HOST, byId, mount, process, sample } from './hand-made.ts'

const named = (...samples: Parameters<Naming['add']>[0][]): Naming => {
  const naming = new Naming()
  for (const one of samples) naming.add(one)
  return naming
}
const shown = (cells: readonly { kind: string; letter: string }[]): string[] =>
  cells.map(({ kind, letter }) => (kind === 'own' ? letter : kind))

describe('letters', () => {
  test('run on after Z', () => {
    expect([1, 26, 27, 52, 53, 702, 703].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })

  test('stay with a namespace, and an inode that was free in between gets another one', () => {
    const shell = process(100, 1)
    const inside = process(101, 100, { namespaces: { ...HOST, uts: 90 } })
    const naming = named(sample([shell, inside]), sample([shell, inside]), sample([shell]), sample([shell, inside]))
    expect([0, 1, 3].map((index) => naming.at(index).get('uts:90'))).toEqual([1, 1, 2])
    expect(naming.at(2).has('uts:90')).toBe(false)
  })

  test('are counted for each type, since types share numbers', () => {
    const both = process(101, 100, { namespaces: { ...HOST, uts: 90, ipc: 90 } })
    const names = named(sample([process(100, 1), both])).at(0)
    expect([names.get('uts:90'), names.get('ipc:90'), names.get('uts:8')]).toEqual([1, 1, 0])
  })
})

describe('rows', () => {
  const shell = process(100, 1)
  const unshare = process(110, 100, { name: 'unshare', namespaces: { ...HOST, user: 70 }, forChildren: { pid: 50 } })
  const inner = process(111, 110, { pids: [111, 1], namespaces: { ...HOST, user: 70, pid: 50 } })

  test('are a tree, parents first, with where each is and where its children will be', () => {
    const now = sample([shell, unshare, inner])
    const { rows } = rowsOf(now, named(now).at(0), null)
    expect(rows.map((row) => [row.process.pid, row.depth])).toEqual([
      [100, 0],
      [110, 1],
      [111, 2],
    ])
    expect(shown(rows[1]?.cells ?? [])).toEqual(['host', 'A', 'host', 'host', 'host', 'host', 'host', 'host'])
    expect(rows[1]?.cells[0]?.children?.letter).toBe('A')
    expect(shown(rows[2]?.cells ?? []).slice(0, 2)).toEqual(['A', 'A'])
    expect(rows.some(({ fresh }) => fresh)).toBe(false)
  })

  test('tell what is new and what has moved', () => {
    const [first, next] = [sample([shell, process(110, 100, { name: 'unshare' })]), sample([shell, unshare, inner])]
    const { rows } = rowsOf(next, named(first, next).at(1), first)
    expect(rows.map(({ fresh }) => fresh)).toEqual([false, false, true])
    expect(rows[1]?.cells.filter(({ changed }) => changed).map(({ type }) => type)).toEqual(['pid', 'user'])
  })

  test('a pid that was given anew is another process', () => {
    const [first, next] = [sample([shell, inner]), sample([shell, { ...inner, start: 9_999 }])]
    expect(rowsOf(next, named(first, next).at(1), first).rows[1]?.fresh).toBe(true)
  })

  test('keep "not permitted to see" apart from "host" and from "no such type"', () => {
    const { cgroup, ipc, mnt, pid, user, uts } = HOST
    const older = { cgroup, ipc, mnt, pid, user, uts, net: 'hidden' } as const
    const now = sample([process(100, 1, { namespaces: older })])
    expect(shown(rowsOf(now, named(now).at(0), null).rows[0]?.cells ?? [])).toEqual([
      'host',
      'host',
      'host',
      'hidden',
      'host',
      'host',
      'host',
      'unknown',
    ])
  })

  test('are all there when parents are gone or wrong, and limited when there are very many', () => {
    const odd = sample([shell, process(120, 7), process(121, 122), process(122, 121)])
    const found = rowsOf(odd, named(odd).at(0), null).rows.map((row) => row.process.pid)
    expect(found.slice(0, 2)).toEqual([100, 120])
    const many = sample([shell, ...Array.from({ length: 400 }, (_, index) => process(1000 + index, 100))])
    const { rows, left } = rowsOf(many, named(many).at(0), null)
    expect([rows.length, left]).toEqual([MOST_ROWS, 401 - MOST_ROWS])
  })
})

describe('nesting', () => {
  const shell = process(100, 1)
  const one = process(110, 100, { pids: [110, 1], namespaces: { ...HOST, user: 70, pid: 50, net: 40 } })
  const two = process(120, 110, { pids: [120, 2, 1], namespaces: { ...HOST, user: 71, pid: 51, net: 40 } })

  test('of PID namespaces is read from the processes, without asking for parents', () => {
    const now = sample([shell, one, two])
    const { pid, asked } = nestsOf(now, named(now).at(0))
    expect(asked).toBe(false)
    expect(pid.map(({ inode }) => inode)).toEqual([HOST.pid])
    expect(pid[0]?.children[0]?.inode).toBe(50)
    expect(pid[0]?.children[0]?.children[0]?.inode).toBe(51)
  })

  test('of user namespaces is what the kernel said, with what each owns', () => {
    const now = sample([shell, one, two], {
      relations: {
        'user:70': { parent: HOST.user },
        'user:71': { parent: 70 },
        'net:40': { owner: 70 },
        'uts:8': { owner: 'hidden' },
      },
    })
    const { user, others, asked } = nestsOf(now, named(now).at(0))
    expect(asked).toBe(true)
    expect(user.map(({ inode }) => inode)).toEqual([HOST.user])
    const [outer] = user[0]?.children ?? []
    expect([outer?.inode, outer?.owned.map(({ key }) => key), outer?.children[0]?.inode]).toEqual([70, ['net:40'], 71])
    expect(others.map(({ key }) => key)).toContain('uts:8')
  })
})

describe('mounts', () => {
  const shell = process(100, 1)
  const inside = process(110, 100, { namespaces: { ...HOST, mnt: 30 } })
  const hosts = byId([mount(20, '/'), mount(21, '/proc', { type: 'proc', source: 'proc' })])

  test('are told as the difference to the host, also where the same is mounted twice', () => {
    const theirs = byId([
      mount(50, '/'),
      mount(51, '/proc', { type: 'proc', source: 'proc' }),
      mount(52, '/proc', { type: 'proc', source: 'proc' }),
      mount(53, '/home/u/m', { type: 'tmpfs', source: 'lab' }),
    ])
    const now = sample([shell, inside], { mounts: { '3': hosts, '30': theirs } })
    const [found] = mountsOf(now, named(now).at(0), null) ?? []
    expect(found?.added.map(({ mount: { point } }) => point)).toEqual(['/home/u/m', '/proc'])
    expect([found?.missing.length, found?.same, found?.root]).toEqual([0, 2, null])
  })

  test('say when / is another one, and what is not there any more', () => {
    const theirs = byId([mount(60, '/', { type: 'overlay', source: 'ov' })])
    const now = sample([shell, inside], { mounts: { '3': hosts, '30': theirs } })
    const [found] = mountsOf(now, named(now).at(0), null) ?? []
    expect([found?.root?.type, found?.missing.map(({ point }) => point)]).toEqual(['overlay', ['/', '/proc']])
  })

  test('cannot be compared where those of the host are not seen', () => {
    const now = sample([inside], { mounts: { '30': byId([mount(60, '/')]) } })
    expect(mountsOf(now, named(now).at(0), null)).toBeNull()
  })
})

describe('who a process is', () => {
  test('ids go through the map, and unmapped ones are nobody', () => {
    const map = [
      { inside: 0, outside: 1000, count: 1 },
      { inside: 1, outside: 100_000, count: 65_535 },
    ]
    expect([1000, 100_000, 100_009, 1001, 999].map((id) => insideOf(id, map))).toEqual([0, 1, 10, 65_534, 65_534])
    expect(insideOf(1000, [])).toBe(65_534)
    const who = identityOf(process(100, 1, { uids: [1000, 0, 0, 0], uidMap: map, gidMap: [] }))
    expect([who.outside.uid, who.inside]).toEqual([0, { uid: 65_534, gid: 65_534 }])
  })

  // The mask that runc leaves by default, and its names, as its documentation and `capsh --decode` have them.
  test('capabilities have the names of the kernel', () => {
    expect(capabilitiesOf('20000420')).toEqual(['CAP_KILL', 'CAP_NET_BIND_SERVICE', 'CAP_AUDIT_WRITE'])
    expect(capabilitiesOf('0')).toEqual([])
    expect(capabilitiesOf('1ffffffffff')).toHaveLength(41)
    expect(capabilitiesOf('200000')).toEqual(['CAP_SYS_ADMIN'])
    expect(capabilitiesOf('8000000000000000')).toEqual(['CAP_63'])
  })

  // bit n-1 is signal n: SIGTERM is 15, SIGINT 2
  test('signals have their names', () => {
    expect(signalsOf('4002')).toEqual(['SIGINT', 'SIGTERM'])
  })
})
