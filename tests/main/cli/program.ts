// The command line as a program of its own, the way a script calls it.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../../..')
const entry = resolve(root, 'src-main/cli/main.ts')

export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs `interlock` with these arguments and this standard input, in `cwd`. */
export function interlock(
  args: readonly string[],
  options: { input?: string | Buffer; cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: options.cwd ?? root,
      env: { ...process.env, npm_lifecycle_event: '', ...options.env },
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject)
    child.on('close', (code) => done({ code, out, err }))
    // A program that ends before it has read everything closes the pipe.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}
