// Serves an API over a wire: every message is checked before anything is done with it, every answer is `{ ok }` or
// `{ error }`, and nothing that arrives can end the host. birpc is wrapped here and in call.ts, nowhere else.
import { createBirpc } from 'birpc'
import { z } from 'zod'
import { InterlockError, type WireError } from '../contract/errors.ts'
import { firstIssue } from '../contract/issues.ts'
import { MAX_CALLS_AT_ONCE, MAX_MESSAGE_CHARS } from '../contract/limits.ts'
import type { Wire } from '../contract/wire.ts'
import { decode, encode, JsonPart } from './json-part.ts'

/** An API as tables of schemas; `contract/api.ts` has one, the engine worker another. */
export type Api = Readonly<Record<string, { input: z.ZodObject; output: z.ZodType }>>

/** A field that stayed a text is seen by the handler as a `JsonPart`; only calls named in `passOn` get such. */
export type Handlers<A extends Api> = {
  [K in keyof A]: (input: z.output<A[K]['input']>) => unknown
}

export interface ServeOptions {
  log(line: string): void
  /** calls whose bulky fields may stay text; their handlers pass them on to a place that validates them */
  passOn?: readonly string[]
  /** refuses a call before its input is looked at, for instance before hello */
  gate?(name: string): void
}

export interface Served {
  /** Sends an event; nobody answers it. */
  push(event: string, payload: unknown): void
  close(): void
}

export type Reply = { ok: unknown } | { error: WireError }

const bulky = ['model', 'document', 'input', 'scene'] as const

/** What a request looks like on the wire (birpc's RpcRequest): a call of `call` with a name and an input. */
const Frame = z.object({
  t: z.literal('q'),
  m: z.literal('call'),
  i: z.string().min(1).max(100),
  a: z.tuple([z.string().max(100), z.unknown()]),
})

const badMessage = (sentence: string): WireError => ({ code: 'bad-message', message: sentence })

export function serve<A extends Api>(wire: Wire, api: A, handlers: Handlers<A>, options: ServeOptions): Served {
  const byName = new Map(
    Object.keys(api).map((name) => [name, { input: api[name]?.input, handle: handlers[name] }] as const),
  )
  const passOn = new Set(options.passOn)
  let running = 0

  const call = async (name: string, input: unknown): Promise<Reply> => {
    running += 1
    try {
      if (running > MAX_CALLS_AT_ONCE) {
        throw new InterlockError('too-large', `At most ${MAX_CALLS_AT_ONCE} calls may wait for their answers at once.`)
      }
      const entry = byName.get(name)
      if (entry?.input === undefined || entry.handle === undefined) {
        throw new InterlockError('bad-message', `There is no call named ${JSON.stringify(name)}.`)
      }
      options.gate?.(name)
      const valid = validate(name, entry.input, passOn.has(name) ? input : whole(input))
      return { ok: await entry.handle(valid as z.output<A[keyof A]['input']>) }
    } catch (error) {
      return { error: toWireError(error, name, options.log) }
    } finally {
      running -= 1
    }
  }

  /** Answers a message that is no call; one without an id is refused without an id, so that nobody waits in the dark. */
  const refuse = (id: string | null, sentence: string): void => {
    wire.send(JSON.stringify({ t: 's', ...(id === null ? {} : { i: id }), r: { error: badMessage(sentence) } }))
  }

  const rpc = createBirpc<{ event(name: string, payload: unknown): void }, { call: typeof call }, false>(
    { call },
    {
      proxify: false,
      timeout: -1,
      post: (text: string) => wire.send(text),
      serialize: encode,
      on: (receive) => {
        wire.onMessage((text) => {
          const read = readFrame(text)
          if ('frame' in read) receive(read.frame)
          else refuse(read.id, read.refused)
        })
      },
      onGeneralError: (error) => {
        options.log(`A message could not be sent or read: ${error.stack ?? error.message}`)
        return true
      },
    },
  )
  wire.onClose(() => rpc.$close())
  return {
    push: (event, payload) => {
      if (!rpc.$closed) void rpc.$callEvent('event', event, payload)
    },
    close: () => wire.close(),
  }
}

function readFrame(text: string): { frame: unknown } | { id: string | null; refused: string } {
  if (text.length > MAX_MESSAGE_CHARS) {
    return { id: null, refused: `A message holds at most ${MAX_MESSAGE_CHARS} characters.` }
  }
  const decoded = decode(text, bulky)
  if ('fault' in decoded) {
    const { kind, line, column, expected, found } = decoded.fault
    const where = `line ${line}, column ${column}`
    const what = kind === 'depth' ? `nested deeper than ${expected}` : `expected ${expected}, found ${found}`
    return { id: null, refused: `This message is no JSON that can be read: ${what} at ${where}.` }
  }
  const frame = Frame.safeParse(decoded.value)
  if (frame.success) return { frame: frame.data }
  const id = z.object({ i: z.string().max(100) }).safeParse(decoded.value)
  return { id: id.success ? id.data.i : null, refused: 'This message is not a call: it has no name and input.' }
}

/** A call that does not pass bulk on sees it parsed. */
function whole(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input
  const entries = Object.entries(input)
  if (!entries.some(([, value]) => value instanceof JsonPart)) return input
  try {
    return Object.fromEntries(entries.map(([key, value]) => [key, value instanceof JsonPart ? value.parse() : value]))
  } catch {
    throw new InterlockError('bad-message', 'This message is no JSON that can be read.')
  }
}

function validate(name: string, schema: z.ZodObject, input: unknown): unknown {
  const parts: [string, JsonPart][] =
    typeof input === 'object' && input !== null
      ? Object.entries(input).filter((entry): entry is [string, JsonPart] => entry[1] instanceof JsonPart)
      : []
  const known = parts.filter(([key]) => Object.hasOwn(schema.shape, key))
  const names = new Set(known.map(([key]) => key))
  const rest = Object.entries(schema.shape).filter(([key]) => !names.has(key))
  const checked = known.length === 0 ? schema : z.object(Object.fromEntries(rest))
  const result = checked.safeParse(input)
  if (result.success) return known.length === 0 ? result.data : { ...result.data, ...Object.fromEntries(known) }
  const { at, expected, found } = firstIssue(result.error, input)
  const place = at === '' ? 'The input' : `"${at}" in the input`
  throw new InterlockError('bad-input', `${place} of ${name} does not fit: expected ${expected}, found ${found}.`, {
    at,
  })
}

/** What crosses the wire: a declared code and a sentence. A defect is told without its stack, which goes to the log. */
export function toWireError(error: unknown, name: string, log: (line: string) => void): WireError {
  if (error instanceof InterlockError) {
    const { code, message, details } = error
    return details === undefined ? { code, message } : { code, message, details }
  }
  log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return {
    code: 'internal',
    message:
      'Interlock failed here: this is a defect of the program. Its log holds the details. Try again; if it happens twice, report it.',
  }
}
