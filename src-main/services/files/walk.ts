// Finds files below a folder by their names, a few levels deep and not for ever.
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const MOST_FOLDERS = 500
const MOST_DEPTH = 4

/** Absolute paths of files whose name fits. A folder that cannot be read has none. */
export async function walkFiles(root: string, fits: (name: string) => boolean): Promise<string[]> {
  const files: string[] = []
  const waiting = [{ folder: root, depth: 0 }]
  for (let next = waiting.shift(), seen = 0; next !== undefined && seen < MOST_FOLDERS; next = waiting.shift()) {
    seen += 1
    const { folder, depth } = next
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && depth < MOST_DEPTH) waiting.push({ folder: path, depth: depth + 1 })
      else if (entry.isFile() && fits(entry.name)) files.push(path)
    }
  }
  return files
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
