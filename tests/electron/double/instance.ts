// The single-instance lock of the double: a file with the process id, and a folder where a later instance leaves word.
// A lock whose process is gone is taken over, so that an instance that was killed is no obstacle.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * @param data what a later instance tells the first
 * @param onLater called in the first instance with the data of each later one
 * @returns whether this is the first
 */
export function takeLock(userData: string, data: unknown, onLater: (data: unknown) => void): boolean {
  const folder = join(userData, 'double')
  const lock = join(folder, 'lock')
  mkdirSync(folder, { recursive: true })
  let holder = 0
  try {
    holder = Number(readFileSync(lock, 'utf8'))
  } catch {
    // no lock: this is the first
  }
  if (holder > 0 && holder !== process.pid && alive(holder)) {
    const word = join(folder, `${process.pid}.part`)
    writeFileSync(word, JSON.stringify(data ?? null))
    renameSync(word, join(folder, `${process.pid}.json`))
    return false
  }
  writeFileSync(lock, String(process.pid))
  watch(folder, { persistent: false }, () => {
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
      const word: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
      rmSync(join(folder, name))
      onLater(word)
    }
  })
  return true
}
