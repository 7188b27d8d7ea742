// What needs no pseudo-terminal: whether there can be one, what a shell inherits, and credit.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TERMINAL_ACKNOWLEDGE, TERMINAL_HIGH, TERMINAL_LOW } from '../../../../src-main/contract/limits.ts'
import { createCredit } from '../../../../src-main/services/terminal/credit.ts'
import { loadPty, type TerminalFacts, whyNoTerminals } from '../../../../src-main/services/terminal/possible.ts'
import { programOf } from '../../../../src-main/services/terminal/profiles.ts'
import { plainTitle } from '../../../../src-main/services/terminal/screen.ts'

const good: TerminalFacts = {
  platform: 'linux',
  arch: 'x64',
  env: {},
  users: { real: 1000, effective: 1000 },
  packageFolder: '/app/node_modules/node-pty',
  exists: (path) => path === '/app/node_modules/node-pty/build/Release/pty.node',
}

describe('whether there can be terminals', () => {
  it('is so where node-pty was built, or came built', () => {
    expect(whyNoTerminals(good)).toBeNull()
    const built = '/app/node_modules/node-pty/prebuilds/darwin-arm64/pty.node'
    expect(whyNoTerminals({ ...good, platform: 'darwin', arch: 'arm64', exists: (path) => path === built })).toBeNull()
  })

  it.each([
    ['off', { env: { INTERLOCK_TERMINALS: 'OFF' } }, /switched off on this machine/],
    ['on Windows', { platform: 'win32' as const }, /inside WSL/],
    ['with the rights of another user', { users: { real: 1000, effective: 0 } }, /never has more rights/],
    ['without the package', { packageFolder: null }, /npm rebuild node-pty/],
    ['when it was not built', { exists: () => false }, /compiler and run npm rebuild node-pty/],
  ])('is not %s, and says what helps', async (_, change, sentence) => {
    expect(whyNoTerminals({ ...good, ...change })).toMatch(sentence)
    await expect(loadPty({ ...good, ...change })).rejects.toMatchObject({ code: 'no-terminal' })
  })
})

describe('the program of a profile', () => {
  const env = {
    HOME: '/home/u',
    PATH: '/bin',
    LC_TIME: 'C',
    AWS_SECRET: 's',
    INTERLOCK_TOKEN: 't',
    PS1: 'x',
    BASH_ENV: '/x',
  }
  const all = { env, shell: '/usr/bin/fish', exists: () => true }

  it('inherits only what is on the list', () => {
    for (const profile of ['login', 'lab'] as const) {
      const given = programOf(profile, 'm', all).env
      expect(given).toMatchObject({ HOME: '/home/u', LC_TIME: 'C', TERM: 'xterm-256color', INTERLOCK_TERMINAL: 'm' })
      for (const name of ['AWS_SECRET', 'INTERLOCK_TOKEN', 'BASH_ENV']) expect(given).not.toHaveProperty(name)
    }
  })

  it('is the own shell of the person, or one that is there', () => {
    expect(programOf('login', 'm', all)).toMatchObject({ file: '/usr/bin/fish', args: ['-l'] })
    expect(programOf('login', 'm', { ...all, exists: (path) => path === '/bin/bash' }).file).toBe('/bin/bash')
    expect(programOf('login', 'm', { ...all, shell: 'fish', exists: () => false }).file).toBe('/bin/sh')
  })

  it('is in the lab the same for everybody, with marks', () => {
    const lab = programOf('lab', 'm', all)
    expect(lab).toMatchObject({ file: '/bin/bash', args: ['--norc', '--noprofile', '-i'], env: { HISTFILE: '' } })
    expect(lab.env['PS1']).toContain('133;A')
    const plain = programOf('lab', 'm', { ...all, exists: () => false })
    expect(plain.file).toBe('/bin/sh')
    expect(plain.env['PS1']).toContain('133;A')
  })
})

it('a title is one line of plain text', () => {
  expect(plainTitle('a\u0007\u202Eb\nc')).toBe('a b c')
  expect(plainTitle('x'.repeat(1000))).toHaveLength(200)
})

describe('credit', () => {
  it('can always go on: what a page has not told stays below the low mark', () => {
    expect(TERMINAL_ACKNOWLEDGE).toBeLessThanOrEqual(TERMINAL_LOW)
    expect(TERMINAL_LOW).toBeLessThan(TERMINAL_HIGH)
  })

  it('pauses when anyone is far behind and goes on when all have caught up or left, never otherwise', () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      what: fc.constantFrom('add', 'remove', 'sent', 'shown'),
      many: fc.integer({ min: 1, max: 150_000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const said: string[] = []
        const credit = createCredit<number>({ pause: () => said.push('pause'), resume: () => said.push('resume') })
        const owed = new Map<number, number>()
        let paused = false
        for (const { who, what, many } of steps) {
          const before = owed.get(who)
          if (what === 'add') {
            credit.add(who)
            if (before === undefined) owed.set(who, 0)
          } else if (what === 'remove') {
            credit.remove(who)
            owed.delete(who)
          } else {
            credit[what](who, many)
            if (before !== undefined) owed.set(who, Math.max(0, what === 'sent' ? before + many : before - many))
          }
          const values = [...owed.values()]
          if (values.some((value) => value > TERMINAL_HIGH)) paused = true
          else if (values.every((value) => value < TERMINAL_LOW)) paused = false
          expect(credit.paused).toBe(paused)
        }
        expect(said.every((word, index) => word === (index % 2 === 0 ? 'pause' : 'resume'))).toBe(true)
      }),
    )
  })
})
