// Clocks that tick at different rates and are put forward by Lamport's rule when a message would arrive before it left.
// Pure; knows no network.
import { combined, toNumber } from './decimal.ts'

/** A message, by the rounds in which it leaves and arrives; processes are numbered from 0. */
export interface RoundMessage {
  from: number
  sent: number
  to: number
  received: number
}

/** What the clocks show: the sender's when it leaves, the receiver's when it arrives, and after it was put forward. */
export interface Corrected {
  sent: number
  before: number
  after: number
}

/**
 * The messages of the textbook's figure (Tanenbaum and van Steen, Distributed Systems, section on logical clocks), told
 * for any number of processes: from the first to the last process and back, one round on the way and one between two
 * messages, two rounds at the turn.
 */
export function thereAndBack(processes: number): RoundMessage[] {
  const hops = processes - 1
  const there = Array.from({ length: hops }, (_, hop) => ({ from: hop, to: hop + 1, sent: 2 * hop + 1 }))
  const back = Array.from({ length: hops }, (_, hop) => ({
    from: hops - hop,
    to: hops - hop - 1,
    sent: 2 * (hops + 1 + hop),
  }))
  return [...there, ...back].map(({ from, to, sent }) => ({ from, sent, to, received: sent + 1 }))
}

/**
 * @param ticks how far each process's clock goes in one round; all clocks show 0 before the first round
 * @param messages each received in a later round than it is sent in; in any order
 * @returns for each message what the clocks show. In one round receipts come first, in the order of the list, so that a
 *   message that leaves in the round in which another arrives carries the corrected clock.
 */
export function driftingClocks(ticks: readonly number[], messages: readonly RoundMessage[]): Corrected[] {
  const forward = ticks.map(() => 0)
  const shows = (process: number, round: number): number =>
    toNumber(combined([round, ticks[process]!], [1, forward[process]!]))
  const found: Corrected[] = messages.map(() => ({ sent: 0, before: 0, after: 0 }))
  const moments = messages.flatMap(({ sent, received }, index) => [
    { round: received, index, arrives: true },
    { round: sent, index, arrives: false },
  ])
  moments.sort((a, b) => a.round - b.round || Number(b.arrives) - Number(a.arrives) || a.index - b.index)
  for (const { round, index, arrives } of moments) {
    const { from, to } = messages[index]!
    const stamps = found[index]!
    if (!arrives) {
      stamps.sent = shows(from, round)
      continue
    }
    stamps.before = shows(to, round)
    const least = toNumber(combined([1, stamps.sent], [1, 1]))
    stamps.after = Math.max(stamps.before, least)
    if (least > stamps.before) forward[to] = toNumber(combined([1, forward[to]!], [1, least], [-1, stamps.before]))
  }
  return found
}
