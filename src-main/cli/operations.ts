// Finds an operation by its full name `<lab>.<operation>`, and describes operations. Knows no lab by name.
import { InterlockError } from '../contract/errors.ts'
import type { Operation } from '../contract/lab.ts'
import { labs } from '../labs/index.ts'
import { didYouMean } from '../contract/near-names.ts'

export interface NamedOperation {
  name: string
  operation: Operation
}

/** All operations of all labs, in the order of the registry. */
export function allOperations(): NamedOperation[] {
  return labs.flatMap((lab) =>
    Object.entries(lab.operations).map(([name, operation]) => ({ name: `${lab.id}.${name}`, operation })),
  )
}

/** @throws InterlockError `unknown-operation` with the names that are near */
export function findOperation(name: string): NamedOperation {
  const all = allOperations()
  const found = all.find((one) => one.name === name)
  if (found !== undefined) return found
  const near = didYouMean(
    name,
    all.map((one) => one.name),
  )
  throw new InterlockError(
    'unknown-operation',
    `There is no operation "${name.slice(0, 100)}".${near} interlock eval --list names all.`,
  )
}

/** Help of one operation: what it does, its fields, an example that can be run as it stands. */
export function operationHelp({ name, operation }: NamedOperation): string {
  const { summary, help, example } = operation
  const json = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')
  return [
    `interlock eval ${name} [FILE|-] [--json] [--against-expected]`,
    '',
    summary,
    '',
    ...help,
    '',
    'Example input:',
    `  ${json(example.input)}`,
    '',
    'Its output:',
    `  ${json(example.output)}`,
    '',
  ].join('\n')
}
