// Starts and ends `interlock serve` as a process of its own, for tests and benchmarks that look at the real page.
import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

export interface ServedHost {
  url: string
  process: ChildProcess
  log(): string
}

/** Starts `interlock serve` on the given folders and waits for its address. */
export function serve(workspace: string, data: string, extra: string[] = []): Promise<ServedHost> {
  const args = ['src-main/cli/main.ts', 'serve', '--workspace', workspace, '--data', data, ...extra]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  return new Promise((resolvePromise, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within 30 s:\n${output}`)), 30_000)
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output)?.[0]
      if (url === undefined) return
      clearTimeout(timer)
      resolvePromise({ url, process: child, log: () => output })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
}

/** Ends a process that this file started and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolvePromise) => child.once('exit', () => resolvePromise()))
  child.kill(signal)
  await gone
}
