// The build that tests look at, made when it is stale; and what its files hold.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { buildIfStale } from '../../scripts/build-if-stale.ts'

export const root = resolve(import.meta.dirname, '../..')
export const out = join(root, 'out')

export const built = (): Promise<void> => buildIfStale()

/** Files below a folder, relative to it, with `/` between parts. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

export interface Imports {
  /** files of the build that are reached, absolute */
  files: string[]
  /** packages and built-in modules that are asked for */
  packages: string[]
}

/** Follows the imports and requires of a built file, as TypeScript's own scanner finds them. */
export function importsOf(entry: string): Imports {
  const files = new Set<string>()
  const packages = new Set<string>()
  const queue = [entry]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue
    files.add(file)
    const text = readFileSync(file, 'utf8')
    for (const { fileName: specifier } of ts.preProcessFile(text, true, true).importedFiles) {
      if (specifier.startsWith('.')) queue.push(resolve(dirname(file), specifier))
      else packages.add(specifier)
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() }
}
