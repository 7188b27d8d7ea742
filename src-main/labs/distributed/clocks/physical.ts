// What clocks learn of each other from readings: Cristian's estimate, Berkeley's average, NTP's offset and delay.
// Pure arithmetic on readings in any one unit; knows no network and no input form.
import { combined, over, toNumber } from './decimal.ts'

export interface CristianEstimate {
  /** what the server's clock shows when the reply arrives, as far as one can know */
  setTo: number
  /** the estimate is at most so far from the truth, whatever the two ways took */
  bound: number
}

/**
 * The server's time plus half the round trip (Cristian, Probabilistic clock synchronization, 1989).
 * @param roundTrip from sending the request to receiving the reply, by the client's clock; at least 0
 * @param server the reading in the reply
 * @param least what a message takes at least on each way; at most half the round trip
 */
export function cristianEstimate(roundTrip: number, server: number, least = 0): CristianEstimate {
  return {
    setTo: over(combined([2, server], [1, roundTrip]), 2),
    bound: over(combined([1, roundTrip], [-2, least]), 2),
  }
}

/** The sample with the shortest round trip, the earlier one of two that are equal. Round trips come first in a sample. */
export function shortest(samples: readonly (readonly [number, number])[]): number {
  return samples.reduce((best, [roundTrip], index) => (roundTrip < samples[best]![0] ? index : best), 0)
}

export interface BerkeleyAverage {
  average: number
  /** what each clock has to be moved by, all clocks included */
  adjustments: number[]
  /** indices of clocks that were left out of the average */
  excluded: number[]
}

/**
 * The average that a master lets everybody move to (Gusella and Zatti, TEMPO, 1989).
 * @param limit clocks further from the master's than this are left out of the average; null leaves out none
 */
export function berkeleyAverage(clocks: readonly number[], master: number, limit: number | null): BerkeleyAverage {
  const own = clocks[master]!
  const far = (clock: number): boolean =>
    limit !== null && combined([1, Math.max(clock, own)], [-1, Math.min(clock, own)], [-1, limit]).units > 0n
  const excluded = clocks.flatMap((clock, index) => (far(clock) ? [index] : []))
  const counted = clocks.filter((_, index) => !excluded.includes(index))
  const total = combined(...counted.map((clock) => [1, clock] as const))
  return {
    average: over(total, counted.length),
    adjustments: clocks.map((clock) => over(combined([1, total], [-counted.length, clock]), counted.length)),
    excluded,
  }
}

/** Four readings: request leaves the client, reaches the server, reply leaves the server, reaches the client. */
export type Timestamps = readonly [t1: number, t2: number, t3: number, t4: number]

export interface NtpReading {
  /** how far the server's clock is ahead of the client's, if both ways took equally long */
  offset: number
  /** what both ways took together */
  delay: number
}

/** Offset and delay of one exchange (Mills, RFC 5905, section 8). The true offset is within half the delay. */
export function ntpReading([t1, t2, t3, t4]: Timestamps): NtpReading {
  return {
    offset: over(combined([1, t2], [-1, t1], [1, t3], [-1, t4]), 2),
    delay: toNumber(combined([1, t4], [-1, t1], [-1, t3], [1, t2])),
  }
}

/** How many of the latest samples NTP's clock filter keeps (RFC 5905, section 10). */
export const NTP_FILTER = 8

/** Which of the samples the clock filter trusts: the one with the least delay among the last eight, the latest of equals. */
export function ntpFilter(delays: readonly number[]): number {
  const first = Math.max(0, delays.length - NTP_FILTER)
  let best = first
  for (let index = first; index < delays.length; index += 1) if (delays[index]! <= delays[best]!) best = index
  return best
}
