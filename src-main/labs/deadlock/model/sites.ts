// On which site each process of a distributed system runs. Pure functions of records; knows no engine.
import type { DeadlockModel, ProcessNode } from './schema.ts'

/** A process that does not say where it runs is on site 1. */
export function siteOf({ site }: ProcessNode): number {
  return site ?? 1
}

/** The sites that processes run on, ascending and each once. */
export function sitesOf({ nodes }: DeadlockModel): number[] {
  const sites = new Set(nodes.flatMap((node) => (node.kind === 'process' ? [siteOf(node)] : [])))
  return [...sites].sort((a, b) => a - b)
}
