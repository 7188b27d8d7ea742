// `interlock export` of a walkthrough: the three formats, their choices, and refusals that say what to do.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHelp } from '../../../src-main/cli/help.ts'
import { walkthroughFormats } from '../../../src-main/contract/export.ts'
import { type Ended, interlock, root } from './program.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock walkthrough export-'))
  const samples = join(root, 'src-main/labs/deadlock/samples')
  copyFileSync(join(samples, 'told-ring.interlock'), join(folder, 'told.interlock'))
  copyFileSync(join(samples, 'two-rings.interlock'), join(folder, 'bare.interlock'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const exported = (...args: string[]): Promise<Ended> => interlock(['export', ...args], { cwd: folder })

describe('interlock export of a walkthrough', () => {
  it('names all its formats in its help', () => {
    const names = new Set(commandHelp.export.split(/\s+/))
    expect(walkthroughFormats.filter((to) => !names.has(to))).toEqual([])
  })

  it.each([
    ['html-player', [], '<!doctype html>'],
    ['storyboard-pdf', ['--per-page', '2'], '%PDF'],
    ['storyboard-png', ['--scale', '1'], 'PK'],
  ] as const)('writes %s', async (to, more, start) => {
    expect(await exported('told.interlock', '--to', to, ...more, '--out', to)).toMatchObject({ code: 0, err: '' })
    expect(readFileSync(join(folder, to)).toString('latin1').startsWith(start)).toBe(true)
  })

  it.each<[string[], RegExp]>([
    [['bare.interlock', '--to', 'html-player'], /has no walkthrough\. Record one/],
    [['told.interlock', '--to', 'html-plaier'], /Did you mean html-player\?/],
    [['told.interlock', '--to', 'svg', '--per-page', '2'], /--per-page is for a walkthrough, and svg is none/],
    [['told.interlock', '--to', 'storyboard-pdf', '--per-page', '4'], /"4" steps cannot be put on a page/],
    [['told.interlock', '--to', 'html-player', '--verdict'], /--verdict is for a drawing, and html-player is none/],
    [['told.interlock', '--to', 'html-player', '--title'], /--title changes nothing about a walkthrough/],
  ])('refuses %j', async (args, sentence) => {
    expect(await exported(...args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(sentence) as string })
  })
})
