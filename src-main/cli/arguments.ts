// Reads the arguments of one command against its table of options. Knows no command by name.
import { parseArgs } from 'node:util'
import { InterlockError } from '../contract/errors.ts'
import { didYouMean } from '../contract/near-names.ts'

/** Options of a command: `flag` stands alone; a text names what its value is, for the message when it is missing. */
export type OptionTable = Readonly<Record<string, 'flag' | { value: string }>>

export interface Arguments {
  /** value of each option that was given; `true` for a flag */
  values: ReadonlyMap<string, string | true>
  positionals: string[]
}

/**
 * @param command as it is called in messages, such as `interlock eval`
 * @throws InterlockError `bad-input`
 */
export function parseArguments(command: string, argv: readonly string[], table: OptionTable): Arguments {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' } as const]),
  )
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true })
  const values = new Map<string, string | true>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const kind = Object.hasOwn(table, token.name) ? table[token.name] : undefined
    if (kind === undefined) {
      const near = didYouMean(
        token.rawName,
        Object.keys(table).map((name) => `--${name}`),
      )
      throw new InterlockError('bad-input', `${command} has no option ${token.rawName}.${near} See ${command} --help.`)
    }
    if (values.has(token.name)) {
      throw new InterlockError('bad-input', `${token.rawName} is given twice. Give it once.`)
    }
    if (kind === 'flag') {
      if (token.value !== undefined) {
        throw new InterlockError('bad-input', `${token.rawName} takes no value. Write ${token.rawName} alone.`)
      }
      values.set(token.name, true)
    } else {
      // `--out --json` means a forgotten value far more often than a file of that name; `--out=--json` still works.
      if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--'))) {
        throw new InterlockError('bad-input', `${token.rawName} needs a value: ${token.rawName} ${kind.value}.`)
      }
      values.set(token.name, token.value)
    }
  }
  return { values, positionals }
}

/** Value of a text option, or null when it was not given. */
export function textOption({ values }: Arguments, name: string): string | null {
  const value = values.get(name)
  return typeof value === 'string' ? value : null
}

/**
 * Value of `--port`, or null for any free one.
 * @throws InterlockError `bad-input`
 */
export function portOption(args: Arguments): number | null {
  const text = textOption(args, 'port')
  if (text === null) return null
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  throw new InterlockError('bad-input', `"${text}" is not a port. Give a number from 1 to 65535, or leave --port out.`)
}
