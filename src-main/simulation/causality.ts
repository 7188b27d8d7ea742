// Happened-before on the events of a run: Lamport, vector and matrix stamps, which event can have caused which, the
// chain that proves it, and which cuts are consistent. Pure; knows no lab and no time but the order of events.
import type { CausalEvent } from './causal-events.ts'

export { type CausalEvent, causalEvents } from './causal-events.ts'

/** What this module needs of an event; everything else in it is handed through. */
export type Occurrence = Pick<CausalEvent, 'id' | 'lane' | 'receives' | 'sends'>

/** One event of a chain, and how it follows from the one before: on the same lane, or by a message. */
export interface ChainLink {
  /** index of the event */
  readonly event: number
  /** the message by which it follows; null where it follows on its lane, and for the first event */
  readonly message: string | null
}

/** A message that crosses a cut backwards: received inside, sent outside. Events are given by index. */
export interface Crossing {
  readonly message: string
  readonly sent: number
  readonly received: number
}

/** Events are named by their index in `events`, lanes by their index in `lanes`. */
export interface Causality<E extends Occurrence = CausalEvent> {
  readonly events: readonly E[]
  readonly lanes: readonly string[]
  /** indices of the events of each lane, in order */
  readonly byLane: readonly (readonly number[])[]
  /** index of the event with this id, or -1 */
  find(id: string): number
  lane(event: number): number
  /** how many events its lane has up to it, itself included */
  position(event: number): number
  /** index of the event that sent what this event received; -1 where it received nothing that was sent */
  cause(event: number): number
  /** 1 more than the highest of its predecessors, 1 without any (Lamport 1978) */
  lamport(event: number): number
  /** one number for each lane: how many of its events have happened as far as this event knows (Fidge, Mattern 1988) */
  vector(event: number): ArrayLike<number>
  /** one row for each lane: the vector that this event knows that lane to have (Wuu and Bernstein 1984) */
  matrix(event: number): ArrayLike<number>[]
  /** whether `a` happened before `b`; an event does not happen before itself */
  before(a: number, b: number): boolean
  /** whether they are two events and neither happened before the other */
  concurrent(a: number, b: number): boolean
  /** a shortest chain of events from `a` to `b` along lanes and messages; null where `a` did not happen before `b` */
  chain(a: number, b: number): ChainLink[] | null
  /** all events that happened before it, ascending */
  past(event: number): number[]
  /** all events that it happened before, ascending */
  future(event: number): number[]
  /**
   * Whether a cut is consistent: no message is received inside that was sent outside.
   * @param cut for each lane, how many of its first events lie inside
   * @returns null when it is consistent, else the first message that breaks it
   */
  crossing(cut: ArrayLike<number>): Crossing | null
  isConsistent(cut: ArrayLike<number>): boolean
}

/** Beyond so many numbers in all vectors together (64 MB) each vector is worked out when it is asked for. */
const MAX_VECTOR_TABLE = 16 * 1024 * 1024

/**
 * @param events in an order in which each lane's events stand in theirs and a receipt stands behind its sending; a
 *   message may be received several times. A receipt whose sending is not among them has no cause.
 * @param order lanes in the order in which stamps list them; others follow as they appear
 */
export function causality<E extends Occurrence>(events: readonly E[], order: readonly string[] = []): Causality<E> {
  const count = events.length
  const lanes = [...new Set([...order, ...events.map(({ lane }) => lane)])]
  const laneIndex = new Map(lanes.map((lane, index) => [lane, index]))
  const byLane: number[][] = lanes.map(() => [])
  const laneOf = new Int32Array(count)
  const previous = new Int32Array(count)
  const cause = new Int32Array(count)
  const position = new Int32Array(count)
  const lamport = new Int32Array(count)
  const senders = new Map<string, number>()
  const indices = new Map<string, number>()
  for (let event = 0; event < count; event += 1) {
    const { id, lane, receives, sends } = events[event]!
    const own = laneIndex.get(lane)!
    const here = byLane[own]!
    indices.set(id, event)
    laneOf[event] = own
    previous[event] = here.at(-1) ?? -1
    cause[event] = receives === null ? -1 : (senders.get(receives) ?? -1)
    here.push(event)
    position[event] = here.length
    lamport[event] = 1 + Math.max(stampOf(lamport, previous[event]!), stampOf(lamport, cause[event]!))
    for (const message of sends) senders.set(message, event)
  }

  const width = lanes.length
  let table: Int32Array | null = null
  let last: { event: number; vector: Int32Array } | null = null

  const vector = (event: number): Int32Array => {
    if (count * width <= MAX_VECTOR_TABLE) {
      table ??= allVectors(previous, cause, laneOf, width)
      return table.subarray(event * width, (event + 1) * width)
    }
    if (last?.event === event) return last.vector
    const counts = new Int32Array(width)
    for (const other of past(event)) counts[laneOf[other]!]! += 1
    counts[laneOf[event]!]! += 1
    last = { event, vector: counts }
    return counts
  }

  const before = (a: number, b: number): boolean => a !== b && vector(b)[laneOf[a]!]! >= position[a]!

  const past = (event: number): number[] => {
    const inside = new Uint8Array(event + 1)
    inside[event] = 1
    const found: number[] = []
    // Causes stand before effects, so one walk backwards meets each event after everything that it leads to.
    for (let index = event; index >= 0; index -= 1) {
      if (inside[index] === 0) continue
      if (index !== event) found.push(index)
      if (previous[index]! >= 0) inside[previous[index]!] = 1
      if (cause[index]! >= 0) inside[cause[index]!] = 1
    }
    return found.reverse()
  }

  const after = (event: number): Uint8Array => {
    const inside = new Uint8Array(count)
    inside[event] = 1
    for (let index = event + 1; index < count; index += 1) {
      const [one, other] = [previous[index]!, cause[index]!]
      if ((one >= 0 && inside[one] === 1) || (other >= 0 && inside[other] === 1)) inside[index] = 1
    }
    return inside
  }

  const chain = (a: number, b: number): ChainLink[] | null => {
    if (!before(a, b)) return null
    const reachable = after(a)
    // Breadth first from b backwards: an event has at most two predecessors, and all that lead to a are reachable.
    const next = new Int32Array(count).fill(-1)
    const queue = [b]
    for (let head = 0; head < queue.length && next[a] === -1; head += 1) {
      const event = queue[head]!
      for (const earlier of [cause[event]!, previous[event]!]) {
        if (earlier < 0 || reachable[earlier] === 0 || next[earlier] !== -1) continue
        next[earlier] = event
        queue.push(earlier)
      }
    }
    const links: ChainLink[] = [{ event: a, message: null }]
    for (let event = a; event !== b; event = next[event]!) {
      const to = next[event]!
      links.push({ event: to, message: cause[to] === event ? events[to]!.receives : null })
    }
    return links
  }

  const crossing = (cut: ArrayLike<number>): Crossing | null => {
    for (let event = 0; event < count; event += 1) {
      const sent = cause[event]!
      if (sent < 0 || position[event]! > cut[laneOf[event]!]!) continue
      if (position[sent]! > cut[laneOf[sent]!]!) return { message: events[event]!.receives!, sent, received: event }
    }
    return null
  }

  return {
    events,
    lanes,
    byLane,
    find: (id) => indices.get(id) ?? -1,
    lane: (event) => laneOf[event]!,
    position: (event) => position[event]!,
    cause: (event) => cause[event]!,
    lamport: (event) => lamport[event]!,
    vector,
    // Merging rows by maximum leaves, for each lane, the vector of its latest event that this event knows of.
    matrix: (event) => {
      const known = Int32Array.from(vector(event))
      return byLane.map((here, lane) => {
        const latest = here[known[lane]! - 1]
        return latest === undefined ? new Int32Array(width) : Int32Array.from(vector(latest))
      })
    },
    before,
    concurrent: (a, b) => a !== b && !before(a, b) && !before(b, a),
    chain,
    past,
    future: (event) => {
      const inside = after(event)
      const found: number[] = []
      for (let index = event + 1; index < count; index += 1) if (inside[index] === 1) found.push(index)
      return found
    },
    crossing,
    isConsistent: (cut) => crossing(cut) === null,
  }
}

const stampOf = (stamps: Int32Array, event: number): number => (event < 0 ? 0 : stamps[event]!)

/** The vectors of all events, one behind the other: the maximum of what both predecessors know, then 1 more for itself. */
function allVectors(previous: Int32Array, cause: Int32Array, laneOf: Int32Array, width: number): Int32Array {
  const table = new Int32Array(previous.length * width)
  for (let event = 0; event < previous.length; event += 1) {
    const row = event * width
    if (previous[event]! >= 0) table.copyWithin(row, previous[event]! * width, (previous[event]! + 1) * width)
    const from = cause[event]! * width
    if (from >= 0) {
      for (let lane = 0; lane < width; lane += 1) {
        if (table[from + lane]! > table[row + lane]!) table[row + lane] = table[from + lane]!
      }
    }
    table[row + laneOf[event]!]! += 1
  }
  return table
}
