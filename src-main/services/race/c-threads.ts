// The race in C: the source is compiled into a folder of its own, run as often as asked, and the folder removed.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InterlockError } from '../../contract/errors.ts'
import { cSource, compilerFlags } from './source.ts'
import type { Racers } from './racers.ts'
import { texts } from './texts.ts'

const COMPILE_MS = 60_000
const RUN_MS = 120_000

interface Outcome {
  out: string
  err: string
  /** name of a failure of the system, such as ENOENT, or the exit code; null when all went well */
  failed: string | null
}

const run = (file: string, args: readonly string[], timeout: number): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(file, [...args], { timeout, killSignal: 'SIGKILL' }, (error, out, err) =>
      resolve({ out, err, failed: error === null ? null : String(error.code ?? error.signal ?? 'failed') }),
    )
  })

/** @returns null where there is no compiler */
export async function compiler(): Promise<string | null> {
  for (const name of ['cc', 'gcc', 'clang']) {
    if ((await run(name, ['--version'], COMPILE_MS)).failed === null) return name
  }
  return null
}

/**
 * @param folder in which a folder for source and program is made
 * @throws InterlockError when it cannot be compiled or run
 */
export async function cRacers(cc: string, folder: string): Promise<Racers> {
  const lab = await mkdtemp(join(folder, 'interlock-lab-race-'))
  const [source, program] = [join(lab, 'race.c'), join(lab, 'race')]
  const end = (): Promise<void> => rm(lab, { recursive: true, force: true })
  try {
    await writeFile(source, cSource)
    const { failed, err } = await run(cc, [...compilerFlags, '-o', program, source], COMPILE_MS)
    if (failed !== null)
      throw new InterlockError('io-error', texts.notCompiled(cc, err.trim().split('\n')[0] ?? failed))
  } catch (error) {
    await end()
    throw error
  }
  return {
    how: [cc, ...compilerFlags].join(' '),
    async race(increments, mutex) {
      const { out, failed } = await run(program, [String(increments), mutex ? 'mutex' : 'none'], RUN_MS)
      const [, counter, nanoseconds] = /^(\d+) (\d+)\n$/.exec(out) ?? []
      if (failed === 'EACCES') throw new InterlockError('permission-denied', texts.notRunnable)
      if (failed !== null || counter === undefined) throw new InterlockError('io-error', texts.ended(failed ?? '0'))
      return { counter: Number(counter), milliseconds: Number(nanoseconds) / 1e6 }
    },
    end,
  }
}
