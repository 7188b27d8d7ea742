// What algorithms share: making outputs without clutter, and who is higher.
import type { Body, Note, Output, Reaction, Self } from '../network/types.ts'

export const send = (to: number, body: Body): Output => ({ do: 'send', to, body })
/** Sends, and is told when it does not arrive within `watch` ms. */
export const sendWatched = (to: number, body: Body, watch: number): Output => ({ do: 'send', to, body, watch })
export const sendAll = (to: readonly number[], body: Body): Output[] => to.map((one) => send(one, body))
export const note = (what: Note['what'], text: string): Output => ({ do: 'note', note: { what, text } })
export const set = (timer: string, after: number): Output => ({ do: 'set', timer, after })
/** A timer that takes silence for a failure. */
export const timeout = (timer: string, after: number): Output => ({ do: 'set', timer, after, timeout: true })
export const cancel = (timer: string): Output => ({ do: 'cancel', timer })

export const reaction = <S>(state: S, outputs: readonly Output[] = []): Reaction<S> => ({ state, outputs })

/** All nodes but this one, by index. */
export const others = ({ count, index }: Self): number[] =>
  Array.from({ length: count }, (_, other) => other).filter((other) => other !== index)

/** Whether `a` is higher than `b`: by id, and of equal ids by the place in the drawing. Both are indices. */
export function higher({ numbers }: Self, a: number, b: number): boolean {
  const [first = 0, second = 0] = [numbers[a], numbers[b]]
  return first > second || (first === second && a > b)
}

export const highest = (self: Self, a: number, b: number): number => (higher(self, b, a) ? b : a)

/** A field of a message that is an index; messages come from nodes that run the same algorithm. */
export const indexIn = (body: Body, field: string): number => body[field] as number

export const nameOf = ({ names }: Self, index: number): string => names[index] ?? '?'
export const numberIn = ({ numbers }: Self, index: number): string => String(numbers[index] ?? '?')

/** H(n) · n and the like are not needed here; rounds up to the next power of two's exponent. */
export const log2Ceiling = (n: number): number => (n <= 1 ? 0 : Math.ceil(Math.log2(n)))
