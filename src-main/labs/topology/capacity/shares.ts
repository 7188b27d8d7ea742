// CPU shares and weights under contention: weighted max-min fairness by water-filling, round by round.
// Pure; knows no input form and no drawing.
import { show, showSum, sumOf, tidy } from '../figures.ts'

/** One group that wants CPU. */
export interface Claimant {
  name: string
  /** shares (v1) or weight (v2); only ratios matter; above 0 */
  weight: number
  /** CPUs it would use if it could; null asks for all it can get; at least 0 */
  demand: number | null
  /** CPUs it may use at most, such as quota / period; null is no limit; at least 0 */
  limit: number | null
}

/** One round of water-filling: what is left is offered by weight, and who needs no more keeps only that. */
export interface SharingRound {
  /** CPUs still to be given */
  left: number
  /** sum of the weights of those who are not satisfied yet */
  weights: number
  /** who is offered what: in the order of the claimants, only those not satisfied yet */
  offers: { name: string; offer: number; satisfied: boolean }[]
}

export interface Sharing {
  /** CPUs for each claimant, in their order */
  allocations: number[]
  /** share of each allocation that weights promise under full contention: capacity * weight / all weights */
  entitlements: number[]
  rounds: SharingRound[]
  /** CPUs that nobody wants or may use */
  unused: number
  /** whether the demands are more than there is; only then do weights matter */
  contended: boolean
  working: string[]
}

/** What a claimant uses when nothing stands in its way but its own limit. */
const wants = ({ demand, limit }: Claimant): number => Math.min(demand ?? Infinity, limit ?? Infinity)

/**
 * Shares a capacity by weighted max-min fairness: nobody gets more than it wants, and nobody who wants more has less
 * per weight than somebody else (Bertsekas and Gallager, Data Networks, 6.5.2).
 * @param capacity CPUs, at least 0
 * @param claimants with weights above 0; each round satisfies at least one, so there are at most as many rounds
 */
export function shareCpu(capacity: number, claimants: readonly Claimant[]): Sharing {
  const given = claimants.map(() => 0)
  const rounds: SharingRound[] = []
  const working: string[] = []
  const all = sumOf(claimants.map(({ weight }) => weight))
  let open = claimants.map((_, index) => index)
  let left = capacity
  while (open.length > 0) {
    const weights = sumOf(open.map((index) => claimants[index]!.weight))
    const offers = open.map((index) => {
      const claimant = claimants[index]!
      const offer = (left * claimant.weight) / weights
      return { index, name: claimant.name, offer, satisfied: tidy(wants(claimant)) <= tidy(offer) }
    })
    rounds.push({
      left: tidy(left),
      weights: tidy(weights),
      offers: offers.map(({ name, offer, satisfied }) => ({ name, offer: tidy(offer), satisfied })),
    })
    working.push(`Round ${rounds.length}: ${show(left)} CPU left, weights ${show(weights)} in all.`)
    const content = offers.filter(({ satisfied }) => satisfied)
    for (const { index, name, offer, satisfied } of offers) {
      const claimant = claimants[index]!
      given[index] = satisfied ? wants(claimant) : offer
      const formula = `${name}: ${show(left)} * ${show(claimant.weight)} / ${show(weights)} = ${show(offer)}`
      working.push(`  ${formula}${satisfied ? `, needs only ${show(wants(claimant))} and keeps that` : ''}`)
    }
    if (content.length === 0) break
    left = Math.max(0, left - sumOf(content.map(({ index }) => wants(claimants[index]!))))
    open = open.filter((index) => !content.some((one) => one.index === index))
  }
  const allocations = given.map(tidy)
  const wanted = sumOf(claimants.map(wants))
  const unused = tidy(Math.max(0, capacity - sumOf(given)))
  working.push(
    `Given: ${showSum(allocations)} = ${show(sumOf(given))} of ${show(capacity)} CPU${unused > 0 ? `; ${show(unused)} CPU stay idle` : ''}.`,
  )
  return {
    allocations,
    entitlements: claimants.map(({ weight }) => tidy((capacity * weight) / all)),
    rounds,
    unused,
    contended: tidy(wanted) > tidy(capacity),
    working,
  }
}
