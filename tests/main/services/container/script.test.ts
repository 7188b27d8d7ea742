// Scripts: that every shell can read them, that words stay words, and that limits are written where they belong.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MachineFacts } from '../../../../src-main/contract/kernel.ts'
import { type Words, wishesOf } from '../../../../src-main/services/container/options.ts'
import { planOf } from '../../../../src-main/services/container/plan.ts'
import { scriptOf } from '../../../../src-main/services/container/script.ts'
import { words } from '../../../../src-main/services/container/shell.ts'
import { rootMachine, surroundings, userMachine, v2Machine } from './machines.ts'

const plan = (given: Words, facts: MachineFacts = rootMachine) => planOf(wishesOf(given), facts, surroundings)
const script = (given: Words, facts?: MachineFacts): string => scriptOf(plan(given, facts))
const variants: [string, string][] = [
  ['usual', script({})],
  ['of an ordinary user', script({}, userMachine)],
  ['on control groups 2', script({ memory: '64M', cpu: '0.5' }, v2Machine)],
  ['with all that root can ask for', script({ root: 'host', users: '100000:65536', network: 'veth', cpu: '2' })],
  ['without layers', script({ root: 'host' }, { ...rootMachine, overlay: false })],
  ['for runc', script({ forbid: 'mkdir', command: ["it's", '$HOME', '`id`'] })],
  ['with a hostile command', script({ command: ["it's", '"$(id)"', 'a\nb', '}', '\\', '# no'] })],
]

const there = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).error === undefined
const shells = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh']].filter(([name]) => there(name ?? ''))

describe('a script', () => {
  it.each(variants)('%s can be read by every shell that is here', (_, text) => {
    expect(shells.length).toBeGreaterThan(0)
    for (const [shell = 'sh', ...args] of shells) {
      const { status, stderr } = spawnSync(shell, [...args, '-n'], { input: text, encoding: 'utf8' })
      expect([shell, status, stderr]).toEqual([shell, 0, ''])
    }
  })

  const checker = there('shellcheck')
  if (!checker) process.stdout.write('skipped: shellcheck on scripts of containers: it is not on this machine\n')
  it.skipIf(!checker).each(variants)('%s has nothing in it that shellcheck warns about', (name, text) => {
    // Apostrophes in sentences, dollar signs that are meant as such, a loop over the one group, names and lines that
    // only a trap or the helper uses.
    const exclude = [
      'SC1112',
      'SC2016',
      'SC2043',
      'SC2034',
      'SC2317',
      ...(name.includes('hostile') ? ['SC1003'] : []),
    ].join()
    const { stdout, status } = spawnSync('shellcheck', ['-s', 'sh', '-e', exclude, '-'], {
      input: text,
      encoding: 'utf8',
    })
    expect([stdout, status]).toEqual(['', 0])
  })

  it('says every step before it does it, in the order of the plan', () => {
    const made = plan({ users: 'self' })
    const headings = made.steps.map(({ title }, at) => `Step ${at + 1} of ${made.steps.length}: ${title}`)
    const text = scriptOf(made)
    const places = headings.map((heading) => text.indexOf(`step '${heading}'`))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('tells what it is when it is not a file', () => {
    const { status, stderr } = spawnSync('sh', [], {
      input: script({}),
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    })
    expect([status, stderr]).toEqual([2, expect.stringContaining('Save this script as a file')])
  })
})

describe('words for a shell', () => {
  it('are the same words again after it has read them', () => {
    const word = fc
      .string({ unit: 'binary', maxLength: 20 })
      .filter((text) => !text.includes('\0') && text.isWellFormed())
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (list) => {
        const command = `printf '%s\\0' ${words(list)}`
        const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
        expect(stdout.split('\0').slice(0, -1)).toEqual(list)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the lines of the limits', () => {
  it('write the files that control groups of version 2 have', () => {
    const folder = mkdtempSync(join(tmpdir(), 'interlock-limits-'))
    try {
      const facts = { ...v2Machine, writable: { '': folder } }
      const step = plan({ memory: '64M', cpu: '1.5', pids: '7' }, facts).steps.find(({ id }) => id === 'limits')
      const group = join(folder, 'interlock-lab-x')
      // Plain files stand in for those of the kernel; the one about swap is there on machines that have swap.
      const lines = (step?.lines ?? []).map((line) =>
        line.startsWith('mkdir') ? `${line} && : > ${group}/memory.swap.max` : line,
      )
      mkdirSync(folder, { recursive: true })
      const { status, stderr } = spawnSync('sh', ['-euc', lines.join('\n')], {
        env: { PATH: process.env['PATH'], name: 'interlock-lab-x' },
        encoding: 'utf8',
      })
      expect([status, stderr]).toEqual([0, ''])
      const said = (file: string): string => readFileSync(join(group, file), 'utf8').trim()
      expect(readFileSync(join(folder, 'cgroup.subtree_control'), 'utf8')).toBe('+memory +cpu +pids\n')
      expect([said('memory.max'), said('memory.swap.max'), said('cpu.max'), said('pids.max')]).toEqual([
        '67108864',
        '0',
        '150000 100000',
        '7',
      ])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
