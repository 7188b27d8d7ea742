// What follows from an answer, as edits of the drawing with one entry in history each. Knows no table and no keys.
import type { DeadlockModel } from '@labs/deadlock/model/index.ts'
import { type CellChange, matricesOf, withCells } from '@labs/deadlock/model/matrices.ts'

/** Units that a process asks for, by ids. */
export interface Asked {
  process: string
  units: readonly { type: string; count: number }[]
}

/** The drawing with the units assigned; as many of them as were drawn as requests are asked for no longer. */
export function granted(model: DeadlockModel, { process, units }: Asked): DeadlockModel {
  const matrices = matricesOf(model)
  const now = (matrix: 'allocation' | 'request', type: string): number =>
    matrices.cell(matrix, process, type)?.count ?? 0
  return withCells(
    model,
    units
      .filter(({ count }) => count > 0)
      .flatMap(({ type, count }): CellChange[] => {
        const left = Math.max(0, now('request', type) - count)
        const held: CellChange = { matrix: 'allocation', process, type, units: now('allocation', type) + count }
        return left === now('request', type) ? [held] : [held, { matrix: 'request', process, type, units: left }]
      }),
  )
}

/** The drawing with the units drawn as requests of the process, in the place of those it has of these types. */
export function requested(model: DeadlockModel, { process, units }: Asked): DeadlockModel {
  return withCells(
    model,
    units
      .filter(({ count }) => count > 0)
      .map(({ type, count }): CellChange => ({ matrix: 'request', process, type, units: count })),
  )
}

/** The process, the types it asks for, and the lines between them. */
export function lightsOf(model: DeadlockModel, { process, units }: Asked): string[] {
  const types = new Set(units.filter(({ count }) => count > 0).map(({ type }) => type))
  const lines = model.edges.filter(
    ({ from, to }) => (from === process && types.has(to)) || (to === process && types.has(from)),
  )
  return [process, ...types, ...lines.map(({ id }) => id)]
}
