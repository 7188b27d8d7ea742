// Whether deliveries kept an order, told from what the nodes delivered alone: no vector, number or clock of an algorithm
// is believed. Deliveries are never taken back, so the last state of a run tells about all of it.

/** A message by its sender's index and its number there, from 1. */
export interface Delivery {
  readonly from: number
  readonly number: number
}

/** What of a node's state is looked at: its deliveries in their order, its own messages among them where it sent them. */
export interface Deliverer {
  readonly log: readonly Delivery[]
}

/** `second` was delivered at `node` although `first` should have been delivered there before, and was not. */
export interface Violation {
  readonly node: number
  readonly first: Delivery
  readonly second: Delivery
}

/**
 * Looks for a delivery against causal order. A message follows from all that its sender had delivered, or sent, before
 * it sent it. Since the own messages are in the log and a sender numbers them, what a message follows from is a vector:
 * so many messages of each sender.
 * Source: K. Birman and T. Joseph, Reliable Communication in the Presence of Failures, ACM TOCS 5(1), 1987.
 * @param states of all nodes, by index
 * @returns the first one at the node with the lowest index that has one; null where there is none
 */
export function causalViolation(states: readonly Deliverer[]): Violation | null {
  const pasts = pastsOf(states)
  for (const [node, { log }] of states.entries()) {
    const here = new Delivered(states.length)
    for (const second of log) {
      const past = pasts.get(keyOf(second)) ?? []
      const from = past.findIndex((number, sender) => here.unbroken(sender) < number)
      if (from !== -1) return { node, first: { from, number: here.unbroken(from) + 1 }, second }
      here.add(second)
    }
  }
  return null
}

/** Looks for a message that was delivered before an earlier one of the same sender; see {@link causalViolation}. */
export function fifoViolation(states: readonly Deliverer[]): Violation | null {
  for (const [node, { log }] of states.entries()) {
    const here = new Delivered(states.length)
    for (const second of log) {
      const number = here.unbroken(second.from) + 1
      if (number < second.number) return { node, first: { from: second.from, number }, second }
      here.add(second)
    }
  }
  return null
}

/**
 * Looks for two messages that two nodes delivered in different orders.
 * Takes time in the square of the number of nodes, times the messages.
 * @returns the nodes, and the two messages in the order of `nodes[0]`; null where all orders agree
 */
export function totalViolation(
  states: readonly Deliverer[],
): { nodes: [number, number]; first: Delivery; second: Delivery } | null {
  const places = states.map(({ log }) => new Map(log.map((delivery, place) => [keyOf(delivery), place])))
  for (const [a, { log }] of states.entries()) {
    for (let b = a + 1; b < states.length; b += 1) {
      let before: Delivery | null = null
      let reached = -1
      for (const delivery of log) {
        const place = places[b]?.get(keyOf(delivery))
        if (place === undefined) continue
        if (before !== null && place < reached) return { nodes: [a, b], first: before, second: delivery }
        before = delivery
        reached = place
      }
    }
  }
  return null
}

const keyOf = ({ from, number }: Delivery): string => `${from}.${number}`

/** What each message follows from: so many messages of each sender, all of which were to be delivered before it. */
function pastsOf(states: readonly Deliverer[]): ReadonlyMap<string, readonly number[]> {
  const pasts = new Map<string, readonly number[]>()
  // How far each sender's log has been gone through, and what all of it there adds up to.
  const reached = states.map(() => 0)
  const sums = states.map(() => new Array<number>(states.length).fill(0))
  // A log is gone through up to a message whose past is not known yet. That of some sender always goes on, since nothing
  // is delivered before it was sent; only where a sender has lost its log the rest stays unknown, and nothing is claimed.
  for (let moved = true; moved;) {
    moved = false
    for (const [node, { log }] of states.entries()) {
      const sum = sums[node] ?? []
      for (let place = reached[node] ?? 0; place < log.length; place += 1) {
        const delivery = log[place]
        if (delivery === undefined) break
        const key = keyOf(delivery)
        if (delivery.from === node && !pasts.has(key)) pasts.set(key, sum.slice())
        const past = pasts.get(key)
        if (past === undefined) break
        for (const [sender, number] of past.entries()) sum[sender] = Math.max(sum[sender] ?? 0, number)
        sum[delivery.from] = Math.max(sum[delivery.from] ?? 0, delivery.number)
        reached[node] = place + 1
        moved = true
      }
    }
  }
  return pasts
}

/** Which messages one node has delivered. */
class Delivered {
  readonly #upTo: number[]
  readonly #beyond = new Set<string>()

  constructor(nodes: number) {
    this.#upTo = new Array<number>(nodes).fill(0)
  }

  /** all messages of the sender up to this number were delivered, the next one was not */
  unbroken(sender: number): number {
    return this.#upTo[sender] ?? 0
  }

  add(delivery: Delivery): void {
    const { from } = delivery
    this.#beyond.add(keyOf(delivery))
    let next = this.unbroken(from) + 1
    while (this.#beyond.delete(keyOf({ from, number: next }))) this.#upTo[from] = next++
  }
}
