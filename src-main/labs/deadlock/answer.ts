// The answer about a graph in a word and a sentence. Knows names and the analysis, no records and no evidence list.
import type { Mark } from '../../contract/verdict.ts'
import { type Analysis, BEHIND } from './engine/analysis.ts'
import type { Ring } from './engine/rings.ts'
import { findEntry } from './engine/graph.ts'
import { type Named, needOf, processNames, resourceNames } from './naming.ts'
import { type Need, texts } from './model/texts.ts'
import { counted } from './model/words.ts'

/** names said in one sentence before "and 4 more" */
const MOST_NAMES = 6
/** rings named one by one */
const MOST_RINGS = 4

export interface Answer {
  word: string
  mark: Mark
  sentence: string
  /** what is not said and why */
  withheld: string | null
}

/**
 * @param cycles how many cycles the drawing has, as far as they were counted
 * @param cyclesComplete false: there may be more
 */
export function answer(named: Named, analysis: Analysis, cycles: number, cyclesComplete: boolean): Answer {
  const { words, sentences } = texts
  if (analysis.overAllocated.length > 0) {
    const first = analysis.overAllocated[0]!
    const { assigned, total } = named.graph
    return {
      word: words.withheld,
      mark: 'impossible',
      sentence: sentences.overAllocated(named.resourceName(first), assigned[first]!, total[first]!),
      withheld: sentences.withheld(resourceNames(named, analysis.overAllocated, MOST_NAMES)),
    }
  }
  const behind = waitingBehind(named, analysis)
  if (analysis.deadlock === true) {
    return {
      word: words.deadlock,
      mark: 'ring',
      sentence: `${ringsSentence(named, analysis)}${behind}`,
      withheld: null,
    }
  }
  if (analysis.impossible.length > 0) {
    return {
      word: words.impossible,
      mark: 'impossible',
      sentence: `${impossibleSentence(named, analysis)}${behind}`,
      withheld: null,
    }
  }
  return free(named, analysis, cycles, cyclesComplete)
}

function free(named: Named, analysis: Analysis, cycles: number, cyclesComplete: boolean): Answer {
  const { words, sentences } = texts
  const { processes, resources, requests } = named.graph
  if (processes === 0) {
    return resources === 0
      ? { word: words.empty, mark: 'free', sentence: sentences.empty, withheld: null }
      : { word: words.free, mark: 'free', sentence: sentences.noProcess, withheld: null }
  }
  const order = processNames(named, analysis.reduction.order, MOST_NAMES)
  let sentence: string
  if (requests.to.length === 0) sentence = sentences.nobodyAsks
  else if (cycles > 0) sentence = sentences.harmlessCycles(cycleCount(cycles, cyclesComplete), cycles === 1, order)
  else sentence = sentences.nobodyBlocked(order)
  return { word: words.free, mark: 'free', sentence, withheld: null }
}

/** "3 cycles", or "at least 3 cycles" when the search was broken off */
function cycleCount(cycles: number, complete: boolean): string {
  return complete ? counted(cycles, 'cycle') : texts.sentences.atLeast(counted(cycles, 'cycle'))
}

function impossibleSentence(named: Named, { impossible }: Analysis): string {
  const { process, resource, count } = impossible[0]!
  const first = texts.sentences.impossible(
    named.processName(process),
    named.resourceName(resource),
    count,
    named.graph.total[resource]!,
  )
  return impossible.length === 1 ? first : `${first} ${texts.sentences.moreImpossible(impossible.length - 1)}`
}

/** A further sentence about those who wait without being part of a ring; empty when there are none. */
function waitingBehind(named: Named, { classes, rings, impossible }: Analysis): string {
  const waiting: number[] = []
  classes.forEach((kind, process) => {
    if (kind === BEHIND) waiting.push(process)
  })
  if (waiting.length === 0) return ''
  const causes = rings.length > 0 ? rings.length + impossible.length : impossible.length
  return ` ${texts.sentences.behind(processNames(named, waiting, MOST_NAMES), causes === 1)}`
}

function ringsSentence(named: Named, analysis: Analysis): string {
  const { rings } = analysis
  const [first, second] = rings
  if (rings.length === 2 && first && second) {
    return texts.sentences.twoRings(ringClause(named, analysis, first), ringClause(named, analysis, second))
  }
  if (first && rings.length === 1) return texts.sentences.ring(ringClause(named, analysis, first))
  const groups = rings.slice(0, MOST_RINGS).map((ring) => texts.sentences.group(ringMembers(named, ring)))
  return texts.sentences.manyRings(rings.length, groups)
}

/** True when the witness passes every member, so that the whole group can be told as one ring. */
function isSimple(ring: Ring): boolean {
  return ring.witness.length === 2 * ring.members.length
}

/** Members of a ring in the order in which they wait for each other, or in input order when rings are joined. */
function membersInOrder(named: Named, ring: Ring): Int32Array {
  return isSimple(ring) ? ring.witness.filter((vertex) => vertex < named.graph.processes) : ring.members
}

function ringMembers(named: Named, ring: Ring): ReturnType<typeof processNames> {
  return processNames(named, membersInOrder(named, ring), MOST_NAMES)
}

/** "P1 and P2 wait for each other in a ring: P1 needs R1, which P2 holds; P2 needs R2, which P1 holds" */
export function ringClause(named: Named, analysis: Analysis, ring: Ring): string {
  const simple = isSimple(ring)
  const members = membersInOrder(named, ring)
  const needs: Need[] = []
  for (const process of members.subarray(0, MOST_NAMES)) {
    const resource = simple ? successorOnWitness(named, ring, process) : neededInRing(named, analysis, ring, process)
    needs.push(needInDeadlock(named, analysis, process, resource))
  }
  return texts.sentences.ringClause(ringMembers(named, ring), simple, needs)
}

function successorOnWitness({ graph }: Named, ring: Ring, process: number): number {
  return ring.witness[ring.witness.indexOf(process) + 1]! - graph.processes
}

/** The first type in the ring of which the process needs more than can become free. */
function neededInRing({ graph }: Named, { ringOf, capped }: Analysis, ring: Ring, process: number): number {
  const own = ringOf?.[ring.members[0]!]
  for (let entry = graph.requests.start[process]!; entry < graph.requests.start[process + 1]!; entry += 1) {
    const resource = graph.requests.to[entry]!
    const need = Math.min(graph.requests.count[entry]!, graph.total[resource]!)
    if (ringOf?.[graph.processes + resource] === own && need > capped.work[resource]!) return resource
  }
  throw new Error('a member of a ring needs a type of its ring')
}

function needInDeadlock(named: Named, { capped }: Analysis, process: number, resource: number): Need {
  const { requests } = named.graph
  const count = requests.count[findEntry(requests, process, resource)]!
  return needOf(named, process, resource, count, capped.work, capped.finishes)
}
