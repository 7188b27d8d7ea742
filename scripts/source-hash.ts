// The build id: a hash over the sources that host and page are built from. Equal sources give equal ids everywhere,
// so a page and a host of different builds recognise each other, and a rebuild of the same sources changes nothing.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const hashed = ['src-main', 'src-renderer', 'package-lock.json']

function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/**
 * @param root folder of the project
 * @returns 16 hexadecimal digits
 */
export function sourceHash(root: string): string {
  const files = hashed
    .flatMap((name) => filesOf(join(root, name)))
    .map((file) => ({ file, name: relative(root, file).split(sep).join('/') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const hash = createHash('sha256')
  for (const { file, name } of files) {
    const content = readFileSync(file)
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 16)
}
