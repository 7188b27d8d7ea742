// What a person asked `npm start` for, read once and handed to the shell that was chosen. Pure.
import { resolve } from 'node:path'
import { parseArguments, portOption, textOption } from '../../src-main/cli/arguments.ts'
import { openOptions } from '../../src-main/cli/serve-options.ts'
import { InterlockError } from '../../src-main/contract/errors.ts'

export interface StartWish {
  shell: 'electron' | 'browser' | null
  /** arguments for the desktop shell; paths are absolute */
  electron: string[]
  /** arguments for the command `open` */
  open: string[]
}

/** Options that both shells have. Any other one is about the browser shell, and asking for it asks for that shell. */
const common = ['workspace', 'data']

/**
 * @param cwd folder that relative paths start from
 * @throws InterlockError `bad-input`
 */
export function readStart(argv: readonly string[], cwd: string): StartWish {
  const args = parseArguments('npm start --', argv, { shell: { value: 'electron|browser' }, ...openOptions })
  portOption(args)
  const [file, ...more] = args.positionals
  if (more.length > 0) throw new InterlockError('bad-input', 'Give one FILE at a time.')
  const forced = textOption(args, 'shell')
  if (forced !== null && forced !== 'electron' && forced !== 'browser') {
    throw new InterlockError('bad-input', `"${forced}" is not a shell. Use --shell electron or --shell browser.`)
  }
  const given = [...args.values].filter(([name]) => name !== 'shell')
  const browserOnly = given.map(([name]) => name).find((name) => !common.includes(name))
  if (forced === 'electron' && browserOnly !== undefined) {
    throw new InterlockError(
      'bad-input',
      `--${browserOnly} is about the browser shell. Leave it out, or use --shell browser.`,
    )
  }
  const files = file === undefined ? [] : [file]
  return {
    shell: forced ?? (browserOnly === undefined ? null : 'browser'),
    electron: [
      ...given.flatMap(([name, value]) => (value === true ? [] : [`--${name}`, resolve(cwd, value)])),
      ...files.map((name) => resolve(cwd, name)),
    ],
    open: [
      'open',
      ...given.map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`)),
      ...(files.length > 0 ? ['--', ...files] : []),
    ],
  }
}
