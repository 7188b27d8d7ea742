// Whom a host takes memory from: shares per page, with a tax on idle pages, page by page.
// Pure; knows no input form and no drawing.
import { show, tidy } from '../figures.ts'

/** The usual tax on idle memory. */
export const IDLE_TAX = 0.75

export interface TaxedMachine {
  name: string
  /** above 0 */
  shares: number
  /** pages that it has, above 0 */
  pages: number
  /** fraction of them that it uses, 0 to 1 */
  active: number
}

export interface Taxed {
  name: string
  rho: number
  working: string
}

/**
 * Adjusted shares per page: rho = S / (P * (f + k * (1 - f))), k = 1 / (1 - tau) (Waldspurger, Memory resource
 * management in VMware ESX Server, 2002, section 5.2).
 * @param tax 0 (idle pages cost as much as others) to below 1
 */
export function adjustedSharesPerPage({ name, shares, pages, active }: TaxedMachine, tax: number): Taxed {
  const k = 1 / (1 - tax)
  const rho = shares / (pages * (active + k * (1 - active)))
  return {
    name,
    rho: tidy(rho),
    working: `${name}: rho = ${show(shares)} / (${show(pages)} * (${show(active)} + ${show(k)} * (1 - ${show(active)}))) = ${show(rho)}`,
  }
}

/** The machine that gives a page next: the lowest rho, the first of equals. @param rhos not empty */
export function payer(rhos: readonly number[]): number {
  return rhos.reduce((least, rho, index) => (rho < rhos[least]! ? index : least), 0)
}

export interface Reclaim {
  /** pages that each machine gives */
  taken: number[]
  /** pages that each has afterwards */
  pages: number[]
  rho: number[]
  /** pages that could not be had: every machine is down to its last page */
  missing: number
}

/**
 * Takes pages one by one from the machine with the lowest rho. Idle pages go first, so the number of active pages stays
 * and their fraction grows, until only active pages are left.
 * @param pages how many are to be taken
 */
export function reclaimPages(machines: readonly TaxedMachine[], tax: number, pages: number): Reclaim {
  const k = 1 / (1 - tax)
  const left = machines.map((machine) => machine.pages)
  const used = machines.map((machine) => machine.pages * machine.active)
  const rhoOf = (index: number): number => {
    const [all, busy] = [left[index]!, Math.min(left[index]!, used[index]!)]
    return machines[index]!.shares / (busy + k * (all - busy))
  }
  const rhos = machines.map((_, index) => tidy(rhoOf(index)))
  // What decides: a machine that is down to its last page gives no more.
  const asked = rhos.map((rho, index) => (left[index]! <= 1 ? Infinity : rho))
  const taken = machines.map(() => 0)
  let missing = 0
  for (let page = 0; page < pages; page += 1) {
    const index = payer(asked)
    if (asked[index] === Infinity) {
      missing = pages - page
      break
    }
    left[index] = left[index]! - 1
    taken[index] = taken[index]! + 1
    rhos[index] = tidy(rhoOf(index))
    asked[index] = left[index]! <= 1 ? Infinity : rhos[index]!
  }
  return { taken, pages: left, rho: rhos, missing }
}
