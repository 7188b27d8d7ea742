// What the built files may and may not hold. Builds first when something changed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { sourceHash } from '../../scripts/source-hash.ts'
import { built, filesBelow, importsOf, out, root } from './built.ts'

beforeAll(built, 180_000)

const text = (path: string): string => readFileSync(join(out, path), 'utf8')

describe('the preload', () => {
  it('E2 is one CommonJS file that requires nothing but electron', () => {
    expect(filesBelow(join(out, 'preload'))).toEqual(['preload.cjs'])
    expect(importsOf(join(out, 'preload/preload.cjs')).packages).toEqual(['electron'])
    expect(text('preload/preload.cjs')).not.toMatch(/^\s*(import|export)\b/m)
  })

  it('E2 gives the page no function that takes a channel', () => {
    const calls = [...text('preload/preload.cjs').matchAll(/ipcRenderer\.(\w+)\(([^,)]*)/g)]
    expect(calls.map(([, method]) => method).sort()).toEqual(['on', 'send'])
    expect(new Set(calls.map(([, , channel]) => channel))).toEqual(new Set(['PORT_CHANNEL']))
  })
})

describe('the main side', () => {
  it('asks for electron in the desktop shell only', () => {
    expect(importsOf(join(out, 'main/electron.js')).packages).toContain('electron')
    for (const entry of ['main/interlock.js', 'main/engine-worker.js', 'main/kernel-worker.js']) {
      const { files, packages } = importsOf(join(out, entry))
      expect(packages.filter((name) => name.startsWith('electron'))).toEqual([])
      for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(/(from|require\()\s*["']electron/)
    }
  })

  it('keeps its packages outside, as package.json names them', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const asked = ['main/electron.js', 'main/interlock.js', 'main/engine-worker.js', 'main/kernel-worker.js']
      .flatMap((entry) => importsOf(join(out, entry)).packages)
      .filter((name) => !name.startsWith('node:') && name !== 'electron')
    expect(new Set(asked.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0]))).toEqual(
      new Set(Object.keys(dependencies)),
    )
  })

  it('leaves terminals to the host: their native module is asked for by both shells, and by no worker', () => {
    for (const [entry, wanted] of [
      ['main/electron.js', true],
      ['main/interlock.js', true],
      ['main/engine-worker.js', false],
      ['main/kernel-worker.js', false],
    ] as const) {
      const { files, packages } = importsOf(join(out, entry))
      expect(packages.includes('node-pty'), entry).toBe(wanted)
      // Bundled, it would look for its binary in the wrong place.
      for (const file of files)
        expect(readFileSync(file, 'utf8'), file).not.toMatch(/pty\.node['"]\)\s*\{|spawn-helper/)
    }
    for (const file of filesBelow(join(out, 'renderer'))) {
      if (file.endsWith('.js')) expect(text(`renderer/${file}`), file).not.toContain('node-pty')
    }
  })

  it('E15 starts no child by way of Electron run as Node', () => {
    const forks = /ELECTRON_RUN_AS_NODE|child_process[^\n]*\bfork\b|\bfork\(/
    for (const file of filesBelow(join(out, 'main'))) {
      const reached = importsOf(join(out, 'main/electron.js')).files.includes(join(out, 'main', file))
      if (reached) expect(text(`main/${file}`), file).not.toMatch(forks)
    }
  })

  it('brings every sample of every lab', () => {
    const labs = readdirSync(join(root, 'src-main/labs'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    expect(labs.length).toBeGreaterThan(0)
    for (const { name } of labs) {
      const source = filesBelow(join(root, 'src-main/labs', name, 'samples'))
      expect(filesBelow(join(out, 'labs', name, 'samples'))).toEqual(source)
    }
  })
})

describe('the page', () => {
  const page = (): string[] => filesBelow(join(out, 'renderer'))

  it('carries the id of its sources', () => {
    const id = text('renderer/build-id.txt').trim()
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(id).toBe(sourceHash(root))
    expect(page().some((file) => file.endsWith('.js') && text(`renderer/${file}`).includes(id))).toBe(true)
  })

  it('names no address on a network', () => {
    // Names of XML vocabularies and of JSON Schema, the codes of Svelte's errors, and standards that errors of the writer
    // of videos cite: none of them is ever loaded.
    const names =
      /^https?:\/\/(www\.w3\.org\/|json-schema\.org\/|svelte\.dev\/e\/|www\.webmproject\.org\/vp9\/mp4\/|aomediacodec\.github\.io\/av1-isobmff\/)/
    for (const file of page().filter((name) => /\.(js|css|html|svg|json)$/.test(name))) {
      const addresses = text(`renderer/${file}`).match(/\b(?:https?|wss?|ftp):\/\/\w[^\s"'`<>)\\]*/g) ?? []
      expect(
        addresses.filter((address) => !names.test(address)),
        file,
      ).toEqual([])
    }
  })

  it('S1 has no inline script, no inline handler and no base address', () => {
    const html = text('renderer/index.html')
    for (const [, attributes, body] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toMatch(/\bsrc=/)
      expect(body?.trim()).toBe('')
    }
    expect(html).toMatch(/<script\b/)
    expect(html).not.toMatch(/<base\b|\son\w+\s*=|javascript:/i)
  })

  it('is made of files that the shells serve', () => {
    expect(page().filter((file) => !/\.(html|js|css|json|txt|md|svg|png|ico|woff2?)$/.test(file))).toEqual([])
  })
})

describe('S9 the sources of the page', () => {
  it('insert no text as markup', () => {
    const raw =
      /\{@html|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc|DOMParser|createContextualFragment/
    const sources = filesBelow(join(root, 'src-renderer')).filter((file) => /\.(ts|svelte|js)$/.test(file))
    expect(sources.length).toBeGreaterThan(0)
    const guilty = sources.filter((file) => raw.test(readFileSync(join(root, 'src-renderer', file), 'utf8')))
    expect(guilty).toEqual([])
  })
})
