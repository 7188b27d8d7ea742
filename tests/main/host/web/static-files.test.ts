// Which files the page's root gives out, and that nothing else leaves it.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookupFile, pathParts } from '../../../../src-main/host/web/static-files.ts'

let folder = ''
let root = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-static-'))
  root = join(folder, 'page')
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'page-old'))
  mkdirSync(join(root, 'folder.html'))
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, 'build-id.txt'), 'abc')
  writeFileSync(join(root, 'assets', 'index-Ab12.js'), 'export {}')
  writeFileSync(join(root, 'assets', 'größe 1.svg'), '<svg/>')
  writeFileSync(join(root, '.hidden.txt'), 'hidden')
  writeFileSync(join(root, 'program.exe'), 'MZ')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'page-old', 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'))
  symlinkSync(join(folder, 'page-old'), join(root, 'old'))
  symlinkSync(join(root, 'build-id.txt'), join(root, 'inner.txt'))
  symlinkSync('loop.txt', join(root, 'loop.txt'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('lookupFile', () => {
  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8', false],
    ['/index.html', 'index.html', 'text/html; charset=utf-8', false],
    ['/build-id.txt', 'build-id.txt', 'text/plain; charset=utf-8', false],
    ['/assets/index-Ab12.js', 'assets/index-Ab12.js', 'text/javascript; charset=utf-8', true],
    ['/assets/gr%C3%B6%C3%9Fe%201.svg', 'assets/größe 1.svg', 'image/svg+xml', true],
    ['/inner.txt', 'build-id.txt', 'text/plain; charset=utf-8', false],
  ])('finds %s', async (urlPath, name, contentType, hashed) => {
    const file = await lookupFile(root, urlPath)
    expect(file).toMatchObject({ contentType, hashed })
    expect(file?.path.endsWith(join('page', name))).toBe(true)
  })

  it.each([
    ['/../secret.txt', 'plain traversal'],
    ['/assets/../../secret.txt', 'traversal below'],
    ['/%2e%2e/secret.txt', 'encoded dots'],
    ['/..%2fsecret.txt', 'encoded slash'],
    ['/%2e%2e%2fsecret.txt', 'all encoded'],
    ['/..%5csecret.txt', 'encoded backslash'],
    ['/..\\secret.txt', 'backslash'],
    ['/%252e%252e/secret.txt', 'encoded twice'],
    ['//etc/hostname.txt', 'double slash'],
    ['/%2Fetc%2Fhostname.txt', 'encoded absolute path'],
    ['/C:/secret.txt', 'drive letter'],
    ['/index.html%00.txt', 'NUL'],
    ['/index.html::$DATA', 'stream'],
    ['/%', 'broken encoding'],
    ['/%ff%fe.txt', 'not UTF-8'],
    ['/.hidden.txt', 'hidden file'],
    ['/link.txt', 'symbolic link out of the root'],
    ['/old/secret.txt', 'linked folder whose name begins like the root'],
    ['/loop.txt', 'link to itself'],
    ['/folder.html', 'folder'],
    ['/assets/', 'listing'],
    ['/assets', 'folder without slash'],
    ['/program.exe', 'type that is not in the table'],
    ['/absent.txt', 'absent'],
    ['index.html', 'no leading slash'],
    ['', 'empty'],
    [`/${'a'.repeat(3000)}.txt`, 'too long'],
    ['/constructor', 'name of a built-in property'],
  ])('refuses %s (%s)', async (urlPath) => expect(await lookupFile(root, urlPath)).toBeNull())

  it('gives no file outside its root for any path made of dangerous parts', async () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2e%2e',
      '%2f',
      '%5c',
      '/',
      '\\',
      'assets',
      'old',
      'secret.txt',
      '%00',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const file = await lookupFile(root, `/${parts.join('/')}`)
        expect(file === null || file.path.startsWith(join(root, '/'))).toBe(true)
      }),
    )
  })

  it('splits before it decodes, so that no part holds a separator', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parts = pathParts(`/${text}`)
        expect(parts === null || parts.every((name) => !/[/\\\0]/.test(name) && name !== '..')).toBe(true)
      }),
    )
  })
})
