// Two wires joined in memory: for tests and for a page in the same process. Messages arrive in a later microtask, as on
// every other transport, so that nobody comes to depend on an answer within a call.
import type { Wire } from '../../contract/wire.ts'
import { type BufferedWire, bufferedWire } from './buffered.ts'

/** Two ends of one wire; what one sends the other receives, in order. */
export function memoryWirePair(): [Wire, Wire] {
  const end = (other: () => BufferedWire): BufferedWire =>
    bufferedWire({
      send: (text) => queueMicrotask(() => other().arrived(text)),
      close: () => queueMicrotask(() => other().ended()),
    })
  const one: BufferedWire = end(() => two)
  const two: BufferedWire = end(() => one)
  return [one, two]
}
