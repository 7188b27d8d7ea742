// What the start scripts of the portable archive are given, as a command line of `interlock`. Pure.
import { extname } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import { commands } from './help.ts'

const known: readonly string[] = [...commands, 'help', '--help', '-h', '--version', '-V']

/**
 * A double click gives nothing and a file dropped on the script gives its path: both mean `open`. Everything that is
 * a command of `interlock` stays as it is. `--shell browser` is understood because `npm start` has it.
 * @param isThere whether a path names something that exists
 * @throws InterlockError `bad-input` when another shell is asked for than the archive holds
 */
export function portableArguments(given: readonly string[], isThere: (path: string) => boolean): string[] {
  const argv = withoutShell(given)
  const [first] = argv
  if (first === undefined) return ['open']
  if (known.includes(first)) return argv
  if (first.startsWith('-') || isThere(first) || extname(first) !== '') return ['open', ...argv]
  return argv
}

function withoutShell(given: readonly string[]): string[] {
  const at = given.findIndex((arg) => arg === '--shell' || arg.startsWith('--shell='))
  if (at < 0) return [...given]
  const joined = given[at]?.startsWith('--shell=') === true
  const shell = joined ? given[at]?.slice('--shell='.length) : given[at + 1]
  if (shell !== 'browser') {
    throw new InterlockError(
      'bad-input',
      `This archive opens Interlock in a browser and has no shell "${shell ?? ''}". Leave --shell out, or install the desktop app.`,
    )
  }
  return given.toSpliced(at, joined ? 1 : 2)
}
