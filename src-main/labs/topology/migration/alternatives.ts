// The other ways to move a machine: stop-and-copy and post-copy as bounds beside pre-copy, and what helps when pre-copy
// does not converge. Sizes in MiB, times in s. Pure; knows no input form and no drawing.
import { ceilOf, counted, show, tidy } from '../figures.ts'
import { type PreCopyPlan, THROTTLE } from './pre-copy.ts'

export interface Stop {
  downtime: number
  total: number
  data: number
  working: string[]
}

/** The machine stands still while all of its memory is sent. */
export function stopAndCopy({ memory, link, resume }: Pick<PreCopyPlan, 'memory' | 'link' | 'resume'>): Stop {
  const downtime = memory / link + resume
  return {
    downtime: tidy(downtime),
    total: tidy(downtime),
    data: memory,
    working: [`Downtime: M / R = ${show(memory)} / ${show(link)} + ${show(resume)} = ${show(downtime)} s.`],
  }
}

export interface PostCopy extends Stop {
  /** until all memory has come; until then a page that is missing is fetched when it is touched */
  fetching: number
  /** pages that the guest touches before they have come, when it is known; else null */
  faults: number | null
  /** how long threads wait for such pages in all; null when it is not known */
  stalls: number | null
}

/** What a guest touches before it has come. */
export interface Faulting {
  /** pages that are touched too early, at least 0 */
  faults: number
  /** what fetching one takes, ms, at least 0 */
  faultMs: number
}

/**
 * The device state moves while the machine stands still, then the machine runs at the destination and its memory follows
 * (Hines, Deshpande and Gopalan, Post-copy live migration of virtual machines, 2009).
 * @param deviceState MiB, at least 0
 */
export function postCopy(
  { memory, link, resume }: Pick<PreCopyPlan, 'memory' | 'link' | 'resume'>,
  deviceState: number,
  faulting: Faulting | null,
): PostCopy {
  const downtime = deviceState / link + resume
  const fetching = memory / link
  const stalls = faulting === null ? null : (faulting.faults * faulting.faultMs) / 1000
  return {
    downtime: tidy(downtime),
    total: tidy(downtime + fetching),
    data: tidy(memory + deviceState),
    fetching: tidy(fetching),
    faults: faulting?.faults ?? null,
    stalls: stalls === null ? null : tidy(stalls),
    working: [
      `Downtime: device state / R = ${show(deviceState)} / ${show(link)} + ${show(resume)} = ${show(downtime)} s.`,
      `Then M / R = ${show(memory)} / ${show(link)} = ${show(fetching)} s in which missing pages are fetched when they are touched.`,
      ...(faulting === null || stalls === null
        ? []
        : [`Stalls: ${show(faulting.faults)} * ${show(faulting.faultMs)} ms = ${show(stalls)} s of waiting.`]),
      'Each page is sent once; if the link fails meanwhile, the machine is lost.',
    ],
  }
}

export interface Remedy {
  id: 'rounds' | 'throttle' | 'link' | 'downtime-limit' | 'post-copy'
  /** the least figure that helps: rounds, per cent, MiB/s or s; null where no figure does */
  value: number | null
  /** of a throttle: the first of QEMU's steps with which the guest dirties less than is sent, or null */
  step?: number | null
  sentence: string
}

/** Rounds within which a remedy is to lead to the end when the plan does not say how many there may be. */
const SOON = 30

/**
 * What helps a migration that is not done within its limit: more rounds if it converges, the least throttle, bandwidth
 * and downtime limit with which it is done within the rounds of the plan, and post-copy. The working set is looked at
 * for the bandwidth alone.
 * @param left what is left after the rounds of the plan, MiB: more than the limit allows
 * @param enough rounds after which it would be done if it had them; null when it does not converge
 */
export function remedies(plan: PreCopyPlan, left: number, enough: number | null): Remedy[] {
  const { link, downtimeLimit } = plan
  const rounds = plan.maxRounds ?? SOON
  // Whole milliseconds, as QEMU takes them, and upwards, so that the limit is met.
  const needed = ceilOf(left * 1000, link) / 1000
  const more: Remedy[] =
    enough === null
      ? []
      : [
          {
            id: 'rounds',
            value: enough,
            sentence: `More rounds: it converges and is done after ${counted(enough, 'round')}.`,
          },
        ]
  return [
    ...more,
    throttleRemedy(plan, rounds),
    linkRemedy(plan, rounds, left),
    {
      id: 'downtime-limit',
      value: needed,
      sentence: `A larger downtime limit: ${show(left)} / ${show(link)}, so ${show(needed)} s instead of ${show(downtimeLimit)} s.`,
    },
    { id: 'post-copy', value: null, sentence: 'Post-copy: it sends each page once, whatever the guest writes.' },
  ]
}

const within = (rounds: number): string => `is done within ${counted(rounds, 'round')}`

/** The least whole throttle with which M * x^N <= R * d, where x = D * (1 - throttle) / R. */
function throttleRemedy({ memory, link, dirtyRate, downtimeLimit }: PreCopyPlan, rounds: number): Remedy {
  const step = throttleStep(dirtyRate, link)
  const none = (sentence: string): Remedy => ({ id: 'throttle', value: null, step, sentence })
  if (downtimeLimit <= 0) return none('No throttle helps while no downtime is allowed.')
  if (rounds === 0) return none('No throttle helps while nothing is sent before the stop.')
  // Just below 1, so that a guest that dirties exactly what is sent does not count as converging.
  const ratio = Math.min(0.999, ((link * downtimeLimit) / memory) ** (1 / rounds))
  const throttle = Math.ceil(tidy((1 - (ratio * link) / dirtyRate) * 100))
  if (throttle > THROTTLE.most) return none(`No throttle up to ${THROTTLE.most} % is enough.`)
  const slower = `${show(dirtyRate * (1 - throttle / 100))} MiB/s`
  return {
    id: 'throttle',
    value: throttle,
    step,
    sentence: `Auto-converge: a guest that loses ${throttle} % of its CPU time dirties ${slower} and ${within(rounds)}.`,
  }
}

/** The first of 20, 30, 40 … 90, 99 per cent with which D * (1 - throttle) < R; null when none is. */
function throttleStep(dirtyRate: number, link: number): number | null {
  for (let step = THROTTLE.initial; ; step = Math.min(THROTTLE.most, step + THROTTLE.step)) {
    if (tidy(dirtyRate * (1 - step / 100)) < tidy(link)) return step
    if (step === THROTTLE.most) return null
  }
}

/** The least whole bandwidth with which M * (D / R)^N <= R * d, or what is left now fits the limit at once. */
function linkRemedy(plan: PreCopyPlan, rounds: number, left: number): Remedy {
  const { memory, link, dirtyRate, downtimeLimit } = plan
  if (downtimeLimit <= 0) {
    return { id: 'link', value: null, sentence: 'No bandwidth helps while no downtime is allowed.' }
  }
  // R^(N + 1) >= M * D^N / d
  const log = (Math.log(memory / downtimeLimit) + rounds * Math.log(dirtyRate)) / (rounds + 1)
  const value = Math.min(Math.ceil(tidy(Math.exp(log))), ceilOf(left, downtimeLimit))
  return {
    id: 'link',
    value,
    sentence: `More bandwidth: with ${show(value)} MiB/s instead of ${show(link)} MiB/s it ${within(rounds)}.`,
  }
}
