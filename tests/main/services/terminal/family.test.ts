// Closing a terminal leaves no process, whatever its programs did to get away. Each program sleeps for a number of
// seconds that no other has, by which it is found.
import { readdirSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makePlace, type Place, type Shown, until } from './helpers.ts'

const linux = process.platform === 'linux'
const rights = process.getuid?.() === 0 ? '' : '--user --map-root-user '
const namespaces =
  linux && spawnSync('unshare', [...rights.trim().split(' ').filter(Boolean), '--fork', '--pid', 'true']).status === 0

/** Host pids of processes that run `sleep` for so many seconds. */
function sleepers(seconds: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `sleep\0${seconds}\0`
      } catch {
        return false
      }
    })
}

let next = 600_000 + (process.pid % 30_000) * 10
let place: Place
let shown: Shown

describe.skipIf(!linux)('the end of a terminal (needs /proc)', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    place = makePlace({ graceMs: 300 })
    shown = await place.open()
  })
  afterEach(async () => {
    await place.remove()
  })

  const cases: [string, (seconds: number) => string, boolean][] = [
    ['a program in the foreground', (s) => `sleep ${s}`, true],
    ['one in the background', (s) => `sleep ${s} &`, true],
    ['one that ignores the end of its terminal', (s) => `nohup sleep ${s} &`, true],
    ['one in a session of its own whose parent is gone', (s) => `(setsid sleep ${s} >/dev/null 2>&1 &); true`, true],
    ['one that is stopped', (s) => `sleep ${s} & sleep 0.3; kill -STOP $!`, true],
    ['PID 1 of a PID namespace', (s) => `unshare ${rights}--fork --pid sleep ${s}`, namespaces],
    ['PID 1 without its parent', (s) => `(setsid unshare ${rights}--fork --pid sleep ${s} &); true`, namespaces],
    [
      'a whole namespace inside a namespace',
      (s) => `unshare ${rights}--fork --pid sh -c 'sleep ${s} & unshare --fork --pid sleep ${s}'`,
      namespaces,
    ],
  ]
  for (const [name, command, possible] of cases) {
    it.skipIf(!possible)(`ends ${name}`, async () => {
      const seconds = (next += 1)
      shown.terminal.write(`${command(seconds)}\r`)
      await until(() => sleepers(seconds).length > 0, `sleep ${seconds}`)
      if (name.includes('stopped')) {
        const state = (): string => readFileSync(`/proc/${sleepers(seconds)[0]}/stat`, 'utf8')
        await until(() => state().includes(') T '), 'it to be stopped')
      }
      const { pid } = shown.terminal.shell
      expect(await place.terminals.close(shown.terminal.id)).toBe(0)
      expect(sleepers(seconds)).toEqual([])
      await until(() => !readdirSync('/proc').includes(String(pid)), 'the shell to be collected')
    })
  }

  it('ends what is left when the shell ends by itself', async () => {
    const seconds = (next += 1)
    shown.terminal.write(`nohup setsid sleep ${seconds} >/dev/null 2>&1 & sleep 0.2; exit\r`)
    await until(() => shown.ended(), 'the end')
    await until(() => sleepers(seconds).length === 0, 'the rest to end')
  })

  it('comes when no page has shown it for the grace time, and not before', async () => {
    const seconds = (next += 1)
    shown.terminal.write(`sleep ${seconds}\r`)
    await until(() => sleepers(seconds).length > 0, `sleep ${seconds}`)
    place.terminals.detach(shown.terminal.id, shown.viewer)
    const again = await place.show(shown.terminal)
    await new Promise((done) => setTimeout(done, 500))
    expect(sleepers(seconds)).toHaveLength(1)
    place.terminals.detach(shown.terminal.id, again.viewer)
    await until(() => sleepers(seconds).length === 0, 'the end')
    expect(place.terminals.count).toBe(0)
  })

  it('leaves alone a terminal that opens meanwhile, though it gets the same device', async () => {
    const [lasting, seconds] = [(next += 1), (next += 1)]
    // It lives until it is ended by force, while the device of its terminal is free already.
    shown.terminal.write(`(setsid nohup sleep ${lasting} >/dev/null 2>&1 &); true\r`)
    await until(() => sleepers(lasting).length > 0, `sleep ${lasting}`)
    const { pid } = shown.terminal.shell
    const closing = place.terminals.close(shown.terminal.id)
    await until(() => !readdirSync('/proc').includes(String(pid)), 'the shell to end')
    const other = await place.open()
    other.terminal.write(`sleep ${seconds}\r`)
    await until(() => sleepers(seconds).length > 0, `sleep ${seconds}`)
    await closing
    expect(sleepers(lasting)).toEqual([])
    expect(sleepers(seconds)).toHaveLength(1)
    expect(other.ended()).toBe(false)
  })

  it('leaves processes of others alone', async () => {
    const other = await place.open()
    const seconds = (next += 1)
    other.terminal.write(`sleep ${seconds}\r`)
    await until(() => sleepers(seconds).length > 0, `sleep ${seconds}`)
    await place.terminals.close(shown.terminal.id)
    expect(sleepers(seconds)).toHaveLength(1)
  })
})
