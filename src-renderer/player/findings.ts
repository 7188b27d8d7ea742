// Where along a branch something was found and where it ended again, for the marks on its line. Pure functions.
import type { Finding, RunStep } from '@contract/run.ts'

export interface FoundAt extends Finding {
  step: number
  depth: number
}

/** Every change of a property along a branch, at most `most` of them. */
export function findingsOf(branch: readonly number[], steps: readonly RunStep[], most: number): FoundAt[] {
  const found: FoundAt[] = []
  for (const at of branch) {
    const step = steps[at]
    if (step === undefined || step.finding === null) continue
    found.push({ ...step.finding, step: step.step, depth: step.depth })
    if (found.length === most) break
  }
  return found
}

/** The first step of a path from which on a property does not hold. */
export function firstFound(path: readonly number[], steps: readonly RunStep[]): RunStep | null {
  for (const at of path) {
    const step = steps[at]
    if (step?.finding?.holds === false) return step
  }
  return null
}

/** Stretches of a branch in which something is found: from the step that found it to the one that ends it, or the end. */
export function stretches(
  found: readonly FoundAt[],
  last: number,
): { from: number; to: number; mark: Finding['mark'] }[] {
  const made: { from: number; to: number; mark: Finding['mark'] }[] = []
  let open: FoundAt | null = null
  for (const one of found) {
    if (!one.holds) open ??= one
    else if (open !== null) {
      made.push({ from: open.depth, to: one.depth, mark: open.mark })
      open = null
    }
  }
  return open === null ? made : [...made, { from: open.depth, to: last, mark: open.mark }]
}
