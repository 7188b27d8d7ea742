// Reads the command line of the desktop shell, for the first instance and for every later one alike.
// Pure: looks at no file and no process.
import { resolve } from 'node:path'
import { z } from 'zod'

const MAX_FILES = 20

/** What one instance tells another. Both sides validate it: it comes from another process. */
export const Invocation = z.object({
  args: z.array(z.string().max(4096)).max(200),
  cwd: z.string().min(1).max(4096),
})
export type Invocation = z.infer<typeof Invocation>

export interface Arguments {
  /** absolute paths, in the order given */
  files: string[]
  workspace: string | null
  data: string | null
  /** sentences about what could not be understood */
  problems: string[]
}

/**
 * The meaning of a command line. Unknown switches are left to Chromium; what has no meaning is a problem, never a throw.
 * @param invocation arguments after the program and its script, and the folder they are relative to
 */
export function parseArguments(invocation: unknown): Arguments {
  const found: Arguments = { files: [], workspace: null, data: null, problems: [] }
  const checked = Invocation.safeParse(invocation)
  if (!checked.success) return { ...found, problems: ['The command line is too long or not made of text.'] }
  const { cwd } = checked.data
  const rest = [...checked.data.args]
  let onlyFiles = false
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const option = onlyFiles ? null : /^--(workspace|data)(?:=(.*))?$/s.exec(arg)
    if (option) {
      const value = option[2] ?? (rest[0]?.startsWith('-') === false ? rest.shift() : undefined)
      if (value === undefined || value === '' || value.includes('\0')) {
        found.problems.push(`--${option[1]} needs a folder, for example --${option[1]} /home/me/drawings.`)
      } else found[option[1] === 'data' ? 'data' : 'workspace'] = resolve(cwd, value)
    } else if (!onlyFiles && arg === '--') onlyFiles = true
    else if (!onlyFiles && arg.startsWith('-')) continue
    else if (arg === '' || arg.includes('\0')) found.problems.push('A file name on the command line is not a path.')
    else if (found.files.length === MAX_FILES) {
      found.problems.push(`At most ${MAX_FILES} files are opened at once; the others are left out.`)
      break
    } else found.files.push(resolve(cwd, arg))
  }
  return found
}
