// Locks tell living sessions from dead ones; they never stop anybody and never fail.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetOwner, lockState, releaseLock, takeLock } from '../../../../src-main/services/files/locks.ts'
import { type Folders, makeFolders } from '../../host/stand-in.ts'

let folders: Folders
let file: string
let lock: string

beforeEach(() => {
  folders = makeFolders()
  mkdirSync(folders.workspace)
  file = join(folders.workspace, 'a.interlock')
  lock = join(folders.workspace, '.a.interlock.lock')
})
afterEach(() => folders.remove())

/** Our own lock with something changed. */
async function plant(change: Record<string, unknown>): Promise<void> {
  await takeLock(file, 'planted')
  writeFileSync(lock, JSON.stringify({ ...(JSON.parse(readFileSync(lock, 'utf8')) as object), ...change }))
}

describe('a lock', () => {
  it('belongs to whoever came first, until it is given back', async () => {
    expect(await takeLock(file, 'one')).toBe('ours')
    expect(await takeLock(file, 'one')).toBe('ours')
    expect(await takeLock(file, 'two')).toBe('other')
    await releaseLock(file, 'two')
    expect(await lockState(file, 'one')).toBe('ours')
    await releaseLock(file, 'one')
    expect(existsSync(lock)).toBe(false)
    expect(await takeLock(file, 'two')).toBe('ours')
  })

  it('of two at once is given to one', async () => {
    const states = await Promise.all(Array.from({ length: 10 }, (_, i) => takeLock(file, `session ${i}`)))
    expect(states.filter((state) => state === 'ours')).toHaveLength(1)
  })

  it('of a session that is over in this process is stale', async () => {
    await takeLock(file, 'one')
    forgetOwner('one')
    expect(await lockState(file, 'two')).toBe('none')
    expect(await takeLock(file, 'two')).toBe('ours')
  })

  it('of a process that has ended is stale', async () => {
    const { pid } = spawnSync('true')
    await plant({ pid, started: '1' })
    expect(await takeLock(file, 'two')).toBe('ours')
  })

  it('of a living process is believed, unless it began at another time', async () => {
    await plant({ pid: process.ppid, started: null })
    expect(await lockState(file, 'two')).toBe('other')
    await plant({ pid: process.ppid, started: '1' })
    expect(await lockState(file, 'two')).toBe('none')
  })

  it('of another start of the machine is stale', async () => {
    await plant({ pid: process.ppid, started: null, boot: 'another' })
    expect(await lockState(file, 'two')).toBe('none')
  })

  it('of another machine is believed for a day', async () => {
    await plant({ host: 'elsewhere', pid: 1 })
    expect(await lockState(file, 'two')).toBe('other')
    const past = new Date(Date.now() - 25 * 3_600_000)
    utimesSync(lock, past, past)
    expect(await lockState(file, 'two')).toBe('none')
  })

  it('that cannot be read is stale once it is not just being written', async () => {
    writeFileSync(lock, '')
    expect(await lockState(file, 'one')).toBe('other')
    const past = new Date(Date.now() - 60_000)
    utimesSync(lock, past, past)
    expect(await takeLock(file, 'one')).toBe('ours')
  })

  it('is not kept where there is no folder, and that is no failure', async () => {
    expect(await takeLock(join(folders.workspace, 'gone', 'a.interlock'), 'one')).toBe('none')
  })
})
