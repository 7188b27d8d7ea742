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
      const past = pasts[second.from]?.[second.number] ?? []
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
 * Looks for two messages that two nodes delivered in different orders. Logs that are beginnings of the longest one agree,
 * and are passed over together; any other is compared with each.
 * @returns the nodes, and the two messages in the order of `nodes[0]`; null where all orders agree
 */
export function totalViolation(
  states: readonly Deliverer[],
): { nodes: [number, number]; first: Delivery; second: Delivery } | null {
  const logs = states.map(({ log }) => log)
  const longest = logs.reduce((most, log) => (log.length > most.length ? log : most), [])
  const agrees = logs.map((log) => log.every((delivery, place) => same(delivery, longest[place])))
  for (const [a, log] of logs.entries()) {
    if (agrees[a] === true && log !== longest) continue
    for (const [b, other] of logs.entries()) {
      if (b === a || (agrees[a] === true && agrees[b] === true)) continue
      const found = disagreement(log, other)
      if (found !== null) return { nodes: [a, b], ...found }
    }
  }
  return null
}

function disagreement(
  log: readonly Delivery[],
  other: readonly Delivery[],
): { first: Delivery; second: Delivery } | null {
  const places: number[][] = []
  for (const [place, { from, number }] of other.entries()) (places[from] ??= [])[number] = place
  let first: Delivery | null = null
  let reached = -1
  for (const second of log) {
    const place = places[second.from]?.[second.number]
    if (place === undefined) continue
    if (first !== null && place < reached) return { first, second }
    first = second
    reached = place
  }
  return null
}

const same = (a: Delivery, b: Delivery | undefined): boolean => a.from === b?.from && a.number === b.number

/**
 * What each message follows from, by sender and number: so many messages of each sender, all of which were to be
 * delivered before it.
 */
function pastsOf(states: readonly Deliverer[]): readonly (readonly (readonly number[])[])[] {
  const pasts: number[][][] = states.map(() => [])
  // How far each log has been gone through, and what all of it there adds up to.
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
        const known = delivery === undefined ? undefined : pasts[delivery.from]
        if (delivery === undefined || known === undefined) break
        const { from, number } = delivery
        if (from === node) known[number] ??= sum.slice()
        const past = known[number]
        if (past === undefined) break
        for (let sender = 0; sender < sum.length; sender += 1) {
          const most = past[sender] ?? 0
          if (most > (sum[sender] ?? 0)) sum[sender] = most
        }
        if (number > (sum[from] ?? 0)) sum[from] = number
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
  readonly #all: boolean[][] = []

  constructor(nodes: number) {
    this.#upTo = new Array<number>(nodes).fill(0)
  }

  /** all messages of the sender up to this number were delivered, the next one was not */
  unbroken(sender: number): number {
    return this.#upTo[sender] ?? 0
  }

  add({ from, number }: Delivery): void {
    const all = (this.#all[from] ??= [])
    all[number] = true
    let upTo = this.unbroken(from)
    while (all[upTo + 1] === true) upTo += 1
    this.#upTo[from] = upTo
  }
}
