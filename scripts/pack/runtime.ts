// The Node that a portable archive brings along: from the npm package of that platform, which also holds Node's licence;
// without a registry, the one this project runs on.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readTar } from './tar.ts'

export const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win-x64', 'win-arm64'] as const
export type Platform = (typeof platforms)[number]

export interface Runtime {
  /** file name in the archive */
  name: 'node' | 'node.exe'
  program: Uint8Array
  version: string
  /** text of Node's licence; null when it could not be had */
  licence: string | null
}

export function ownPlatform(): string {
  return `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
}

export function asPlatform(name: string): Platform {
  const platform = platforms.find((known) => known === name)
  if (platform === undefined) throw new Error(`There is no runtime for "${name}". Use one of ${platforms.join(', ')}.`)
  return platform
}

/**
 * @param fetch whether the registry may be asked
 * @throws Error when the runtime of another platform cannot be had
 */
export function findRuntime(root: string, platform: Platform, fetch: boolean): Runtime {
  const version = pinned(root)
  const name = platform.startsWith('win') ? 'node.exe' : 'node'
  const cached = join(root, '.cache', 'runtimes', `node-${platform}-${version}.tgz`)
  const why = existsSync(cached) ? null : fetch ? download(cached, `node-${platform}@${version}`) : 'It was not asked.'
  if (why === null) {
    const files = readTar(gunzipSync(readFileSync(cached)))
    const program = files.get(`package/bin/${name}`)
    if (program === undefined) throw new Error(`node-${platform}@${version} holds no bin/${name}.`)
    const licence = files.get('package/LICENSE')
    return { name, program, version, licence: licence === undefined ? null : Buffer.from(licence).toString('utf8') }
  }
  const own = join(root, 'node_modules', 'node', 'bin', name)
  if (platform === ownPlatform() && existsSync(own)) return { name, program: readFileSync(own), version, licence: null }
  throw new Error(
    `Node for ${platform} is not here, and the npm registry did not give it: ${why} ` +
      'Try again with a network, or leave --platform out to pack for this machine.',
  )
}

function pinned(root: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  return devDependencies['node'] ?? ''
}

/** @returns null when the file is there now, else why not */
function download(target: string, name: string): string | null {
  const folder = `${target}.part`
  mkdirSync(folder, { recursive: true })
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const options = ['--pack-destination', folder, '--json', '--loglevel', 'error', '--fetch-retries', '0']
    const { status, stdout, stderr, error } = spawnSync(npm, ['pack', name, ...options], {
      encoding: 'utf8',
      timeout: 300_000,
      shell: process.platform === 'win32',
    })
    if (error !== undefined || status !== 0) return (error?.message ?? stderr).trim().split('\n')[0] ?? 'no answer'
    const [made] = JSON.parse(stdout) as { filename: string }[]
    renameSync(join(folder, made?.filename ?? ''), target)
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
