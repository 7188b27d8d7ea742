// What the benchmarks share: a row of the table, the best of several times, and a peer written in Python.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Row {
  name: string
  ours: number | null
  /** what it is compared with: another program's figure, or the bound that the project set itself */
  peer: number | null
  ratio: number | null
  unit: string
  note: string
}

/** The least milliseconds of several, since other work on the machine only ever adds. */
export function best(work: () => unknown, repeats: number): number {
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}

export interface Peer {
  milliseconds: number | null
  /** what it found, to be compared with what ours finds */
  found: number | null
  note: string
}

/**
 * Runs a script beside this file on numbers in a file.
 * @param script prints seconds, a number that it found, and the version of its library
 */
export function pythonPeer(library: string, script: string, numbers: Uint8Array, args: readonly string[]): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  try {
    const file = join(folder, 'numbers.bin')
    writeFileSync(file, numbers)
    const path = new URL(script, import.meta.url).pathname
    const output = execFileSync('python3', [path, file, ...args], { encoding: 'utf8', stdio: 'pipe' })
    const [seconds, found, version] = output.trim().split(' ')
    return { milliseconds: Number(seconds) * 1000, found: Number(found), note: `${library} ${version}` }
  } catch (error) {
    const reason = error instanceof Error && error.message.includes('No module named') ? 'is not installed' : 'failed'
    return { milliseconds: null, found: null, note: `python3-${library} ${reason}, so there is no peer figure` }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** For a benchmark that is run alone. */
export function print(rows: readonly Row[]): void {
  for (const { name, ours, peer, ratio, unit, note } of rows) {
    process.stdout.write(
      `${name}: ${ours?.toPrecision(4)} ${unit}, peer ${peer?.toPrecision(4)}, ratio ${ratio?.toPrecision(3)} (${note})\n`,
    )
  }
}
