// Memory of a host with virtual machines, in the manner of ESXi: overcommit, minFree and the five states.
// Pure; knows no input form and no drawing.
import { show, showSum, sumOf, tidy } from '../figures.ts'

const BASE_FREE_MB = 899
const BASE_GB = 28
const MB_PER_GB = 1024

export interface Overcommit {
  configured: number
  /** physical memory without what the hypervisor takes itself */
  usable: number
  ratio: number
  overcommitted: boolean
  working: string[]
}

/**
 * Memory promised to virtual machines against what is there.
 * @param sizes configured memory of each machine, in the unit of the others
 * @param physical above `overhead`, which the hypervisor keeps for itself
 */
export function overcommit(sizes: readonly number[], physical: number, overhead: number): Overcommit {
  const configured = sumOf(sizes)
  const usable = physical - overhead
  const ratio = configured / usable
  return {
    configured: tidy(configured),
    usable: tidy(usable),
    ratio: tidy(ratio),
    overcommitted: tidy(ratio) > 1,
    working: [
      `Configured: ${showSum(sizes)} = ${show(configured)}.`,
      `Usable: ${show(physical)} - ${show(overhead)} = ${show(usable)}.`,
      `Ratio: ${show(configured)} / ${show(usable)} = ${show(ratio)}${tidy(ratio) > 1 ? ', more than there is' : ''}.`,
    ],
  }
}

/**
 * Memory that ESXi tries to keep free: 899 MB for the first 28 GB, and 1 % of the rest.
 * @param physicalGb above 0; a host below 28 GB is given the 899 MB too
 * @returns MB
 */
export function minFree(physicalGb: number): { minFree: number; working: string[] } {
  const rest = Math.max(0, physicalGb - BASE_GB)
  const value = BASE_FREE_MB + (rest * MB_PER_GB) / 100
  return {
    minFree: tidy(value),
    working: [
      `minFree = 899 + 1 % of (${show(physicalGb)} - 28) GB = 899 + 0.01 * ${show(rest)} * 1024 = ${show(value)} MB${rest === 0 ? ' (at most 28 GB, so nothing is added)' : ''}`,
    ],
  }
}

export type HostState = 'high' | 'clear' | 'soft' | 'hard' | 'low'

/** The states from much free memory to none: the least free / minFree in per cent, and what the host does in it. */
export const hostStates: readonly { state: HostState; from: number; actions: readonly string[] }[] = [
  { state: 'high', from: 100, actions: [] },
  { state: 'clear', from: 64, actions: ['page sharing'] },
  { state: 'soft', from: 32, actions: ['page sharing', 'ballooning'] },
  { state: 'hard', from: 16, actions: ['page sharing', 'ballooning', 'compression', 'swapping'] },
  { state: 'low', from: -Infinity, actions: ['page sharing', 'ballooning', 'compression', 'swapping', 'blocking'] },
]

export interface StateOfHost {
  free: number
  state: HostState
  /** free / minFree in per cent */
  percent: number
  actions: readonly string[]
  working: string
}

/** @param free and `least`, which is minFree, in MB; least above 0 */
export function hostState(free: number, least: number): StateOfHost {
  const percent = tidy((free / least) * 100)
  const { state, from, actions } = hostStates.find((one) => percent >= one.from) ?? hostStates.at(-1)!
  const bound = from === -Infinity ? 'below 16 %' : `at least ${from} %`
  return {
    free,
    state,
    percent,
    actions,
    working: `${show(free)} / ${show(least)} = ${show(percent)} %, ${bound}: ${state} (${actions.join(', ') || 'nothing to do'})`,
  }
}
