// Plans: what words mean, which order the steps have, what each option changes, and what is refused or left out.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import type { MachineFacts } from '../../../../src-main/contract/kernel.ts'
import { capabilityMask, capabilityNames } from '../../../../src-main/services/container/capabilities.ts'
import { type Wishes, type Words, wishesOf } from '../../../../src-main/services/container/options.ts'
import { type Plan, planOf } from '../../../../src-main/services/container/plan.ts'
import type { StepId } from '../../../../src-main/services/container/step.ts'
import { lacking, rootMachine, surroundings, userMachine, v2Machine } from './machines.ts'

const plan = (words: Words = {}, facts: MachineFacts = rootMachine): Plan =>
  planOf(wishesOf(words), facts, surroundings)
const ids = ({ steps }: Plan): StepId[] => steps.map(({ id }) => id)
const stepOf = (made: Plan, id: StepId) => made.steps.find((step) => step.id === id)
const linesOf = (made: Plan, id: StepId): string => {
  const step = stepOf(made, id)
  return [...(step?.host ?? []), ...(step?.lines ?? []), ...(step?.becomes ?? [])].join('\n')
}

describe('options in words', () => {
  it('are read with their units', () => {
    expect(
      wishesOf({
        memory: '64M',
        cpu: '0.5',
        pids: '5',
        users: '100000:65536',
        keep: 'CAP_CHOWN,kill',
        command: ['ls'],
      }),
    ).toEqual({
      memory: 67_108_864,
      cpu: 0.5,
      pids: 5,
      users: { kind: 'range', first: 100_000, count: 65_536 },
      capabilities: ['CHOWN', 'KILL'],
      command: ['ls'],
    })
    expect(wishesOf({ memory: 'none', cpu: 'none', pids: 'none', keep: 'none' })).toEqual({
      memory: null,
      cpu: null,
      pids: null,
      capabilities: [],
    })
    expect(wishesOf({ memory: '1.5GiB' }).memory).toBe(1_610_612_736)
    expect(wishesOf({})).toEqual({})
  })

  const bad: [Words, RegExp][] = [
    [{ root: 'debian' }, /--root cannot be "debian".*busybox, host/],
    [{ root: 'hots' }, /Did you mean host\?/],
    [{ hostname: '-x' }, /no host name/],
    [{ hostname: 'a'.repeat(64) }, /no host name/],
    [{ memory: 'much' }, /no amount of memory.*64M/],
    [{ memory: '1M' }, /from 4M/],
    [{ cpu: '0' }, /no number of CPUs/],
    [{ pids: '0' }, /no number of processes/],
    [{ users: '0:5' }, /no map of users/],
    [{ users: '4294967290:100' }, /no map of users/],
    [{ network: 'bridge' }, /none, loopback, veth/],
    [{ keep: 'sys_amdin' }, /no capability "SYS_AMDIN"\. Did you mean SYS_ADMIN/],
    [{ forbid: 'mkdir;rm' }, /no system call/],
    [{ command: ['a\0b'] }, /zero byte/],
  ]
  it.each(bad)('refuse %j and say what would do', (words, sentence) => {
    expect(() => wishesOf(words)).toThrow(InterlockError)
    expect(() => wishesOf(words)).toThrow(sentence)
  })

  it('know capabilities by the numbers that the kernel gives them', () => {
    // Numbers from include/uapi/linux/capability.h.
    const numbers = { CHOWN: 0, KILL: 5, NET_BIND_SERVICE: 10, SYS_ADMIN: 21, AUDIT_WRITE: 29, CHECKPOINT_RESTORE: 40 }
    for (const [name, number] of Object.entries(numbers)) expect(capabilityNames.indexOf(name), name).toBe(number)
    expect(capabilityMask(['KILL', 'NET_BIND_SERVICE', 'AUDIT_WRITE'])).toBe('0000000020000420')
    expect(capabilityMask(capabilityNames)).toBe('000001ffffffffff')
    expect(capabilityMask([])).toBe('0000000000000000')
  })
})

describe('the order of the steps', () => {
  it('is that of a container', () => {
    expect(ids(plan({ users: '100000:65536', network: 'veth' }))).toEqual([
      ...['image', 'limits', 'namespaces', 'users', 'group', 'cgroup-namespace', 'network', 'hostname', 'layers'],
      ...['kernel-files', 'hidden-files', 'new-root', 'capabilities', 'no-new-privileges', 'command'],
    ])
  })

  const anyWords: fc.Arbitrary<Words> = fc.record(
    {
      root: fc.constantFrom('busybox', 'host'),
      memory: fc.constantFrom('none', '64M', '1G'),
      cpu: fc.constantFrom('none', '0.5'),
      pids: fc.constantFrom('none', '10'),
      users: fc.constantFrom('none', 'self', '100000:65536'),
      network: fc.constantFrom('none', 'loopback', 'veth'),
      keep: fc.constantFrom('none', 'all', 'kill,chown'),
      newPrivileges: fc.boolean(),
      command: fc.array(
        fc.string({ minLength: 1 }).filter((word) => !word.includes('\0')),
        { minLength: 1 },
      ),
    },
    { requiredKeys: [] },
  )

  it('holds whatever is asked for', () => {
    fc.assert(
      fc.property(anyWords, fc.constantFrom(rootMachine, v2Machine), (words, facts) => {
        const order = ids(plan(words, facts))
        const before = (first: StepId, second: StepId): void => {
          if (order.includes(first) && order.includes(second)) {
            expect(order.indexOf(first), `${first} before ${second}`).toBeLessThan(order.indexOf(second))
          }
        }
        before('limits', 'group')
        before('group', 'cgroup-namespace')
        before('users', 'hostname')
        before('layers', 'kernel-files')
        before('kernel-files', 'new-root')
        before('new-root', 'capabilities')
        before('capabilities', 'no-new-privileges')
        expect(order.at(-1)).toBe('command')
        expect(new Set(order).size).toBe(order.length)
      }),
    )
  })

  /** The steps that an option may change; all others stay as they are, to the letter. */
  const reach: Record<string, StepId[]> = {
    root: ['image', 'layers'],
    memory: ['limits', 'group'],
    cpu: ['limits', 'group'],
    pids: ['limits', 'group'],
    users: ['namespaces', 'users', 'kernel-files'],
    network: ['network'],
    keep: ['capabilities'],
    newPrivileges: ['no-new-privileges'],
    command: ['command'],
  }

  it('and an option changes its own steps only', () => {
    fc.assert(
      fc.property(anyWords, anyWords, fc.constantFrom(...Object.keys(reach)), (words, other, option) => {
        const changed = { ...words, [option]: other[option as keyof Words] }
        const [one, two] = [plan(words), plan(changed)]
        const differ = new Set([...ids(one), ...ids(two)].filter((id) => !same(stepOf(one, id), stepOf(two, id))))
        expect(reach[option]).toEqual(expect.arrayContaining([...differ]))
      }),
    )
  })

  const same = (one: unknown, two: unknown): boolean => JSON.stringify(one) === JSON.stringify(two)
})

describe('a step', () => {
  it('names the flags of the namespaces, and that of users only where there is one', () => {
    const flags = (words: Words): string[] => stepOf(plan(words), 'namespaces')?.flags ?? []
    for (const name of ['NS', 'PID', 'UTS', 'IPC', 'NET']) expect(flags({})).toContain(`CLONE_NEW${name}`)
    expect(flags({})).not.toContain('CLONE_NEWUSER')
    expect(flags({ users: 'self' })).toContain('CLONE_NEWUSER')
    expect(linesOf(plan(), 'namespaces')).toMatch(/--pid --fork --kill-child/)
  })

  it('denies setgroups before an own group is mapped, and not for a range', () => {
    const lines = linesOf(plan({}, userMachine), 'users').split('\n')
    expect(lines[0]).toBe('echo deny > "/proc/$pid/setgroups"')
    expect(lines[2]).toMatch(/gid_map/)
    expect(linesOf(plan({ users: '5:10' }), 'users')).not.toContain('deny')
    expect(linesOf(plan({ users: '5:10' }), 'users')).toContain('echo \'0 5 10\' > "/proc/$pid/uid_map"')
  })

  it('writes limits as each version of control groups wants them', () => {
    const words = { memory: '64M', cpu: '0.5', pids: '5' }
    const one = linesOf(plan(words), 'limits')
    for (const line of [
      'echo 67108864 > /sys/fs/cgroup/memory/"$name"/memory.limit_in_bytes',
      'echo 50000 > /sys/fs/cgroup/cpu,cpuacct/"$name"/cpu.cfs_quota_us',
      'echo 5 > /sys/fs/cgroup/pids/"$name"/pids.max',
    ]) {
      expect(one.split('\n')).toContain(line)
    }
    const two = linesOf(plan(words, v2Machine), 'limits').split('\n')
    expect(two[0]).toBe("echo '+memory +cpu +pids' > /sys/fs/cgroup/cgroup.subtree_control")
    expect(two.filter((line) => line.startsWith('mkdir'))).toEqual(['mkdir /sys/fs/cgroup/"$name"'])
    expect(two).toContain('echo \'50000 100000\' > /sys/fs/cgroup/"$name"/cpu.max')
    expect(two.join('\n')).toContain('memory.swap.max')
  })

  it('says what to look at', () => {
    for (const step of plan({ users: 'self' }).steps) {
      expect(step.evidence.length, step.id).toBeGreaterThan(0)
      expect(step.sentence, step.id).toMatch(/\.$/)
    }
    expect(stepOf(plan({ keep: 'none' }), 'capabilities')?.evidence).toEqual([
      { file: '/proc/PID/status', expected: 'CapBnd: 0000000000000000' },
    ])
  })
})

describe('what is not possible', () => {
  const refused: [string, Words, MachineFacts, RegExp][] = [
    [
      'no user namespace for a user',
      { users: 'none' },
      userMachine,
      /only root may make the others.*Leave --users out/,
    ],
    ['a range for a user', { users: '100000:65536' }, userMachine, /only oneself.*--users self/],
    ['a cable for a user', { network: 'veth' }, userMachine, /needs root/],
    ['a limit without a group', { memory: '64M' }, userMachine, /Only root may make a control group for memory/],
    ['busybox where there is none', { root: 'busybox' }, lacking(rootMachine, 'busybox'), /Install.*--root host/],
    ['a filter without runc', { forbid: 'mkdir' }, lacking(rootMachine, 'runc'), /Install the package runc/],
    ['a cable with runc', { forbid: 'mkdir', network: 'veth' }, rootMachine, /lays no cable/],
    ['a machine without its tools', {}, lacking(rootMachine, 'unshare', 'setpriv'), /unshare, setpriv cannot be found/],
    ['another system', {}, { ...rootMachine, platform: 'darwin' }, /Linux kernel, and this system is darwin/],
    ['forbidden user namespaces', {}, { ...userMachine, userNamespaces: 'AppArmor says no.' }, /AppArmor says no/],
  ]
  it.each(refused)('is refused where it was asked for: %s', (_, words, facts, sentence) => {
    expect(() => plan(words, facts)).toThrow(InterlockError)
    expect(() => plan(words, facts)).toThrow(sentence)
  })

  it('is all of it where not even root may make namespaces', () => {
    const make = () => planOf({}, rootMachine, { ...surroundings, refusal: 'Inside a container.' })
    expect(make).toThrow(/Inside a container/)
  })

  it('is left out with a sentence where it was not', () => {
    const made = plan({}, userMachine)
    expect(made.notes).toEqual([
      expect.stringMatching(/Only root.*memory.*There is no limit on memory\./),
      expect.stringMatching(/Only root.*pids.*There is no limit on processes\./),
    ])
    expect(ids(made)).not.toContain('limits')
    expect(made.options.users).toEqual({ kind: 'self' })
    const bare = plan({}, lacking(rootMachine, 'busybox', 'ip'))
    expect(bare.options).toMatchObject({ root: 'host', network: 'none' })
    expect(bare.notes).toHaveLength(2)
    expect(plan({}, { ...rootMachine, overlay: false }).notes).toEqual([expect.stringMatching(/without layers/)])
  })

  it('keeps what is possible without a word', () => {
    expect(plan({ memory: '64M', network: 'veth', users: '1000:10' }).notes).toEqual([])
    const own: Wishes = wishesOf({ memory: 'none', pids: 'none' })
    expect(planOf(own, userMachine, surroundings).notes).toEqual([])
  })
})
