// The tree of steps as a person sees it: the branch through a step, and where the other branches leave. Pure functions.
import type { RunStep } from '@contract/run.ts'

/** For each step its children, in the order in which they were made. */
export function childrenOf(steps: readonly RunStep[]): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const { step, parent } of steps) {
    if (parent === null) continue
    const siblings = children.get(parent)
    if (siblings === undefined) children.set(parent, [step])
    else siblings.push(step)
  }
  return children
}

/** The steps from the initial state to `step`. */
export function pathTo(steps: readonly RunStep[], step: number): number[] {
  const path: number[] = []
  for (let at: number | null = step; at !== null; at = steps[at]?.parent ?? null) path.push(at)
  return path.reverse()
}

/** By step: the child that was gone to last. */
export type Choices = ReadonlyMap<number, number>
export const noChoices: Choices = new Map()

/** The choices after somebody went along this path; the same object when nothing changes. */
export function choose(choices: Choices, path: readonly number[]): Choices {
  const pairs = path.slice(1).map((child, index): [number, number] => [path[index] ?? 0, child])
  return pairs.every(([at, child]) => choices.get(at) === child) ? choices : new Map([...choices, ...pairs])
}

/**
 * The steps from the initial state through `current` to the end of its branch.
 * @param chosen where a branch forks; a step without a choice goes on to its oldest child
 */
export function branchThrough(
  steps: readonly RunStep[],
  children: ReadonlyMap<number, readonly number[]>,
  chosen: Choices,
  current: number,
): number[] {
  const branch = pathTo(steps, current)
  for (let at: number | undefined = current; at !== undefined;) {
    at = chosen.get(at) ?? children.get(at)?.[0]
    if (at !== undefined) branch.push(at)
  }
  return branch
}

/** One branch: a way that ends in a leaf, shown from the step at which it left an older branch. */
export interface Branch {
  /** the last step of the branch */
  tip: number
  /** the first step that belongs to this branch alone */
  first: number
  /** the step at which it leaves an older branch; null for the oldest one */
  from: number | null
  /** how many branches it leaves one after the other */
  level: number
}

/** All branches, each below the one it leaves: the oldest child goes on, every other child begins a branch. */
export function branchesOf(steps: readonly RunStep[], children: ReadonlyMap<number, readonly number[]>): Branch[] {
  const found: Branch[] = []
  const open: Omit<Branch, 'tip'>[] = steps.length === 0 ? [] : [{ first: 0, from: null, level: 0 }]
  for (let start = open.pop(); start !== undefined; start = open.pop()) {
    let tip = start.first
    const later: Omit<Branch, 'tip'>[] = []
    for (let next = children.get(tip); next !== undefined; next = children.get(tip)) {
      const from = tip
      for (const first of next.slice(1)) later.push({ first, from, level: start.level + 1 })
      tip = next[0] ?? tip
    }
    found.push({ ...start, tip })
    open.push(...later.reverse())
  }
  return found
}
