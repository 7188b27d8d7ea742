// The ways of a run as the script of a document, and whether two scripts are the same. Pure functions; knows no host.
import type { Script } from '@contract/document.ts'
import type { RunStep } from '@contract/run.ts'
import { canonical } from '@simulation/canonical.ts'
import { type ScriptLine, type Way, pathTo, shared } from './ways.ts'

/** A script with the texts of its ways as they were typed, the first way first; null where events say it all. */
export interface KeptScript {
  script: Script
  texts: readonly (string | null)[]
}

/** @param nameOf what an unnamed branch is called, by its number from 1 */
export function keptScript(
  run: { simulation: string; seed: number },
  steps: readonly RunStep[],
  ways: readonly Way[],
  nameOf: (branch: number) => string,
): KeptScript {
  const paths = ways.map((way) => pathTo(steps, way.tip))
  const [main = [0]] = paths
  const eventsOf = (path: readonly number[]): unknown[] => path.map((step) => steps[step]?.event)
  const branches = ways.slice(1).map((way, index) => {
    const path = paths[index + 1] ?? [0]
    const common = shared(main, path)
    return { name: way.name || nameOf(index + 1), after: common - 1, events: eventsOf(path.slice(common)) }
  })
  const script: Script = { simulation: run.simulation, seed: run.seed, events: eventsOf(main.slice(1)) }
  return {
    script: branches.length === 0 ? script : { ...script, branches },
    texts: ways.map((way) => (plain(steps, way.lines) ? null : textOf(way.lines))),
  }
}

/** All events of each way of a script, its own first. */
export function waysOf({ events, branches = [] }: Script): { name: string; events: readonly unknown[] }[] {
  return [
    { name: '', events },
    ...branches.map((branch) => ({ name: branch.name, events: [...events.slice(0, branch.after), ...branch.events] })),
  ]
}

export const textOf = (lines: readonly ScriptLine[]): string => lines.map(({ text }) => text).join('\n')

/** Whether lines say nothing but what the steps' own lines say. */
function plain(steps: readonly RunStep[], lines: readonly ScriptLine[]): boolean {
  return lines.every(({ text, step }) => step !== null && steps[step]?.line === text)
}

export function sameScript(a: KeptScript | null, b: KeptScript | null): boolean {
  if (a === b) return true
  // Long scripts are seldom the same by chance, so their lengths are looked at first.
  if (a === null || b === null || a.script.events.length !== b.script.events.length) return false
  return canonical(a) === canonical(b)
}

export const sameEvents = (a: readonly unknown[], b: readonly unknown[]): boolean => canonical(a) === canonical(b)
