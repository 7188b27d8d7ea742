// The caller's side of a wire: typed calls, answers or InterlockErrors, and `disconnected` for whatever is unanswered
// when the wire closes. Used between host and engine workers, and by tests; the page has its own.
import { createBirpc } from 'birpc'
import { z } from 'zod'
import { InterlockError, WireError } from '../contract/errors.ts'
import type { Wire } from '../contract/wire.ts'
import { decode, encode } from './json-part.ts'
import type { Api, Reply } from './serve.ts'

export interface Caller<A extends Api> {
  /** @throws InterlockError as the other side answered it, or `disconnected` */
  call<K extends keyof A & string>(name: K, input: z.input<A[K]['input']>): Promise<z.output<A[K]['output']>>
  /** The same without types, for inputs and answers that hold parts left as text. */
  pass(name: keyof A & string, input: unknown): Promise<unknown>
  onEvent(listener: (name: string, payload: unknown) => void): void
  close(): void
}

const Answer = z.union([z.object({ ok: z.unknown() }), z.object({ error: WireError })])

/**
 * @param bulky fields of answers that stay a `JsonPart` when the answer is large (see json-part.ts)
 */
export function createCaller<A extends Api>(wire: Wire, bulky: readonly string[] = []): Caller<A> {
  let listener: ((name: string, payload: unknown) => void) | null = null
  let open = true
  const disconnected = (): InterlockError =>
    new InterlockError('disconnected', 'The connection to Interlock ended before the answer came.')

  const event = (name: unknown, payload: unknown): void => {
    if (typeof name === 'string') listener?.(name, payload)
  }
  const rpc = createBirpc<{ call(name: string, input: unknown): Reply }, { event: typeof event }, false>(
    { event },
    {
      proxify: false,
      timeout: -1,
      post: (text: string) => wire.send(text),
      serialize: encode,
      resolver: (name) => (name === 'event' ? event : undefined),
      on: (receive) => {
        wire.onMessage((text) => {
          const decoded = decode(text, bulky)
          if ('value' in decoded && typeof decoded.value === 'object' && decoded.value !== null) receive(decoded.value)
        })
      },
    },
  )
  wire.onClose(() => {
    open = false
    rpc.$rejectPendingCalls(({ reject }) => reject(disconnected()))
    rpc.$close()
  })

  const pass = async (name: string, input: unknown): Promise<unknown> => {
    if (!open) throw disconnected()
    const reply = Answer.safeParse(await rpc.$call('call', name, input))
    if (!reply.success) throw new InterlockError('bad-message', `The answer to ${name} cannot be read.`)
    if ('ok' in reply.data) return reply.data.ok
    const { code, message, details } = reply.data.error
    throw new InterlockError(code, message, details)
  }
  return {
    pass,
    call: <K extends keyof A & string>(name: K, input: z.input<A[K]['input']>) =>
      pass(name, input) as Promise<z.output<A[K]['output']>>,
    onEvent: (next) => {
      listener = next
    },
    close: () => wire.close(),
  }
}
