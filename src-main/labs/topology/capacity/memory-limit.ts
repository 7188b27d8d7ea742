// A cgroup with a memory limit while its processes grow: who grows, what is reclaimed, who is killed, step by step.
// Sizes in MiB. Pure; knows no input form and no drawing.
import { atMost, show, sumOf, tidy } from '../figures.ts'
import { type CgroupVersion, type OomChoice, chooseVictim } from './oom.ts'

/** Exit status of a process that was killed: 128 + SIGKILL. */
export const KILLED_STATUS = 137
const PAGES_PER_MIB = 256

/** A process that takes memory in equal pieces, and says so after each. */
export interface GrowingProcess {
  name: string
  /** what it has at first besides the pieces: code, stack, libraries; MiB */
  base: number
  /** size of a piece, MiB, above 0 */
  step: number
  /** how much it wants in pieces; null goes on for ever; MiB */
  wanted: number | null
  /** oom_score_adj */
  adj: number
}

export interface LimitedGroup {
  version: CgroupVersion
  /** memory.max or memory.limit_in_bytes, MiB */
  limit: number
  /** memory.high of v2: above it page cache is dropped and those who grow are slowed down, MiB; null: none */
  high: number | null
  /** page cache that can be dropped before anybody has to die, MiB */
  cache: number
  /** memory.oom.group of v2 */
  group: boolean
  /** false only in v1: the killer is off and the process hangs instead */
  killer: boolean
}

export interface GrowthStep {
  kind: 'grow' | 'slow' | 'hold' | 'reclaim' | 'kill' | 'hang' | 'end'
  /** who grows, is slowed down, holds, hangs or ends; for a kill the victim */
  process: string
  /** used by all together after the step, page cache included, MiB */
  usage: number
  /** what each process has after the step, MiB, in their order; 0 once it is gone */
  sizes: number[]
  sentence: string
  /** the figures of the killer, for a kill */
  choice?: OomChoice
}

export interface GrowthRun {
  steps: GrowthStep[]
  /** what each process had taken in pieces when it last said so, MiB */
  lastSaid: number[]
  /** exit status of each process: 0, 137, or null while it hangs */
  status: (number | null)[]
  /** most that was used at once, MiB; attempts up to the limit count, as in memory.peak */
  peak: number
  /** times the killer ran */
  oomKills: number
  /** times an allocation did not fit at once */
  hits: number
  /** times somebody was slowed down above memory.high */
  slowed: number
}

type Fate = 'waits' | 'lives' | 'holds' | 'ended' | 'killed' | 'hangs'

/**
 * Lets the processes grow in turn, one piece each, until all have ended, died or hang. A piece that does not fit drops
 * page cache first; then the killer chooses by badness, counting the piece that the asking process is about to touch.
 * @param processes at least one; who has what it wanted keeps it, and ends when nobody grows any more
 * @param most pieces that are followed at most; the caller sets it from its limits
 */
export function growUntilLimit(group: LimitedGroup, processes: readonly GrowingProcess[], most: number): GrowthRun {
  const sizes = processes.map(() => 0)
  const taken = processes.map(() => 0)
  const fates: Fate[] = processes.map(() => 'waits')
  const steps: GrowthStep[] = []
  let cache = group.cache
  let peak = 0
  let [oomKills, hits, slowed] = [0, 0, 0]

  const usage = (): number => tidy(sumOf(sizes) + cache)
  const tell = (kind: GrowthStep['kind'], process: string, sentence: string, choice?: OomChoice): void => {
    peak = Math.max(peak, usage())
    steps.push({ kind, process, usage: usage(), sizes: sizes.map(tidy), sentence, ...(choice ? { choice } : {}) })
  }
  const leave = (index: number, fate: 'ended' | 'killed'): void => {
    sizes[index] = 0
    fates[index] = fate
  }
  /** Makes room for a piece; false when the one who asks is gone or hangs. */
  const makeRoom = (index: number, piece: number): boolean => {
    const { name } = processes[index]!
    while (!atMost(usage() + piece, group.limit)) {
      hits += 1
      peak = group.limit
      const over = usage() + piece - group.limit
      if (cache > 0) {
        const dropped = Math.min(cache, over)
        cache = tidy(cache - dropped)
        tell('reclaim', name, `${show(dropped)} MiB of page cache are dropped for ${name}.`)
        continue
      }
      if (!group.killer) {
        fates[index] = 'hangs'
        tell('hang', name, `The killer is off: ${name} hangs in state D until memory appears.`)
        return false
      }
      const alive = processes.flatMap((_, at) => (['lives', 'holds', 'hangs'].includes(fates[at]!) ? [at] : []))
      const choice = chooseVictim(
        alive.map((at) => ({
          name: processes[at]!.name,
          rss: tidy((sizes[at]! + (at === index ? Math.max(0, piece - over) : 0)) * PAGES_PER_MIB),
          swap: 0,
          pageTables: 0,
          adj: processes[at]!.adj,
        })),
        group.limit * PAGES_PER_MIB,
        group.group,
      )
      if (choice.victim === null) {
        fates[index] = 'hangs'
        tell('hang', name, `All are exempt from the killer: ${name} cannot go on.`, choice)
        return false
      }
      oomKills += choice.killed.length
      for (const at of alive) if (choice.killed.includes(processes[at]!.name)) leave(at, 'killed')
      const who = `${choice.killed.join(', ')} ${choice.killed.length === 1 ? 'is' : 'are'} killed`
      tell('kill', choice.victim, `${who}: ${name} asks for ${show(piece)} MiB, and they do not fit.`, choice)
      if (fates[index] === 'killed') return false
    }
    return true
  }

  /** memory.high is no limit: what can be dropped is dropped, and then growing only takes longer. */
  const slowDown = (name: string): void => {
    const over = tidy(usage() - (group.high ?? Infinity))
    if (over <= 0) return
    const dropped = Math.min(cache, over)
    cache = tidy(cache - dropped)
    if (dropped > 0) tell('reclaim', name, `${show(dropped)} MiB of page cache are dropped above memory.high.`)
    if (dropped === over) return
    slowed += 1
    tell('slow', name, `${show(usage())} MiB are above memory.high: ${name} is slowed down.`)
  }

  processes.forEach(({ name, base }, index) => {
    fates[index] = 'lives'
    if (!makeRoom(index, base)) return
    sizes[index] = base
    tell('grow', name, `${name} begins with ${show(base)} MiB.`)
    slowDown(name)
  })
  for (let turn = 0; turn < most && fates.includes('lives'); turn += 1) {
    processes.forEach(({ name, step, wanted }, index) => {
      if (fates[index] !== 'lives') return
      const piece = wanted === null ? step : Math.min(step, wanted - taken[index]!)
      if (piece <= 0) {
        fates[index] = 'holds'
        tell('hold', name, `${name} has all it wanted and keeps it until the others are done.`)
        return
      }
      if (!makeRoom(index, piece)) return
      sizes[index] = sizes[index]! + piece
      taken[index] = tidy(taken[index]! + piece)
      tell('grow', name, `${name} takes ${show(piece)} MiB and says ${show(taken[index])} MiB.`)
      slowDown(name)
    })
  }
  processes.forEach(({ name }, index) => {
    if (fates[index] !== 'holds') return
    leave(index, 'ended')
    tell('end', name, `${name} ends.`)
  })
  const statusOf = (fate: Fate): number | null => (fate === 'ended' ? 0 : fate === 'killed' ? KILLED_STATUS : null)
  return { steps, lastSaid: taken, status: fates.map(statusOf), peak: tidy(peak), oomKills, hits, slowed }
}
