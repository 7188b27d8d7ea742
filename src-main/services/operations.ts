// Runs an operation of a lab on an input from outside, for the command line and the page alike. Knows no lab by name.
import { InterlockError } from '../contract/errors.ts'
import { firstIssue } from '../contract/issues.ts'
import type { LabEngine, Operation, Progress } from '../contract/lab.ts'

/** Least milliseconds between two reports of progress. */
const PROGRESS_EVERY = 100

/**
 * @param input anything; checked by the operation's schema
 * @throws InterlockError `bad-input` with the place in the input, and whatever the operation refuses
 */
export function runOperation(operation: Operation, input: unknown, progress?: Progress): unknown {
  const read = operation.input.safeParse(input)
  if (read.success) return operation.run(read.data, progress)
  const { at, expected, found } = firstIssue(read.error, input)
  const message = `${at === '' ? 'input' : at}: expected ${expected}, found ${found}.`
  throw new InterlockError('bad-input', message, { at })
}

/** @throws InterlockError `bad-input` when the lab has no such operation */
export function operationOf(lab: LabEngine, name: string): Operation {
  const operation = Object.hasOwn(lab.operations, name) ? lab.operations[name] : undefined
  if (operation !== undefined) return operation
  const known = Object.keys(lab.operations).join(', ')
  throw new InterlockError('bad-input', `The lab ${lab.id} has no operation "${name}". It has: ${known || 'none'}.`)
}

/** Passes on progress at most ten times a second, so that telling it costs nothing. */
export function throttled(tell: Progress, now: () => number = () => performance.now()): Progress {
  let last = -Infinity
  return (done) => {
    const time = now()
    if (time - last < PROGRESS_EVERY) return
    last = time
    tell(done)
  }
}
