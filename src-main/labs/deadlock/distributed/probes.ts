// Edge chasing: probes that follow who waits for whom from site to site. Knows no names and no drawing.
// Source: K. M. Chandy, J. Misra, L. M. Haas, Distributed Deadlock Detection, ACM Transactions on Computer Systems 1(2),
// 1983, the algorithm for the AND model (a process waits until all it asks for is granted).
import type { WaitGraph } from './wait-graph.ts'

/** A message: `from` waits for `to`, and `initiator` waits, over others perhaps, for `from`. */
export interface Probe {
  readonly initiator: number
  readonly from: number
  readonly to: number
}

export interface ProbeState {
  readonly waits: WaitGraph
  /** by process */
  readonly sites: readonly number[]
  readonly started: readonly number[]
  /** messages that have not arrived, in the order in which they were sent */
  readonly underway: readonly Probe[]
  /** by initiator: whom its probe has reached, and from whom it came there first */
  readonly reached: ReadonlyMap<number, ReadonlyMap<number, number>>
  /** initiators whose probe came back, each with the processes it went through before, in this order */
  readonly declared: ReadonlyMap<number, readonly number[]>
  /** messages sent so far */
  readonly messages: number
}

/** What one step did, for telling it. */
export interface Chase {
  readonly state: ProbeState
  /** whom the probe reached within one site, without a message */
  readonly within: readonly number[]
  readonly sent: readonly Probe[]
  readonly comesBack: boolean
  /** it was there before, so nothing happens */
  readonly dropped: boolean
}

/**
 * @param waits who waits for whom; it stays so while probes are on their way
 * @param sites the site of each process
 */
export function beginProbes(waits: WaitGraph, sites: readonly number[]): ProbeState {
  return { waits, sites, started: [], underway: [], reached: new Map(), declared: new Map(), messages: 0 }
}

/** How many waits lead from one site to another: at most so many messages are sent for one initiator. */
export function waitsBetweenSites({ waits, sites }: ProbeState): number {
  return waits.reduce((sum, holders, p) => sum + holders.filter((q) => sites[p] !== sites[q]).length, 0)
}

/** A waiting process asks whether it waits for itself. It must not have started before. */
export function startProbe(state: ProbeState, initiator: number): Chase {
  const started = { ...state, started: [...state.started, initiator] }
  return chase(started, initiator, initiator, new Map())
}

/** A message arrives. It must be on its way. */
export function deliverProbe(state: ProbeState, probe: Probe): Chase {
  const { initiator, from, to } = probe
  const at = state.underway.findIndex((other) => sameProbe(other, probe))
  const arrived = { ...state, underway: state.underway.toSpliced(at, 1) }
  const reached = new Map(state.reached.get(initiator))
  const nothing = { within: [], sent: [], comesBack: false, dropped: false }
  if (to === initiator) {
    return { ...nothing, state: declare(arrived, initiator, routeTo(initiator, from, reached)), comesBack: true }
  }
  if (reached.has(to)) return { ...nothing, state: arrived, dropped: true }
  reached.set(to, from)
  return chase(arrived, initiator, to, reached)
}

export const sameProbe = (a: Probe, b: Probe): boolean =>
  a.initiator === b.initiator && a.from === b.from && a.to === b.to

/**
 * From a process that the probe has just reached: waits within its site are followed at once, each that leads to another
 * site costs a message. Every process is passed once for an initiator, so every wait costs one message at most.
 */
function chase(state: ProbeState, initiator: number, process: number, reached: Map<number, number>): Chase {
  const { waits, sites } = state
  const within: number[] = []
  const sent: Probe[] = []
  let last: number | null = null
  const open = [process]
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    for (const holder of waits[at]!) {
      if (sites[holder] !== sites[at]) sent.push({ initiator, from: at, to: holder })
      else if (holder === initiator) last ??= at
      else if (!reached.has(holder)) {
        reached.set(holder, at)
        within.push(holder)
        open.push(holder)
      }
    }
  }
  const next = {
    ...state,
    underway: [...state.underway, ...sent],
    reached: new Map(state.reached).set(initiator, reached),
    messages: state.messages + sent.length,
  }
  const after = last === null ? next : declare(next, initiator, routeTo(initiator, last, reached))
  return { state: after, within, sent, comesBack: last !== null, dropped: false }
}

function declare(state: ProbeState, initiator: number, route: readonly number[]): ProbeState {
  if (state.declared.has(initiator)) return state
  return { ...state, declared: new Map(state.declared).set(initiator, route) }
}

/** The processes between an initiator and itself, in the order in which its probe passed them. */
function routeTo(initiator: number, last: number, reached: ReadonlyMap<number, number>): number[] {
  const route: number[] = []
  for (let at = last; at !== initiator; at = reached.get(at) ?? initiator) route.push(at)
  return route.reverse()
}
