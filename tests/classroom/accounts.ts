// Running a program as an ordinary account, and saying why something could not be tried here.
import type { TestContext } from 'vitest'

const NOBODY = 65534

/** What `spawn` needs to run a program without rights; nothing when this process has none itself. */
export function ordinaryAccount(): { uid: number; gid: number } | Record<string, never> {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
}

/** The reason has to be read by a person too, whatever the reporter shows. */
export function skip(context: TestContext, why: string): never {
  process.stdout.write(`skipped: ${context.task.name}: ${why.trim()}\n`)
  return context.skip(why)
}
