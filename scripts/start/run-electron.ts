// Starts the built app in Electron and waits for its end. Argument list only; no shell reads it.
import { spawn } from 'node:child_process'

/** An Electron that fails within this time did not show a window worth keeping. */
const EARLY_MS = 5_000

export interface ElectronEnd {
  code: number
  /** it failed at once, so another shell should be tried */
  early: boolean
}

/** @param program Electron's program; `args` begin with the app's main file */
export function runElectron(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<ElectronEnd> {
  // With this variable Electron would run as plain Node and show nothing.
  const clean = { ...env }
  delete clean['ELECTRON_RUN_AS_NODE']
  const began = performance.now()
  return new Promise((done) => {
    const child = spawn(program, [...args], { stdio: 'inherit', env: clean })
    // Ctrl-C reaches Electron by itself, as it is in the same group; this process waits for it to end in order.
    const wait = (): void => undefined
    const pass = (): void => void child.kill('SIGTERM')
    process.on('SIGINT', wait)
    process.on('SIGTERM', pass)
    const end = (code: number): void => {
      process.off('SIGINT', wait)
      process.off('SIGTERM', pass)
      done({ code, early: code !== 0 && performance.now() - began < EARLY_MS })
    }
    child.on('error', () => end(1))
    child.on('close', (code) => end(code ?? 1))
  })
}
