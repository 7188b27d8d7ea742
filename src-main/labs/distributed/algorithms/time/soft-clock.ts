// A clock that is corrected by running faster or slower, as an algorithm keeps it beside the node's own clock, which
// nobody can set. Knows no algorithm.

export interface SoftClock {
  /** what was added to the node's own clock when that showed `since`, in ms */
  readonly applied: number
  /** what is to be added in the end */
  readonly target: number
  readonly since: number
  /** by so many of a hundred ms it runs faster or slower until then; 0: the target was reached at once */
  readonly percent: number
}

export const freshClock: SoftClock = { applied: 0, target: 0, since: 0, percent: 0 }

/** What is added to the node's own clock while that shows `clock`. */
export function correctionAt({ applied, target, since, percent }: SoftClock, clock: number): number {
  const most = (Math.max(0, clock - since) * percent) / 100
  return Math.abs(target - applied) <= most ? target : applied + Math.sign(target - applied) * most
}

/** What it shows while the node's own clock shows `clock`; never less than before while `percent` is below 100. */
export const shown = (soft: SoftClock, clock: number): number => clock + correctionAt(soft, clock)

/** The same clock, on its way to another correction from now on. */
export function aim(soft: SoftClock, target: number, clock: number, percent: number): SoftClock {
  const applied = percent === 0 ? target : correctionAt(soft, clock)
  return { applied, target, since: clock, percent }
}
