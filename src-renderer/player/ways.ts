// The ways through a run that are kept: each is a path from the initial state to its tip, with a name and the lines that
// tell it. The first one is the run's own way, the others are its branches. Pure functions; knows no host.
import type { LineProblem, RunStep } from '@contract/run.ts'

/** A line of a way's script; `step` is null for a comment, an empty line, and a line that could not be played. */
export interface ScriptLine {
  readonly text: string
  readonly step: number | null
}

export interface Way {
  /** the same for as long as the way exists */
  readonly id: number
  /** empty while nobody has named it */
  readonly name: string
  readonly tip: number
  readonly lines: readonly ScriptLine[]
  /** why the lines after it were not played */
  readonly problem: LineProblem | null
}

export const firstWay: Way = { id: 0, name: '', tip: 0, lines: [], problem: null }

/** The steps from the initial state to `step`. */
export function pathTo(steps: readonly RunStep[], step: number): number[] {
  const path: number[] = []
  for (let at: number | null = step; at !== null; at = steps[at]?.parent ?? null) path.push(at)
  return path.reverse()
}

/** How many steps some way goes through. */
export function stepsOn(steps: readonly RunStep[], ways: readonly Way[]): number {
  return new Set(ways.flatMap((way) => pathTo(steps, way.tip))).size
}

/** How many steps two paths begin with in common. */
export function shared(a: readonly number[], b: readonly number[]): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count += 1
  return count
}

/**
 * The ways after somebody went to `step`, and which one leads there: the shown one when it does, else the first that
 * does. Going on from the end of the shown way makes it longer; going elsewhere begins a way of its own.
 */
export function wayTo(
  steps: readonly RunStep[],
  ways: readonly Way[],
  shown: number,
  step: number,
): { ways: readonly Way[]; shown: number } {
  const path = pathTo(steps, step)
  const depth = path.length - 1
  const leads = (way: Way): boolean => pathTo(steps, way.tip)[depth] === step
  const now = ways[shown] ?? firstWay
  if (leads(now)) return { ways, shown }
  const other = ways.findIndex(leads)
  if (other >= 0) return { ways, shown: other }

  const common = shared(path, pathTo(steps, now.tip))
  const added = path.slice(common).map((at): ScriptLine => ({ text: steps[at]?.line ?? '', step: at }))
  const [before, after] = cut(now.lines, path[common - 1] ?? 0)
  if (path[common - 1] === now.tip) {
    // What is typed behind the end and cannot be played stays behind what was played since.
    const problem = now.problem === null ? null : { ...now.problem, line: now.problem.line + added.length }
    return { ways: ways.with(shown, { ...now, tip: step, lines: [...before, ...added, ...after], problem }), shown }
  }
  const id = Math.max(...ways.map((way) => way.id)) + 1
  return {
    ways: [...ways, { id, name: '', tip: step, lines: [...before, ...added], problem: null }],
    shown: ways.length,
  }
}

/** The lines up to the one that leads to `step`, and the others. Comments above the first event stay above it. */
function cut(lines: readonly ScriptLine[], step: number): [readonly ScriptLine[], readonly ScriptLine[]] {
  const at = step === 0 ? firstStatement(lines) : lines.findIndex((line) => line.step === step) + 1
  return [lines.slice(0, at), lines.slice(at)]
}

function firstStatement(lines: readonly ScriptLine[]): number {
  const at = lines.findIndex((line) => !/^\s*(#|$)/.test(line.text))
  return at === -1 ? lines.length : at
}

/** A way as the list of branches shows it: where it leaves another one. */
export interface Branch {
  way: number
  id: number
  name: string
  /** the last step of the branch */
  tip: number
  /** the first step that belongs to this branch alone; its tip when there is none */
  first: number
  /** the step at which it leaves another one; null for the first way */
  from: number | null
  /** how many branches it leaves one after the other */
  level: number
}

/** All ways, each below the one it leaves. A step belongs to the first way that goes through it. */
export function branchesOf(steps: readonly RunStep[], ways: readonly Way[]): Branch[] {
  const owner = new Map<number, number>()
  const below = new Map<number, Branch[]>()
  const found = ways.map(({ id, name, tip }, way): Branch => {
    const path: number[] = []
    let at: number | null = tip
    for (; at !== null && !owner.has(at); at = steps[at]?.parent ?? null) path.push(at)
    for (const step of path) owner.set(step, way)
    const left = way === 0 ? undefined : owner.get(at ?? 0)
    return { way, id, name, tip, first: path.at(-1) ?? tip, from: left === undefined ? null : at, level: left ?? -1 }
  })
  for (const branch of found) below.set(branch.level, [...(below.get(branch.level) ?? []), branch])
  // Until here `level` was the number of the way that it leaves.
  const listed: Branch[] = []
  const open = (below.get(-1) ?? []).map((branch) => ({ ...branch, level: 0 })).reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    listed.push(next)
    const level = next.level + 1
    open.push(...(below.get(next.way) ?? []).map((branch) => ({ ...branch, level })).reverse())
  }
  return listed
}
