// Who dies when a memory limit is hit: badness of processes, the victim, and what Kubernetes writes as oom_score_adj.
// Sizes in pages. Pure; knows no input form and no drawing.
import { floorOf, show, tidy } from '../figures.ts'

/** A process with this adjustment is never chosen. */
export const OOM_EXEMPT = -1000

export interface OomProcess {
  name: string
  /** pages in memory */
  rss: number
  /** pages in swap */
  swap: number
  /** pages that its page tables take */
  pageTables: number
  /** oom_score_adj, -1000 to 1000 */
  adj: number
}

export interface Badness {
  name: string
  /** null for a process that is exempt */
  badness: number | null
  /** the part that comes from oom_score_adj, in pages */
  adjustment: number
  working: string
}

export interface OomChoice {
  processes: Badness[]
  /** null when all are exempt */
  victim: string | null
  /** others that are as bad as the victim; which of them dies depends on the order in which the kernel meets them */
  tied: string[]
  /** all that die: the victim, or with oom.group everybody who is not exempt */
  killed: string[]
  working: string[]
}

/**
 * Chooses the victim by the largest badness = rss + swap + page tables + oom_score_adj * limit / 1000 (Linux,
 * mm/oom_kill.c, oom_badness). Among equals the first in the list.
 * @param limit pages: the limit of the cgroup, or all memory and swap of the machine
 * @param group memory.oom.group of cgroup v2: the whole cgroup dies with the victim, exempt processes excepted
 */
export function chooseVictim(processes: readonly OomProcess[], limit: number, group = false): OomChoice {
  const judged = processes.map(({ name, rss, swap, pageTables, adj }): Badness => {
    const adjustment = tidy((adj * limit) / 1000)
    if (adj <= OOM_EXEMPT) {
      return { name, badness: null, adjustment, working: `${name}: oom_score_adj ${OOM_EXEMPT}, never chosen` }
    }
    const badness = tidy(rss + swap + pageTables + adjustment)
    return {
      name,
      badness,
      adjustment,
      working: `${name}: ${show(rss)} + ${show(swap)} + ${show(pageTables)} + ${show(adj)} * ${show(limit)} / 1000 = ${show(badness)}`,
    }
  })
  const open = judged.filter((one): one is Badness & { badness: number } => one.badness !== null)
  const worst = Math.max(...open.map(({ badness }) => badness))
  const [first, ...tied] = open.filter(({ badness }) => badness === worst).map(({ name }) => name)
  const victim = first ?? null
  const killed = victim === null ? [] : group ? open.map(({ name }) => name) : [victim]
  const outcome =
    victim === null
      ? 'All are exempt: nobody can be killed.'
      : `${victim} has the largest badness, ${show(worst)} pages, and is killed${tied.length > 0 ? ` (as bad: ${tied.join(', ')})` : ''}.`
  const rest = killed.length > 1 ? [`oom.group is set, so all die: ${killed.join(', ')}.`] : []
  return {
    processes: judged,
    victim,
    tied,
    killed,
    working: [
      'badness = rss + swap + page tables + oom_score_adj * limit / 1000, in pages',
      ...judged.map(({ working }) => working),
      outcome,
      ...rest,
    ],
  }
}

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort'

/**
 * The oom_score_adj of a container in a pod of the given class (kubelet, GetContainerOOMScoreAdjust).
 * @param request memory request, and `capacity` memory of the node, in the same unit; capacity above 0
 */
export function oomScoreAdj(qos: QosClass, request: number, capacity: number): { adj: number; working: string[] } {
  if (qos === 'Guaranteed') return { adj: -997, working: ['A Guaranteed pod has oom_score_adj -997.'] }
  if (qos === 'BestEffort') return { adj: 1000, working: ['A BestEffort pod has oom_score_adj 1000.'] }
  const share = floorOf(1000 * request, capacity)
  const adj = Math.min(Math.max(2, 1000 - share), 999)
  return {
    adj,
    working: [
      `oom_score_adj = min(max(2, 1000 - floor(1000 * ${show(request)} / ${show(capacity)})), 999) = min(max(2, 1000 - ${show(share)}), 999) = ${show(adj)}`,
    ],
  }
}

export type CgroupVersion = 1 | 2

/** What happens when a limit below the usage is written. */
export interface LimitWrite {
  accepted: boolean
  /** EBUSY in v1 when not enough can be reclaimed */
  error: string | null
  /** memory that is reclaimed, in the unit of the input */
  reclaimed: number
  /** usage when the write returns, before anybody is killed */
  usageAfterReclaim: number
  /** whether the killer has to run because of the write */
  kills: boolean
  working: string[]
}

/**
 * Writes a memory limit: v1 (memory.limit_in_bytes) refuses what it cannot reach by reclaim, v2 (memory.max) accepts it
 * and kills until the usage fits.
 * @param usage and the others in one unit, at least 0; `reclaimable` at most `usage`
 */
export function writeLimit(version: CgroupVersion, usage: number, reclaimable: number, limit: number): LimitWrite {
  const needed = Math.max(0, usage - limit)
  const reclaimed = tidy(Math.min(needed, reclaimable))
  const left = tidy(usage - reclaimed)
  const fits = left <= tidy(limit)
  const accepted = version === 2 || fits
  const file = version === 2 ? 'memory.max' : 'memory.limit_in_bytes'
  const working = [
    needed === 0
      ? `Usage ${show(usage)} is within ${show(limit)}: nothing has to go.`
      : `To go: ${show(usage)} - ${show(limit)} = ${show(needed)}; reclaimable: ${show(reclaimable)}.`,
    accepted
      ? fits
        ? `${file} takes ${show(limit)}.`
        : `${file} takes ${show(limit)} and the killer runs: ${show(left)} is still used.`
      : `${file} answers EBUSY: ${show(left)} would still be used. The old limit stays.`,
  ]
  return {
    accepted,
    error: accepted ? null : 'EBUSY',
    reclaimed,
    usageAfterReclaim: left,
    kills: accepted && !fits,
    working,
  }
}

/** Where the kernel counts what happened, and what is different between the two versions. */
export function countersOf(version: CgroupVersion): { kills: string; hits: string; note: string } {
  return version === 2
    ? {
        kills: 'memory.events: oom_kill',
        hits: 'memory.events: max',
        note: 'The killer cannot be switched off.',
      }
    : {
        kills: 'memory.oom_control: oom_kill',
        hits: 'memory.failcnt',
        note: 'The killer can be switched off; tasks then hang in state D until memory appears.',
      }
}
