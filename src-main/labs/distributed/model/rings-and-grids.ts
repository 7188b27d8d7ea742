// Which shape the links of a drawing form, told from the links alone: one ring through all nodes, or a full grid.
// Knows no positions.
import type { DistributedModel } from './schema.ts'

type Linked = Pick<DistributedModel, 'nodes' | 'edges'>

/** Record ids of the neighbours of each node, in the order of the links. */
function neighboursOf({ nodes, edges }: Linked): Map<string, string[]> {
  const near = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of edges) {
    if (from === to || !near.has(from) || !near.has(to)) continue
    if (!near.get(from)?.includes(to)) near.get(from)?.push(to)
    if (!near.get(to)?.includes(from)) near.get(to)?.push(from)
  }
  return near
}

/**
 * The order of the nodes along the one ring that all links together form, from the first node of the drawing on.
 * The direction is that of the links where all agree, else that of the first link. One node alone, and two nodes with
 * a link, are rings too.
 * @returns record ids, or null where the links form no such ring
 */
export function ringOf(model: Linked): string[] | null {
  const { nodes, edges } = model
  const [first] = nodes
  if (first === undefined) return null
  if (nodes.length === 1) return [first.id]
  const near = neighboursOf(model)
  const two = nodes.length === 2
  if ([...near.values()].some((others) => others.length !== (two ? 1 : 2))) return null
  if (two) return nodes.map(({ id }) => id)
  const [lead] = edges
  if (lead === undefined) return null
  const order = [lead.from, lead.to]
  while (order.length <= nodes.length) {
    const [before, last] = [order.at(-2), order.at(-1)]
    const next = near.get(last ?? '')?.find((other) => other !== before)
    if (next === undefined) return null
    if (next === lead.from) break
    order.push(next)
  }
  if (order.length !== nodes.length) return null
  const along = new Set(order.map((id, place) => `${id} ${order[(place + 1) % order.length] ?? ''}`))
  const forward = edges.filter(({ from, to }) => along.has(`${from} ${to}`)).length
  const ring = forward * 2 >= edges.length ? order : order.reverse()
  const start = ring.indexOf(first.id)
  return [...ring.slice(start), ...ring.slice(0, start)]
}

export interface Grid {
  rows: number
  columns: number
  places: ReadonlyMap<string, { row: number; column: number }>
}

/**
 * The drawing as a full grid, told from its links. Row 0, column 0 is the corner that all its links lead away from, as
 * in a drawing that is kept in the shape of a grid; else the corner that comes first. The first row runs in the
 * direction of that corner's first link. Lines are grids of one row; a single node is one too.
 * @returns null where the links form no full grid
 */
export function gridOf(model: Linked): Grid | null {
  const { nodes } = model
  const near = neighboursOf(model)
  const count = nodes.length
  if (count === 0) return null
  if (count === 1) return { rows: 1, columns: 1, places: new Map([[nodes[0]?.id ?? '', { row: 0, column: 0 }]]) }
  const degree = (id: string): number => near.get(id)?.length ?? 0
  const least = Math.min(...nodes.map(({ id }) => degree(id)))
  const ends = new Set(model.edges.map(({ to }) => to))
  const corners = nodes
    .filter(({ id }) => degree(id) === least)
    .map(({ id }) => id)
    .sort((a, b) => Number(ends.has(a)) - Number(ends.has(b)))
  const [origin = '', ...others] = corners
  if (least < 1 || least > 2 || corners.length > 4) return null
  const fromOrigin = stepsFrom(origin, near)
  const first = near.get(origin)?.[0] ?? ''
  // A corner that the first link leads towards comes first: its row is the first one.
  const towards = others.map((corner) => ({ corner, steps: stepsFrom(corner, near) }))
  towards.sort((a, b) => Number(leads(b)) - Number(leads(a)))
  for (const { corner, steps } of towards) {
    const columns = (fromOrigin.get(corner) ?? 0) + 1
    const table = tableOf(nodes, columns, fromOrigin, steps)
    if (table !== null && isGrid(table, near)) return { rows: table.length, columns, places: placesOf(table) }
  }
  return null

  function leads({ corner, steps }: { corner: string; steps: ReadonlyMap<string, number> }): boolean {
    return (steps.get(first) ?? Infinity) < (fromOrigin.get(corner) ?? 0)
  }
}

/** The least number of links to each node that can be reached; breadth-first search. */
function stepsFrom(start: string, near: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const steps = new Map([[start, 0]])
  for (const [id, count] of steps) {
    for (const other of near.get(id) ?? []) if (!steps.has(other)) steps.set(other, count + 1)
  }
  return steps
}

/**
 * Each node at the place that its distances to two ends of the first row give: row + column from the one, and
 * row + (columns - 1 - column) from the other. Null where two share a place or one has none.
 */
function tableOf(
  nodes: Linked['nodes'],
  columns: number,
  fromLeft: ReadonlyMap<string, number>,
  fromRight: ReadonlyMap<string, number>,
): string[][] | null {
  const rows = nodes.length / columns
  if (!Number.isInteger(rows)) return null
  const table: string[][] = Array.from({ length: rows }, () => [])
  for (const { id } of nodes) {
    const [left, right] = [fromLeft.get(id) ?? NaN, fromRight.get(id) ?? NaN]
    const column = (left - right + columns - 1) / 2
    const line = Number.isInteger(column) && column >= 0 && column < columns ? table[left - column] : undefined
    if (line === undefined || line[column] !== undefined) return null
    line[column] = id
  }
  return table
}

function placesOf(table: readonly (readonly string[])[]): Map<string, { row: number; column: number }> {
  return new Map(table.flatMap((ids, row) => ids.map((id, column) => [id, { row, column }] as const)))
}

/** Whether exactly the links of a grid are there. */
function isGrid(table: readonly (readonly string[])[], near: ReadonlyMap<string, readonly string[]>): boolean {
  return table.every((ids, row) =>
    ids.every((id, column) => {
      const wanted = [
        table[row]?.[column - 1],
        table[row]?.[column + 1],
        table[row - 1]?.[column],
        table[row + 1]?.[column],
      ]
      const others = wanted.filter((other) => other !== undefined)
      const here = near.get(id) ?? []
      return here.length === others.length && others.every((other) => here.includes(other))
    }),
  )
}
