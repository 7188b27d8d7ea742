// Live migration by pre-copy: memory is sent while the machine runs, what was written meanwhile is sent again, round by
// round, until the rest is small enough for a short stop. Sizes in MiB, times in s.
// Pure; knows no input form and no drawing.
import { atMost, counted, show, showSum, sumOf, tidy } from '../figures.ts'

/**
 * What QEMU does unless it is told otherwise: a guest that dirtied at least half of what was sent is throttled by 20 % at
 * first, and by 10 % more each time that this was not enough, up to 99 %. (QEMU waits for a second such round.)
 */
export const THROTTLE: AutoConverge = { initial: 20, step: 10, most: 99, trigger: 50 }

/** Slows the guest down when a round does not help. */
export interface AutoConverge {
  /** first throttle in per cent of CPU time that is taken away */
  initial: number
  /** how much is added each time */
  step: number
  /** 0 to 99 */
  most: number
  /** throttles when a round dirtied at least this part of what it sent, in per cent; 100 is "no progress" */
  trigger: number
}

export interface PreCopyPlan {
  /** memory of the machine, MiB, above 0 */
  memory: number
  /** bandwidth of the link, MiB/s, above 0 */
  link: number
  /** how fast the guest dirties memory, MiB/s, at least 0 */
  dirtyRate: number
  /** writable working set: no more than this is dirty at once, MiB; null: the whole memory */
  workingSet: number | null
  /** longest stop that is allowed for sending the rest, s, at least 0 */
  downtimeLimit: number
  /** rounds after which the machine is stopped whatever is left; null: none */
  maxRounds: number | null
  /** what resuming at the destination takes, s, at least 0 */
  resume: number
  autoConverge: AutoConverge | null
}

/** One round, or the last transfer while the machine stands still. */
export interface CopyRound {
  round: number
  /** sent while the machine stands still */
  stopped: boolean
  /** when it begins, s */
  start: number
  /** MiB sent */
  volume: number
  /** s */
  time: number
  /** throttle of the guest during the round, per cent */
  throttle: number
  /** dirtied meanwhile, so that it has to be sent again, MiB */
  dirtied: number
  working: string
}

export interface PreCopy {
  /** dirtyRate / link */
  lambda: number
  /** whether the rest becomes small enough by itself, whatever maxRounds says */
  converges: boolean
  /** why copying ended: the rest fits the limit, the rounds are used up, or it would never end */
  ended: 'small-enough' | 'max-rounds' | 'never'
  /** rounds in which the machine runs */
  liveRounds: number
  /** the rounds, then the transfer during the stop; without the stop when it would never end */
  rounds: CopyRound[]
  /** sent during the stop; null when it would never end, as the next ones */
  lastVolume: number | null
  downtime: number | null
  total: number | null
  data: number | null
  /** whether the downtime keeps to the limit */
  withinLimit: boolean
  working: string[]
}

/** Most rounds that are followed; a rate just below the bandwidth needs very many. */
export const MAX_ROUNDS = 10_000

/**
 * V0 = M, t_i = V_i / R, V_{i+1} = min(D * t_i, W, M); stops when V_i <= R * d with i >= 1, or i = N (Clark et al., Live
 * migration of virtual machines, 2005).
 */
export function preCopy(plan: PreCopyPlan): PreCopy {
  const { memory, link, dirtyRate, downtimeLimit, maxRounds, resume, autoConverge } = plan
  const bound = Math.min(memory, plan.workingSet ?? memory)
  const small = link * downtimeLimit
  const lambda = dirtyRate / link
  const rounds: CopyRound[] = []
  let [volume, clock, throttle] = [memory, 0, 0]
  let ended: PreCopy['ended'] | null = null

  while (ended === null) {
    const round = rounds.length
    if (round >= 1 && atMost(volume, small)) ended = 'small-enough'
    else if (maxRounds !== null && round >= maxRounds) ended = 'max-rounds'
    else if (round >= MAX_ROUNDS) ended = 'never'
    if (ended !== null) break
    const time = volume / link
    const rate = dirtyRate * (1 - throttle / 100)
    const dirtied = Math.min(rate * time, bound)
    const cut =
      rate * time > bound ? `min(${show(rate)} * ${show(time)}, ${show(bound)})` : `${show(rate)} * ${show(time)}`
    rounds.push({
      round,
      stopped: false,
      start: tidy(clock),
      volume: tidy(volume),
      time: tidy(time),
      throttle,
      dirtied: tidy(dirtied),
      working: `Round ${round}: ${show(volume)} MiB / ${show(link)} MiB/s = ${show(time)} s; dirtied ${cut} = ${show(dirtied)} MiB`,
    })
    clock += time
    const helped = dirtied < (volume * (autoConverge?.trigger ?? 100)) / 100 && tidy(dirtied) < tidy(volume)
    const canThrottle = autoConverge !== null && throttle < autoConverge.most
    if (!helped && autoConverge !== null && canThrottle && !atMost(dirtied, small)) {
      throttle = Math.min(autoConverge.most, throttle === 0 ? autoConverge.initial : throttle + autoConverge.step)
    } else if (maxRounds === null && (small === 0 || tidy(dirtied) >= tidy(volume)) && !atMost(dirtied, small)) {
      // The next round would be this one again; without any stop there is always something left.
      ended = 'never'
    }
    volume = dirtied
  }

  const sent = (): number => sumOf(rounds.map((one) => one.volume))
  const live = rounds.length
  const stops = ended !== 'never'
  if (stops) {
    const time = volume / link
    rounds.push({
      round: live,
      stopped: true,
      start: tidy(clock),
      volume: tidy(volume),
      time: tidy(time),
      throttle,
      dirtied: 0,
      working: `Stop: ${show(volume)} MiB / ${show(link)} MiB/s = ${show(time)} s while the machine stands still`,
    })
  }
  const downtime = volume / link + resume
  const total = clock + downtime
  const working = [
    `lambda = D / R = ${show(dirtyRate)} / ${show(link)} = ${show(lambda)}${lambda < 1 ? '' : ', at least 1: memory is dirtied as fast as it is sent'}`,
    `Stop when V <= R * d = ${show(link)} * ${show(downtimeLimit)} = ${show(small)} MiB${maxRounds === null ? '' : `, or after ${counted(maxRounds, 'round')}`}.`,
    ...rounds.map((one) => one.working),
    ...(stops
      ? [
          `Downtime: ${show(volume)} / ${show(link)} + ${show(resume)} = ${show(downtime)} s.`,
          `Total: ${showSum(rounds.map((one) => one.time))} + ${show(resume)} = ${show(total)} s.`,
          `Data: ${showSum(rounds.map((one) => one.volume))} = ${show(sent())} MiB.`,
        ]
      : live < MAX_ROUNDS
        ? [neverEnds(volume, small)]
        : [`After ${counted(live, 'round')} there are still ${show(volume)} MiB, more than ${show(small)} MiB.`]),
  ]
  return {
    lambda: tidy(lambda),
    converges: ended === 'small-enough' || (ended === 'max-rounds' && preCopy({ ...plan, maxRounds: null }).converges),
    ended: ended ?? 'never',
    liveRounds: live,
    rounds,
    lastVolume: stops ? tidy(volume) : null,
    downtime: stops ? tidy(downtime) : null,
    total: stops ? tidy(total) : null,
    data: stops ? tidy(sent()) : null,
    withinLimit: stops && atMost(volume, small),
    working,
  }
}

const neverEnds = (volume: number, small: number): string =>
  small === 0
    ? 'It would never end: no stop is allowed, and each round leaves something.'
    : `It would never end: each further round leaves ${show(volume)} MiB, more than ${show(small)} MiB.`

/**
 * The smallest i >= 1 with M * lambda^i <= R * d: rounds of a migration without a bound by the working set, by closed
 * form. Null when lambda is at least 1 and the limit is not met at once.
 */
export function roundsByFormula(memory: number, link: number, dirtyRate: number, downtimeLimit: number): number | null {
  const small = link * downtimeLimit
  const lambda = dirtyRate / link
  if (lambda === 0 || atMost(memory * lambda, small)) return 1
  if (lambda >= 1 || small === 0) return null
  return Math.max(1, Math.ceil(tidy(Math.log(small / memory) / Math.log(lambda))))
}
