// Puts the portable archive together: the built app, its packages, a Node, start scripts and licences. The same inputs
// give the same bytes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

import { filesOf, licencesOf, productionPackages } from './packages.ts'
import { findRuntime, type Platform } from './runtime.ts'
import { readme, startScript } from './start-scripts.ts'
import { type ZipEntry, zipOf } from './zip.ts'

export interface PackOptions {
  /** folder of the project, already built */
  root: string
  platform: Platform
  /** folder that gets the archive */
  target: string
  /** whether the npm registry may be asked for the runtime */
  fetch: boolean
  /** of zlib: 1 quick, 9 small */
  level?: number
}

export interface Packed {
  path: string
  /** bytes of the archive */
  size: number
  /** what somebody should know before the archive is passed on */
  remarks: string[]
}

/** Parts of the build that only the desktop app reads. */
const desktop = ['out/.stamp', 'out/main/electron.js', 'out/preload/']

export function packPortable(options: PackOptions): Packed {
  const { root, platform, target, fetch, level } = options
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const runtime = findRuntime(root, platform, fetch)
  const packages = productionPackages(root)
  const folder = `interlock-${version}`
  const entries: ZipEntry[] = []
  const text = (name: string, content: string, program = false): void =>
    void entries.push({ name: `${folder}/${name}`, content: Buffer.from(content), program })
  const copy = (name: string, from: string): void =>
    void entries.push({ name: `${folder}/${name}`, content: readFileSync(join(root, from)) })

  const script = startScript(platform)
  text(script.name, script.text, true)
  text('README.txt', readme(version, platform))
  copy('LICENSE', 'LICENSE')
  copy('app/package.json', 'package.json')
  for (const file of filesBelow(root, 'out')) {
    if (!desktop.some((part) => file.startsWith(part))) copy(`app/${file}`, file)
  }
  for (const item of packages) {
    for (const file of filesOf(root, item)) copy(`app/${item.folder}/${file}`, `${item.folder}/${file}`)
  }
  entries.push({ name: `${folder}/runtime/${runtime.name}`, content: runtime.program, program: true })
  text('licences/packages.txt', licencesOf(root, packages))
  copy('licences/page.md', 'out/renderer/licenses.md')
  text('licences/node.txt', runtime.licence ?? nodeNotice(runtime.version))

  const bytes = zipOf(entries, level)
  const path = join(target, `interlock-${version}-portable-${platform}.zip`)
  mkdirSync(target, { recursive: true })
  writeFileSync(path, bytes)
  const remarks =
    runtime.licence === null
      ? ["Node's licence text is not at hand; licences/node.txt says where it is. Put it in before passing this on."]
      : []
  return { path, size: bytes.length, remarks }
}

function nodeNotice(version: string): string {
  return `runtime holds Node.js ${version}, unchanged. Its licence (MIT) and those of its parts:
https://github.com/nodejs/node/blob/v${version}/LICENSE
`
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
