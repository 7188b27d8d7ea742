// Balloons, hypervisor swap and page sharing: what one machine gives, and the steps in which a host gets what it needs.
// Sizes in MiB. Pure; knows no input form and no drawing.
import { show, tidy } from '../figures.ts'

/** A balloon takes at most this part of the configured memory, in per cent. */
export const BALLOON_CAP_PERCENT = 65

export interface BalloonedMachine {
  /** memory that the machine was configured with */
  configured: number
  /** memory that its guest does not use */
  free: number
  /** whether a balloon driver runs in the guest */
  driver: boolean
}

export interface Ballooning {
  /** most that the balloon may hold */
  cap: number
  /** size that the balloon is given */
  target: number
  /** of it, what the guest had free */
  fromFree: number
  /** of it, what the guest pages out itself */
  guestPagesOut: number
  /** what the hypervisor swaps because the balloon cannot give it */
  hypervisorSwaps: number
  /** what the guest keeps; the currentMemory of KVM */
  currentMemory: number
  working: string[]
}

/**
 * The balloon target for an amount to be reclaimed from one machine; the guest gives free pages first, then pages out
 * by its own choice. What the balloon cannot give, the hypervisor swaps without knowing what the pages are for.
 * @param reclaim at least 0 and at most `configured`
 * @param capPercent 0 to 100
 */
export function balloon(
  { configured, free, driver }: BalloonedMachine,
  reclaim: number,
  capPercent = BALLOON_CAP_PERCENT,
): Ballooning {
  const cap = (configured * capPercent) / 100
  const target = driver ? Math.min(reclaim, cap) : 0
  const fromFree = Math.min(free, target)
  const swaps = reclaim - target
  const working = [
    `Cap: ${show(capPercent)} % of ${show(configured)} = ${show(cap)} MiB.`,
    driver
      ? `Balloon: min(${show(reclaim)}, ${show(cap)}) = ${show(target)} MiB.`
      : 'No balloon driver in the guest: the balloon stays empty.',
    `The guest gives min(${show(free)}, ${show(target)}) = ${show(fromFree)} MiB of free pages and pages out ${show(target - fromFree)} MiB itself.`,
    `The hypervisor swaps ${show(reclaim)} - ${show(target)} = ${show(swaps)} MiB.`,
    `The guest keeps ${show(configured)} - ${show(target)} = ${show(configured - target)} MiB.`,
  ]
  return {
    cap: tidy(cap),
    target: tidy(target),
    fromFree: tidy(fromFree),
    guestPagesOut: tidy(target - fromFree),
    hypervisorSwaps: tidy(swaps),
    currentMemory: tidy(configured - target),
    working,
  }
}

/**
 * What page sharing saves: of each set of identical pages one copy stays (Linux: KSM).
 * @param machines at least 1
 * @param identical size of what is the same in all of them
 */
export function sharedPages(machines: number, identical: number): { saved: number; working: string[] } {
  const saved = tidy((machines - 1) * identical)
  return { saved, working: [`(${show(machines)} - 1) * ${show(identical)} = ${show(saved)} MiB saved`] }
}
