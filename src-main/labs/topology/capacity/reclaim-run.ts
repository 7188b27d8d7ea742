// A host that runs short of memory until it has minFree again: page sharing, balloons, swapping, as steps in time.
// Sizes in MB, which are MiB here as in ESXi. Pure; knows no input form and no drawing.
import { show, sumOf, tidy } from '../figures.ts'
import { BALLOON_CAP_PERCENT } from './balloon.ts'
import { type HostState, type StateOfHost, hostState } from './host-memory.ts'
import { payer } from './idle-tax.ts'

export interface ReclaimMachine {
  name: string
  configured: number
  shares: number
  /** fraction of its memory that it uses, 0 to 1 */
  active: number
  /** what it has twice, or like another machine, so that sharing saves it */
  shared: number
  /** whether a balloon driver runs in its guest */
  driver: boolean
  /** what it is promised and keeps by all means; nothing when left out */
  reserved?: number
}

export interface ReclaimStep {
  action: 'page sharing' | 'ballooning' | 'swapping'
  machine: string
  amount: number
  /** free memory and state of the host afterwards */
  free: number
  state: HostState
  sentence: string
}

export interface ReclaimRun {
  begin: StateOfHost
  end: StateOfHost
  steps: ReclaimStep[]
  /** what is still missing to minFree */
  missing: number
  given: { name: string; shared: number; ballooned: number; swapped: number }[]
  working: string[]
}

/**
 * What the host does in the state in which it begins, the gentlest first, until free memory is minFree: sharing takes
 * what is identical; balloons and swap take 1 MB at a time from the machine with the lowest adjusted shares per page.
 * A host that begins in the soft state never swaps, so it may stay short.
 * @param least minFree, above 0
 * @param tax 0 to below 1
 */
export function reclaimRun(free: number, least: number, machines: readonly ReclaimMachine[], tax: number): ReclaimRun {
  const begin = hostState(free, least)
  const k = 1 / (1 - tax)
  const given = machines.map(({ name }) => ({ name, shared: 0, ballooned: 0, swapped: 0 }))
  const left = machines.map(({ configured }) => configured)
  const steps: ReclaimStep[] = []
  let now = free

  const roomOf = (index: number): number => Math.max(0, left[index]! - (machines[index]!.reserved ?? 0))
  const does = (action: string): boolean => begin.actions.includes(action)
  const tell = (action: ReclaimStep['action'], index: number, amount: number, how: string): void => {
    now = tidy(now + amount)
    const { state, percent } = hostState(now, least)
    const { name } = machines[index]!
    const sentence = `${name} gives ${show(amount)} MB by ${how}: ${show(now)} MB free, ${show(percent)} % of minFree, ${state}.`
    steps.push({ action, machine: name, amount: tidy(amount), free: now, state, sentence })
  }
  const rhoOf = (index: number): number => {
    const { shares, configured, active } = machines[index]!
    const busy = Math.min(left[index]!, configured * active)
    return shares / (busy + k * (left[index]! - busy))
  }
  /** Takes what is missing, 1 MB at a time, where there is room; gives what each machine had to give. */
  const take = (room: number[]): number[] => {
    const taken = machines.map(() => 0)
    let missing = least - now
    const price = (index: number): number => (room[index]! > 0 ? tidy(rhoOf(index)) : Infinity)
    const rhos = machines.map((_, index) => price(index))
    while (tidy(missing) > 0) {
      const index = payer(rhos)
      if (rhos[index] === Infinity) break
      const amount = Math.min(1, missing, room[index]!)
      taken[index] = taken[index]! + amount
      left[index] = left[index]! - amount
      room[index] = tidy(room[index]! - amount)
      rhos[index] = price(index)
      missing -= amount
    }
    return taken
  }

  if (does('page sharing')) {
    machines.forEach(({ shared }, index) => {
      // Equal pages are there still, for all who had them; promised memory is given all the same.
      const amount = Math.min(shared, tidy(least - now))
      if (amount <= 0) return
      given[index]!.shared = tidy(amount)
      left[index] = left[index]! - amount
      tell('page sharing', index, amount, 'page sharing')
    })
  }
  if (does('ballooning')) {
    const room = machines.map(({ configured, driver }, index) =>
      driver ? Math.min((configured * BALLOON_CAP_PERCENT) / 100, roomOf(index)) : 0,
    )
    take(room).forEach((amount, index) => {
      if (amount <= 0) return
      given[index]!.ballooned = tidy(amount)
      tell('ballooning', index, amount, 'its balloon')
    })
  }
  if (does('swapping')) {
    take(machines.map((_, index) => roomOf(index))).forEach((amount, index) => {
      if (amount <= 0) return
      given[index]!.swapped = tidy(amount)
      tell('swapping', index, amount, 'compression and swap of the hypervisor')
    })
  }
  const end = hostState(now, least)
  const missing = tidy(Math.max(0, least - now))
  return {
    begin,
    end,
    steps,
    missing,
    given,
    working: [
      begin.working,
      ...steps.map(({ sentence }) => sentence),
      missing === 0
        ? `Enough: ${show(sumOf(steps.map(({ amount }) => amount)))} MB were taken back.`
        : `${show(missing)} MB are still missing: in the state ${begin.state} there is no more to take.`,
    ],
  }
}
