// Balancing a cluster by moving virtual machines: loads, their spread, every legal move, and greedy steps to a target.
// Pure; knows no input form and no drawing.
import { atMost, below, ceilOf, show, showSum, sumOf, tidy } from '../figures.ts'

export type Resource = 'cpu' | 'memory'

export interface ClusterMachine {
  name: string
  /** what it is entitled to of each resource; memory 0 where only CPU is looked at */
  demand: Readonly<Record<Resource, number>>
}

export interface ClusterHost {
  name: string
  /** above 0 for the resource that is balanced; Infinity where a resource does not count */
  capacity: Readonly<Record<Resource, number>>
  machines: readonly ClusterMachine[]
}

/** What forbids a move besides capacity: machines that must not meet on a host, and hosts that a machine may be on. */
export interface PlacementRules {
  apart: readonly (readonly string[])[]
  pinned: Readonly<Record<string, readonly string[]>>
}

export const NO_RULES: PlacementRules = { apart: [], pinned: {} }

export interface Balance {
  /** demand / capacity of each host */
  loads: number[]
  mean: number
  /** population standard deviation of the loads */
  sigma: number
  working: string[]
}

/** Host loads N_h and their population standard deviation, the imbalance of the cluster. @param hosts at least one */
export function balanceOf(hosts: readonly ClusterHost[], resource: Resource): Balance {
  const demands = hosts.map(({ machines }) => machines.map(({ demand }) => demand[resource]))
  const exact = hosts.map(({ capacity }, index) => sumOf(demands[index]!) / capacity[resource])
  const mean = sumOf(exact) / exact.length
  const sigma = spread(exact)
  return {
    loads: exact.map(tidy),
    mean: tidy(mean),
    sigma: tidy(sigma),
    working: [
      ...hosts.map(
        ({ name, capacity }, index) =>
          `${name}: (${showSum(demands[index]!)}) / ${show(capacity[resource])} = ${show(exact[index]!)}`,
      ),
      `mean = (${showSum(exact)}) / ${exact.length} = ${show(mean)}`,
      `sigma = sqrt((${showSquares(exact, mean)}) / ${exact.length}) = ${show(sigma)}`,
    ],
  }
}

/** Population standard deviation. */
function spread(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return Math.sqrt(squares / values.length)
}

function showSquares(values: readonly number[], mean: number): string {
  const squares = values.slice(0, 6).map((value) => `(${show(value)} - ${show(mean)})^2`)
  return `${squares.join(' + ')}${values.length > 6 ? ' + …' : ''}`
}

export interface Move {
  machine: string
  from: string
  to: string
  /** imbalance after the move */
  sigma: number
  /** how much it lowers the imbalance; negative when it makes things worse */
  gain: number
}

export interface RefusedMove {
  machine: string
  from: string
  to: string
  reason: string
}

export interface Moves {
  /** every legal move, the one with the lowest imbalance first; equal ones in the order of hosts and machines */
  legal: Move[]
  refused: RefusedMove[]
}

const resources = ['cpu', 'memory'] as const

/** What the machines of each host use of each resource. */
type Used = readonly Readonly<Record<Resource, number>>[]

const usedBy = (hosts: readonly ClusterHost[]): Used =>
  hosts.map(({ machines }) => ({
    cpu: sumOf(machines.map(({ demand }) => demand.cpu)),
    memory: sumOf(machines.map(({ demand }) => demand.memory)),
  }))

/** Why a machine may not move to a host that is used so much; null when it may. */
function refusal(machine: ClusterMachine, to: ClusterHost, used: Used[number], rules: PlacementRules): string | null {
  for (const resource of resources) {
    const wanted = used[resource] + machine.demand[resource]
    if (!atMost(wanted, to.capacity[resource])) {
      return `${resource} ${show(wanted)} is more than the ${show(to.capacity[resource])} of ${to.name}`
    }
  }
  const pinned = Object.hasOwn(rules.pinned, machine.name) ? rules.pinned[machine.name] : undefined
  if (pinned !== undefined && !pinned.includes(to.name)) return `${machine.name} may only be on ${pinned.join(', ')}`
  for (const group of rules.apart) {
    if (!group.includes(machine.name)) continue
    const other = to.machines.find((one) => group.includes(one.name))
    if (other !== undefined) return `${machine.name} and ${other.name} must be apart`
  }
  return null
}

/** Goes through every single move of one machine to another host: `reason` is why it is refused, else null. */
function eachMove(
  hosts: readonly ClusterHost[],
  rules: PlacementRules,
  visit: (machine: ClusterMachine, from: number, to: number, reason: string | null) => void,
): void {
  const used = usedBy(hosts)
  hosts.forEach(({ machines }, from) => {
    for (const machine of machines) {
      for (const [to, host] of hosts.entries()) {
        if (to !== from) visit(machine, from, to, refusal(machine, host, used[to]!, rules))
      }
    }
  })
}

/** Gives the imbalance after a move, dust and all, without moving anything. */
function imbalanceAfter(
  hosts: readonly ClusterHost[],
  resource: Resource,
): (machine: ClusterMachine, from: number, to: number) => number {
  const used = usedBy(hosts).map((one) => one[resource])
  const room = hosts.map(({ capacity }) => capacity[resource])
  const loads = used.map((one, index) => one / room[index]!)
  return ({ demand }, from, to) => {
    const [before, beside] = [loads[from]!, loads[to]!]
    loads[from] = (used[from]! - demand[resource]) / room[from]!
    loads[to] = (used[to]! + demand[resource]) / room[to]!
    const sigma = spread(loads)
    loads[from] = before
    loads[to] = beside
    return sigma
  }
}

/** All single moves of one machine to another host, and what each would do to the imbalance. */
export function movesOf(hosts: readonly ClusterHost[], resource: Resource, rules: PlacementRules = NO_RULES): Moves {
  const before = balanceOf(hosts, resource).sigma
  const after = imbalanceAfter(hosts, resource)
  const legal: Move[] = []
  const refused: RefusedMove[] = []
  eachMove(hosts, rules, (machine, from, to, reason) => {
    const names = { machine: machine.name, from: hosts[from]!.name, to: hosts[to]!.name }
    if (reason !== null) {
      refused.push({ ...names, reason })
      return
    }
    const sigma = tidy(after(machine, from, to))
    legal.push({ ...names, sigma, gain: tidy(before - sigma) })
  })
  // By the imbalance, not by the gain: dust grows in a difference.
  legal.sort((a, b) => a.sigma - b.sigma)
  return { legal, refused }
}

/** The first of all legal moves when the others do not matter; null when there is none. */
function bestMove(
  hosts: readonly ClusterHost[],
  resource: Resource,
  rules: PlacementRules,
  sigma: number,
): Move | null {
  const after = imbalanceAfter(hosts, resource)
  let best: { machine: string; from: number; to: number; sigma: number } | null = null
  eachMove(hosts, rules, (machine, from, to, reason) => {
    if (reason !== null) return
    const left = after(machine, from, to)
    if (best === null || below(left, best.sigma)) best = { machine: machine.name, from, to, sigma: tidy(left) }
  })
  // The compiler does not see that the visitor assigns.
  const found = best as { machine: string; from: number; to: number; sigma: number } | null
  if (found === null) return null
  const names = { machine: found.machine, from: hosts[found.from]!.name, to: hosts[found.to]!.name }
  return { ...names, sigma: found.sigma, gain: tidy(sigma - found.sigma) }
}

/** The hosts after a move. */
export function moved(hosts: readonly ClusterHost[], move: Pick<Move, 'machine' | 'from' | 'to'>): ClusterHost[] {
  const machine = hosts.find(({ name }) => name === move.from)?.machines.find(({ name }) => name === move.machine)
  if (machine === undefined) return [...hosts]
  return hosts.map((host) => {
    if (host.name === move.from) return { ...host, machines: host.machines.filter((one) => one !== machine) }
    return host.name === move.to ? { ...host, machines: [...host.machines, machine] } : host
  })
}

export interface BalancingStep extends Move {
  loads: number[]
  working: string
}

export interface BalancingPlan {
  steps: BalancingStep[]
  sigma: number
  loads: number[]
  /** why it stops: the target is reached, no move gains enough, or the most moves are made */
  ended: 'target' | 'no-gain' | 'most-moves'
}

/**
 * Greedy balancing: the move that lowers the imbalance most, again and again, while it gains more than a move costs and
 * the target is not reached (Gulati et al., VMware distributed resource management, 2012).
 * @param cost what a migration costs, in the unit of sigma, at least 0
 * @param most moves
 */
export function balanceGreedily(
  hosts: readonly ClusterHost[],
  resource: Resource,
  { target, cost, most, rules }: { target: number; cost: number; most: number; rules: PlacementRules },
): BalancingPlan {
  const steps: BalancingStep[] = []
  let now = [...hosts]
  for (;;) {
    const { sigma, loads } = balanceOf(now, resource)
    const end = (ended: BalancingPlan['ended']): BalancingPlan => ({ steps, sigma, loads, ended })
    if (sigma <= target) return end('target')
    if (steps.length >= most) return end('most-moves')
    const best = bestMove(now, resource, rules, sigma)
    if (best === null || tidy(sigma - best.sigma) <= cost || best.sigma >= sigma) return end('no-gain')
    now = moved(now, best)
    const after = balanceOf(now, resource)
    steps.push({
      ...best,
      loads: after.loads,
      working: `${best.machine} from ${best.from} to ${best.to}: sigma ${show(sigma)} - ${show(best.sigma)} = ${show(best.gain)} gained`,
    })
  }
}

export interface Priority {
  /** 6 - ceil(LBM / 0.1 * sqrt(hosts)), before it is clamped */
  raw: number
  /** 1 (mandatory) to 5 (hardly worth it) */
  priority: number
  working: string[]
}

/**
 * The classic priority of a recommendation, before vSphere 7. The printed formula is ambiguous; it is read from left to
 * right and clamped to 1 to 5.
 * @param lbm load balance metric: the imbalance, at least 0
 * @param hosts at least 1
 */
export function classicPriority(lbm: number, hosts: number): Priority {
  const raw = 6 - ceilOf((lbm / 0.1) * Math.sqrt(hosts))
  const priority = Math.min(5, Math.max(1, raw))
  return {
    raw,
    priority,
    working: [
      `6 - ceil(${show(lbm)} / 0.1 * sqrt(${show(hosts)})) = 6 - ceil(${show((lbm / 0.1) * Math.sqrt(hosts))}) = ${show(raw)}${raw === priority ? '' : `, clamped to ${priority}`}`,
      'This is the classic priority; vSphere 7 replaced it by a score of each machine.',
    ],
  }
}
