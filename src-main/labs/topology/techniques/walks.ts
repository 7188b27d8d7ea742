// Memory references of page walks, entries that map a guest's memory, and what one exit of a nested guest costs.
// Pure; knows no input form and no drawing.
import { ceilOf, show, tidy } from '../figures.ts'

/** Size of one entry of a page table on a 64-bit machine. */
export const ENTRY_BYTES = 8

/** One memory reference of a two-dimensional walk. */
export interface WalkReference {
  /** guest level whose table is looked for, counted from the top; 0 stands for the final data address */
  guestLevel: number
  /** host level that is read; 0 stands for reading the guest's own entry */
  hostLevel: number
  sentence: string
}

/**
 * References of a walk through g guest levels under h host levels: each guest table and the data are found by a host
 * walk, g * h + g + h (Bhargava et al., Accelerating two-dimensional page walks, 2008). With h = 0 it is the plain walk.
 * @param g guest levels, at least 1
 * @param h host levels, at least 0
 */
export function pageWalk(g: number, h: number): { references: number; order: WalkReference[]; working: string[] } {
  const references = g * h + g + h
  const order: WalkReference[] = []
  const hostWalk = (guestLevel: number): void => {
    const what = guestLevel === 0 ? 'the page itself' : `guest table ${guestLevel}`
    for (let hostLevel = 1; hostLevel <= h; hostLevel += 1) {
      const found = hostLevel === h ? `gives the machine address of ${what}` : `leads to host table ${hostLevel + 1}`
      order.push({ guestLevel, hostLevel, sentence: `Host table ${hostLevel} of ${h} ${found}.` })
    }
  }
  for (let guestLevel = 1; guestLevel <= g; guestLevel += 1) {
    hostWalk(guestLevel)
    const next = guestLevel === g ? 'the page' : `guest table ${guestLevel + 1}`
    const kind = h === 0 ? 'machine' : 'guest physical'
    order.push({
      guestLevel,
      hostLevel: 0,
      sentence: `Guest table ${guestLevel} of ${g} gives the ${kind} address of ${next}.`,
    })
  }
  hostWalk(0)
  return {
    references,
    order,
    working: [`g * h + g + h = ${show(g)} * ${show(h)} + ${show(g)} + ${show(h)} = ${show(references)} references`],
  }
}

export interface LeafEntries {
  entries: number
  /** bytes that the entries take */
  bytes: number
  working: string[]
}

/**
 * Leaf entries that map a memory, without the tables above them.
 * @param memory and `page` in bytes, above 0
 */
export function leafEntries(memory: number, page: number): LeafEntries {
  const entries = ceilOf(memory, page)
  const bytes = entries * ENTRY_BYTES
  return {
    entries,
    bytes,
    working: [
      `entries = ceil(${sizeInWords(memory)} / ${sizeInWords(page)}) = ${show(entries)}`,
      `${show(entries)} * ${ENTRY_BYTES} bytes = ${sizeInWords(bytes)} of entries`,
    ],
  }
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** "64 GiB". @param bytes at least 0 */
export function sizeInWords(bytes: number): string {
  let [value, unit] = [bytes, 0]
  while (value >= 1024 && unit < UNITS.length - 1) [value, unit] = [value / 1024, unit + 1]
  return `${show(value)} ${UNITS[unit]}`
}

/**
 * What one exit of a guest's guest costs: the inner hypervisor handles it, and each of its own privileged accesses exits
 * again: c_exit * (1 + e) (Ben-Yehuda et al., The Turtles project, 2010).
 * @param accesses e, trapped accesses of the inner hypervisor for one exit, at least 0
 */
export function nestedExit(exit: number, accesses: number): { cycles: number; working: string[] } {
  const cycles = tidy(exit * (1 + accesses))
  return {
    cycles,
    working: [`c_exit * (1 + e) = ${show(exit)} * (1 + ${show(accesses)}) = ${show(cycles)} cycles`],
  }
}
