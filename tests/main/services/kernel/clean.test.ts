// Removing folders of experiments: everything in them, nothing beyond them.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeFolder } from '../../../../src-main/services/kernel/remove-folder.ts'

describe('removing a folder', () => {
  let place: string
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'interlock-clean-'))
    mkdirSync(join(place, 'interlock-lab/work/work'), { recursive: true })
    mkdirSync(join(place, 'mine'))
    writeFileSync(join(place, 'mine/file'), 'mine')
  })
  afterEach(() => rmSync(place, { recursive: true, force: true }))
  const folder = (): string => join(place, 'interlock-lab')

  it('removes folders without rights', async () => {
    chmodSync(join(folder(), 'work/work'), 0)
    chmodSync(join(folder(), 'work'), 0)
    expect(await removeFolder(folder())).toBeNull()
    expect(readdirSync(place)).toEqual(['mine'])
  })

  it('removes links and not what they lead to', async () => {
    symlinkSync(join(place, 'mine'), join(folder(), 'link'))
    symlinkSync('../mine/file', join(folder(), 'other'))
    symlinkSync('nowhere', join(folder(), 'broken'))
    expect(await removeFolder(folder())).toBeNull()
    expect(readdirSync(join(place, 'mine'))).toEqual(['file'])
  })

  it('removes a link of its name as a link', async () => {
    symlinkSync(join(place, 'mine'), join(place, 'interlock-lab-link'))
    expect(await removeFolder(join(place, 'interlock-lab-link'))).toBeNull()
    expect(existsSync(join(place, 'mine/file'))).toBe(true)
    expect(existsSync(join(place, 'interlock-lab-link'))).toBe(false)
  })

  it('is content when it is gone already', async () => {
    expect(await removeFolder(join(place, 'nothing'))).toBeNull()
  })
})
