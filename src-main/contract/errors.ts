// The errors a person can meet: a closed list of codes, and the one error class that crosses a wire.
// Knows nothing of how an error is shown. A message names the thing and the remedy; it never holds a stack.
import { z } from 'zod'

export const errorCodes = [
  'bad-message', // a message that is not valid JSON, too large, too deep or not a known call
  'bad-input', // a call or command whose input does not fit its schema
  'unknown-lab',
  'unknown-operation',
  'unknown-sample',
  'unknown-run',
  'unknown-stream', // a file that is written piece by piece, and is finished or given up
  'unknown-terminal', // closed, or never there
  'no-terminal', // terminals are switched off, or not possible on this machine
  'bad-event', // an event that is not possible in the state it is applied to
  'too-large', // a file, message, model or run beyond a limit
  'not-json', // a document that is not JSON, with the place where reading stopped
  'not-a-document', // JSON, but not an Interlock document
  'invalid-document', // an Interlock document with a wrong value, with the path in the JSON
  'newer-version', // a document of a newer version, in a place where read-only is not possible
  'read-only', // saving a drawing that was opened to look only
  'not-found',
  'already-exists',
  'permission-denied',
  'disk-full',
  'not-a-file',
  'outside-workspace',
  'changed-elsewhere', // the file was changed by another window or program since it was opened
  'io-error', // any other failure of the file system, with its system name
  'port-taken',
  'bad-address',
  'protocol-mismatch',
  'cancelled',
  'disconnected',
  'no-browser',
  'internal',
] as const

export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

/** What crosses a wire when a call fails. `details` holds plain values such as `{ at: "model.nodes[3].name" }`. */
export const WireError = z.object({
  code: ErrorCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type WireError = z.infer<typeof WireError>

/** The one error with a code. Everything else that is thrown is a defect and crosses a wire as `internal`. */
export class InterlockError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined

  /**
   * @param code what kind of failure this is
   * @param message one or two sentences for a person: what is wrong, where, what to do
   * @param details plain JSON values a program may use, such as a path in a document
   */
  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message)
    this.name = 'InterlockError'
    this.code = code
    this.details = details
  }
}
