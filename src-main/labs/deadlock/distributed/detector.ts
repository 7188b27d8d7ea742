// A central detector of deadlocks that learns by reports of the sites who waits for whom. Reports of one site arrive in
// the order in which they were sent, those of different sites do not; hence the detector may see a cycle that never was.
// Every wait has a number, so that asking again tells a wait that stood all the time from one that came anew.
// Sources: G. S. Ho, C. V. Ramamoorthy, Protocols for Deadlock Detection in Distributed Database Systems, IEEE
// Transactions on Software Engineering 8(6), 1982, on asking twice; M. Singhal, Deadlock Detection in Distributed Systems,
// IEEE Computer 22(11), 1989, on phantoms.
import { type WaitGraph, cycleIn } from './wait-graph.ts'

/** `process` waits for `holder`, from when the wait was numbered until it ends. */
export interface Wait {
  readonly number: number
  readonly process: number
  readonly holder: number
}

export interface Report {
  /** the site of the waiting process, which sends it */
  readonly site: number
  readonly wait: Wait
  /** true: the wait has begun; false: it has ended */
  readonly begins: boolean
}

/** A question about all waits of a cycle at once. */
export interface Question {
  readonly waits: readonly Wait[]
  /** sites that have not answered */
  readonly open: readonly number[]
}

export interface Detector {
  /** the site of each process */
  readonly sites: readonly number[]
  /** what is so, by number */
  readonly waits: readonly Wait[]
  /** what the detector has been told, by number */
  readonly known: readonly Wait[]
  /** on their way, oldest first */
  readonly reports: readonly Report[]
  readonly question: Question | null
  /** numbers of the waits of a cycle that all sites have confirmed */
  readonly confirmed: readonly number[]
  readonly next: number
}

/** A detector that knows who waits at the start. */
export function beginDetector(sites: readonly number[], graph: WaitGraph): Detector {
  const waits = pairsOf(graph).map(([process, holder], index): Wait => ({ number: index + 1, process, holder }))
  return { sites, waits, known: waits, reports: [], question: null, confirmed: [], next: waits.length + 1 }
}

/** What is so has changed: the site of each process whose waits changed sends reports, ends before beginnings. */
export function nowWaiting(detector: Detector, graph: WaitGraph): Detector {
  const { sites, waits: before } = detector
  const key = (process: number, holder: number): string => `${process} ${holder}`
  const pairs = pairsOf(graph)
  const now = new Set(pairs.map(([process, holder]) => key(process, holder)))
  const was = new Map(before.map((wait) => [key(wait.process, wait.holder), wait]))
  let next = detector.next
  const waits = pairs.map(
    ([process, holder]): Wait => was.get(key(process, holder)) ?? { number: next++, process, holder },
  )
  const report = (wait: Wait, begins: boolean): Report => ({ site: sites[wait.process]!, wait, begins })
  const ended = before.filter(({ process, holder }) => !now.has(key(process, holder)))
  const begun = waits.filter(({ number }) => number >= detector.next)
  const reports = [...ended.map((wait) => report(wait, false)), ...begun.map((wait) => report(wait, true))]
  return { ...detector, waits, reports: [...detector.reports, ...reports], next }
}

/** The oldest report on its way from a site, or undefined. */
export function oldestReport({ reports }: Detector, site: number): Report | undefined {
  return reports.find((report) => report.site === site)
}

/** The oldest report of a site arrives. It must exist. */
export function deliverReport(detector: Detector, site: number): Detector {
  const at = detector.reports.findIndex((report) => report.site === site)
  const { wait, begins } = detector.reports[at]!
  const others = detector.known.filter(({ number }) => number !== wait.number)
  const known = begins ? [...others, wait].sort((a, b) => a.number - b.number) : others
  return settled({ ...detector, known, reports: detector.reports.toSpliced(at, 1) })
}

/** The cycle that the detector sees, wait by wait; null when it sees none. */
export function seenCycle({ sites, known }: Detector): Wait[] | null {
  const successors = sites.map((): number[] => [])
  const waitOf = new Map<string, Wait>()
  for (const wait of known) {
    successors[wait.process]!.push(wait.holder)
    waitOf.set(`${wait.process} ${wait.holder}`, wait)
  }
  const cycle = cycleIn(successors.map((holders) => holders.sort((a, b) => a - b)))
  if (cycle === null) return null
  return cycle.map((process, index) => waitOf.get(`${process} ${cycle[(index + 1) % cycle.length]!}`)!)
}

/** Asks the sites of a cycle whether its waits still stand under their numbers. */
export function askAgain(detector: Detector, cycle: readonly Wait[]): Detector {
  const open = [...new Set(cycle.map(({ process }) => detector.sites[process]!))].sort((a, b) => a - b)
  return { ...detector, question: { waits: cycle, open }, confirmed: [] }
}

/** The asked waits of a site's processes: those that stand now, and those that do not. */
export function answerOf(detector: Detector, site: number): { still: Wait[]; gone: Wait[] } {
  const own = detector.question?.waits.filter(({ process }) => detector.sites[process] === site) ?? []
  const standing = new Set(detector.waits.map(({ number }) => number))
  return {
    still: own.filter(({ number }) => standing.has(number)),
    gone: own.filter(({ number }) => !standing.has(number)),
  }
}

/**
 * A site that was asked answers. When the last one confirms, every wait of the cycle was reported before the question and
 * stands after it under the same number, hence all stood together at the question: the deadlock was real.
 */
export function answer(detector: Detector, site: number): Detector {
  const { question } = detector
  if (question === null) return detector
  const gone = new Set(answerOf(detector, site).gone.map(({ number }) => number))
  const open = question.open.filter((other) => other !== site)
  const done = open.length === 0 && gone.size === 0
  return settled({
    ...detector,
    known: detector.known.filter(({ number }) => !gone.has(number)),
    question: done ? null : { ...question, open },
    confirmed: done ? question.waits.map(({ number }) => number) : detector.confirmed,
  })
}

/** A question about a wait that the detector no longer believes in is dropped. */
function settled(detector: Detector): Detector {
  const known = new Set(detector.known.map(({ number }) => number))
  const holds = detector.question?.waits.every(({ number }) => known.has(number)) ?? true
  return holds ? detector : { ...detector, question: null }
}

function pairsOf(graph: WaitGraph): [number, number][] {
  return graph.flatMap((holders, process) => holders.map((holder): [number, number] => [process, holder]))
}
