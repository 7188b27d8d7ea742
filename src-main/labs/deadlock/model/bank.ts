// A drawing as the operations on matrices take it, and what they answer: the page asks with these, the host answers with
// them. Knows no algorithm.
import { matricesOf } from './matrices.ts'
import type { DeadlockModel } from './schema.ts'

/** Numbers and names of a drawing in the order of its records; rows are processes, columns are types. */
export interface Bank {
  /** record ids, in the order of the rows and columns */
  processIds: string[]
  typeIds: string[]
  /** names, each there once: where two records share a name their ids are added */
  names: string[]
  types: string[]
  /** at least 0, also where more is held than exists */
  available: number[]
  allocation: number[][]
  /** the most that each process may come to hold: what it holds and its Need */
  max: number[][]
  need: number[][]
  request: number[][]
  /** whether any maximum is declared */
  declared: boolean
  /** name of the first type of which more is held than exists, or null */
  over: string | null
}

/** What `deadlock.banker` answers. */
export interface BankerOutput {
  safe: boolean
  need: number[][]
  order: string[]
  work: number[][]
  sequences: number | string
  stuck: string[]
}

/** What `deadlock.request` answers. */
export interface RequestOutput {
  answer: 'grant' | 'wait' | 'refuse: unsafe' | 'error: more than declared'
  available?: number[]
  order?: string[]
  work?: number[][]
  sequences?: number | string
  pretendedAvailable?: number[]
  stuck?: string[]
  /** types that fail the test which stopped it */
  short?: { type: string; asks: number; limit: number }[]
}

/** What `deadlock.order` answers. */
export interface OrderOutput {
  accepted: boolean
  /** index of the first wrong step, or null */
  at: number | null
  process: string | null
  missing: { type: string; needs: number; has: number }[]
  sentence: string
  /** at first, and after each right step */
  work: number[][]
}

/** What `deadlock.detect` answers. */
export interface DetectOutput {
  deadlock: boolean
  neverFinish: string[]
  neverFinishBookRule: string[]
  order: string[]
  work: number[][]
  finishingOrders: number | string
}

/** The matrices of a drawing, dense. Need is that of its verdict: the maximum less what is held, at least the request. */
export function bankOf(model: DeadlockModel): Bank {
  const { processes, types, available, cell, declared, need } = matricesOf(model)
  const rows = (units: (process: string, type: string) => number): number[][] =>
    processes.map((process) => types.map((type) => units(process.id, type.id)))
  const [allocation, needs] = [rows((process, type) => cell('allocation', process, type)?.count ?? 0), rows(need)]
  const over = available.findIndex((units) => units < 0)
  const typeNames = apart(types)
  return {
    processIds: processes.map(({ id }) => id),
    typeIds: types.map(({ id }) => id),
    names: apart(processes),
    types: typeNames,
    available: available.map((units) => Math.max(0, units)),
    allocation,
    max: allocation.map((row, process) => row.map((units, type) => units + needs[process]![type]!)),
    need: needs,
    request: rows((process, type) => cell('request', process, type)?.count ?? 0),
    declared,
    over: over === -1 ? null : typeNames[over]!,
  }
}

/** Names that tell their records apart. */
function apart(nodes: readonly { id: string; name: string }[]): string[] {
  const counts = new Map<string, number>()
  for (const { name } of nodes) counts.set(name, (counts.get(name) ?? 0) + 1)
  return nodes.map(({ id, name }) => (counts.get(name) === 1 ? name : `${name.slice(0, 24)} (${id})`))
}
