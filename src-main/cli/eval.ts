// `interlock eval`: one function of a lab, for scripts. Starts no worker and no host.
import { InterlockError } from '../contract/errors.ts'
import { parseJson } from '../contract/json.ts'
import { MAX_JSON_DEPTH } from '../contract/limits.ts'
import { runOperation } from '../services/operations.ts'
import { type Arguments, parseArguments } from './arguments.ts'
import { type Case, type CaseFile, type Difference, differences, readCases } from './cases.ts'
import { BAD_INPUT, RIGHT, WRONG } from './exit-codes.ts'
import { type Io, readText } from './io.ts'
import { allOperations, findOperation, type NamedOperation, operationHelp } from './operations.ts'

export const evalOptions = { json: 'flag', list: 'flag', help: 'flag', 'against-expected': 'flag' } as const

type Outcome = { output: unknown } | { error: InterlockError }

/** @returns the exit code */
export async function evaluate(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock eval', argv, evalOptions)
  const print = (value: unknown): void =>
    io.out(`${args.values.has('json') ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`)
  if (args.values.has('list')) return list(args, io, print)
  const [name, file, ...more] = args.positionals
  if (name === undefined) {
    throw new InterlockError('bad-input', 'Name an operation, such as interlock eval deadlock.rag case.json.')
  }
  if (more.length > 0) throw new InterlockError('bad-input', 'Give one FILE at a time.')
  const named = findOperation(name)
  if (args.values.has('help')) {
    io.out(operationHelp(named))
    return RIGHT
  }
  const cases = readCases(await readJson(file, named, io), name)
  if (cases.left > 0) io.err(`interlock: ${cases.left} cases are for other operations and were left out.\n`)
  if (args.values.has('against-expected')) return compare(cases, named, args, io, print)
  return cases.list ? printAll(cases, named, print) : printOne(cases, named, print)
}

function list(args: Arguments, io: Io, print: (value: unknown) => void): number {
  const all = allOperations().map(({ name, operation }) => ({ name, summary: operation.summary }))
  if (args.values.has('json')) print(all)
  else {
    const width = Math.max(...all.map(({ name }) => name.length))
    for (const { name, summary } of all) io.out(`${name.padEnd(width)}  ${summary}\n`)
  }
  return RIGHT
}

async function readJson(file: string | undefined, { name }: NamedOperation, io: Io): Promise<unknown> {
  if (file === undefined && io.stdinIsTerminal) {
    throw new InterlockError(
      'bad-input',
      `Name a file with the input, or pipe it in. See interlock eval ${name} --help.`,
    )
  }
  const text = await readText(io, file ?? '-')
  const shown = file === undefined || file === '-' ? 'standard input' : file
  if (text.trim() === '') {
    throw new InterlockError('bad-input', `${shown} is empty. See interlock eval ${name} --help for an example.`)
  }
  const parsed = parseJson(text, MAX_JSON_DEPTH)
  if ('value' in parsed) return parsed.value
  const { line, column, expected, found } = parsed.fault
  throw new InterlockError(
    'not-json',
    `${shown} is not JSON: line ${line}, column ${column}: expected ${expected}, found ${found}.`,
    { line, column },
  )
}

/** Runs one case; a refusal of its input is an outcome, so that one bad case does not hide the others. */
function run(one: Case, { operation }: NamedOperation): Outcome {
  try {
    return { output: runOperation(operation, one.input) }
  } catch (error) {
    if (error instanceof InterlockError) return { error }
    throw error
  }
}

function printOne({ cases }: CaseFile, named: NamedOperation, print: (value: unknown) => void): number {
  for (const one of cases) {
    const outcome = run(one, named)
    if ('error' in outcome) throw outcome.error
    print(outcome.output)
  }
  return RIGHT
}

function printAll({ cases }: CaseFile, named: NamedOperation, print: (value: unknown) => void): number {
  const results = cases.map((one) => ({ one, outcome: run(one, named) }))
  print(
    results.map(({ one, outcome }) => ({
      id: one.id ?? one.place,
      operation: named.name,
      ...('error' in outcome ? { error: { code: outcome.error.code, message: outcome.error.message } } : outcome),
    })),
  )
  return results.some(({ outcome }) => 'error' in outcome) ? BAD_INPUT : RIGHT
}

interface Judged {
  id: string
  right: boolean
  differences: Difference[]
  error?: { code: string; message: string }
}

function compare(
  { cases }: CaseFile,
  named: NamedOperation,
  args: Arguments,
  io: Io,
  print: (value: unknown) => void,
): number {
  const judged = cases.map((one): Judged => {
    const id = one.id ?? (one.place || 'input')
    if (one.expected === null) {
      throw new InterlockError('bad-input', `${id} has no field "expected" to compare with.`)
    }
    const outcome = run(one, named)
    if ('error' in outcome) {
      const { code, message } = outcome.error
      return { id, right: false, differences: [], error: { code, message } }
    }
    const found = differences(one.expected, outcome.output)
    return { id, right: found.length === 0, differences: found }
  })
  if (args.values.has('json')) print(judged)
  else for (const one of judged) io.out(judgedLines(one))
  if (judged.some(({ error }) => error !== undefined)) return BAD_INPUT
  return judged.every(({ right }) => right) ? RIGHT : WRONG
}

function judgedLines(judged: Judged): string {
  if (judged.error !== undefined) return `${judged.id}: refused\n  ${judged.error.message}\n`
  const lines = judged.differences.map(({ field, expected, found }) => {
    const shown = found === undefined ? 'nothing' : JSON.stringify(found)
    return `  ${field}: expected ${JSON.stringify(expected)}, found ${shown}\n`
  })
  return `${judged.id}: ${judged.right ? 'right' : 'wrong'}\n${lines.join('')}`
}
