// The drawing as matrices: what each process holds and asks for of each type, and changes of single cells.
// Sparse: a matrix of a large drawing is mostly zeros. Available is derived, never stored.
import { MAX_INSTANCES } from '../../../contract/limits.ts'
import { tableKind, readTable } from '../../../formats/tables/read.ts'
import type { DeadlockModel, ProcessNode, ResourceNode } from './schema.ts'

/** Which of the matrices that can be edited. */
export type Matrix = 'allocation' | 'request' | 'max'
/** Need is worked out from the others. */
export type ShownMatrix = Matrix | 'need'

export interface Matrices {
  processes: readonly ProcessNode[]
  types: readonly ResourceNode[]
  /** units minus what is held of each type, in the order of `types`; negative where more is held than exists */
  available: readonly number[]
  /** the edge of a cell with its number of units; undefined for an empty cell */
  cell(matrix: Matrix, process: string, type: string): { id: string; count: number } | undefined
  /** whether any maximum is declared; without one the drawing is about requests alone */
  declared: boolean
  /** the declared maximum of a process, by ids; where none is declared, what it holds and asks for */
  maximum(process: string, type: string): number
  /** what the process may still ask for and has not got: its maximum less what it holds, at least what it asks for */
  need(process: string, type: string): number
}

const key = (matrix: Matrix, process: string, type: string): string => `${matrix} ${process} ${type}`

/** Rows and columns in the order of the drawing's records. */
export function matricesOf(model: DeadlockModel): Matrices {
  const processes = model.nodes.filter((node) => node.kind === 'process')
  const types = model.nodes.filter((node) => node.kind === 'resource')
  const cells = new Map<string, { id: string; count: number }>()
  const held = new Map<string, number>()
  for (const { id, kind, from, to, count } of model.edges) {
    if (kind === 'request') cells.set(key('request', from, to), { id, count })
    else if (kind === 'claim') cells.set(key('max', from, to), { id, count })
    else {
      cells.set(key('allocation', to, from), { id, count })
      held.set(from, (held.get(from) ?? 0) + count)
    }
  }
  const units = (matrix: Matrix, process: string, type: string): number =>
    cells.get(key(matrix, process, type))?.count ?? 0
  const busy = (process: string, type: string): number =>
    units('allocation', process, type) + units('request', process, type)
  const maximum = (process: string, type: string): number =>
    cells.get(key('max', process, type))?.count ?? busy(process, type)
  return {
    declared: model.edges.some(({ kind }) => kind === 'claim'),
    maximum,
    need: (process, type) =>
      Math.max(maximum(process, type) - units('allocation', process, type), units('request', process, type)),
    processes,
    types,
    available: types.map(({ id, instances }) => instances - (held.get(id) ?? 0)),
    cell: (matrix, process, type) => cells.get(key(matrix, process, type)),
  }
}

export interface CellChange {
  matrix: Matrix
  /** id of the process */
  process: string
  /** id of the type */
  type: string
  /** 0 removes the edge; at most MAX_INSTANCES */
  units: number
}

/** The drawing with these cells changed; where several name one cell, the last holds. New edges get ids of their own. */
export function withCells(model: DeadlockModel, changes: readonly CellChange[]): DeadlockModel {
  const wanted = new Map(changes.map((change) => [key(change.matrix, change.process, change.type), change]))
  const keyOf = ({ kind, from, to }: DeadlockModel['edges'][number]): string =>
    kind === 'assignment' ? key('allocation', to, from) : key(kind === 'claim' ? 'max' : 'request', from, to)
  const edges = model.edges.flatMap((edge) => {
    const change = wanted.get(keyOf(edge))
    if (change === undefined) return [edge]
    wanted.delete(keyOf(edge))
    return change.units === 0 ? [] : [{ ...edge, count: change.units }]
  })
  const taken = new Set([...model.nodes, ...model.edges].map(({ id }) => id))
  let number = 1
  for (const { matrix, process, type, units } of wanted.values()) {
    if (units === 0) continue
    while (taken.has(`e${number}`)) number += 1
    const id = `e${number}`
    taken.add(id)
    edges.push(
      matrix !== 'allocation'
        ? { id, kind: matrix === 'max' ? 'claim' : matrix, from: process, to: type, count: units }
        : { id, kind: 'assignment', from: type, to: process, count: units },
    )
  }
  return { ...model, edges }
}

/** Units as a person writes them in a cell: 0 for an empty one, null for what is no number of units. */
export function unitsOf(text: string): number | null {
  const clean = text.trim()
  if (clean === '' || /^[-–—·.]$/.test(clean)) return 0
  return /^\d{1,7}$/.test(clean) && Number(clean) <= MAX_INSTANCES ? Number(clean) : null
}

/**
 * A block of cells as it comes from the clipboard: spreadsheet cells, CSV or a Markdown table, without empty rows.
 * @throws InterlockError `bad-input` for quotes that are not closed
 */
export function pastedCells(text: string): string[][] {
  // A single number has no separator that could tell what it is.
  if (!/[\t,;|\n ]/.test(text.trim())) return [[text.trim()]]
  const { rows } = readTable(text, tableKind(text))
  return rows.filter((row) => row.length > 0).map((row) => row.map((cell) => cell.text))
}
