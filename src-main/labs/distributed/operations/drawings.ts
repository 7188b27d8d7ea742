// Drawings that operations run their algorithms on, made from ids.
import type { DistributedModel, LinkEdge, NetworkNode } from '../model/schema.ts'

interface Said {
  crashed?: readonly number[]
  starts?: readonly number[]
}

const nodesOf = (ids: readonly number[], { crashed = [], starts = [] }: Said): NetworkNode[] =>
  ids.map((id) => ({
    id: `n${id}`,
    kind: 'node',
    name: `P${id}`,
    ...(crashed.includes(id) ? { down: true } : {}),
    ...(starts.includes(id) ? { starts: true } : {}),
  }))

const link = (from: number, to: number): LinkEdge => ({
  id: `l${from}-${to}`,
  kind: 'link',
  from: `n${from}`,
  to: `n${to}`,
})

/** Nodes that all reach each other, without links of their own. */
export const meshOf = (ids: readonly number[], said: Said = {}): DistributedModel => ({
  nodes: nodesOf(ids, said),
  edges: [],
})

/** A ring in the order of the ids. */
export function ringDrawing(ids: readonly number[], said: Said = {}): DistributedModel {
  const pairs = ids.map((id, place) => [id, ids[(place + 1) % ids.length] ?? id] as const)
  // Two nodes have one link between them, one has none.
  const edges = pairs.slice(0, ids.length < 3 ? ids.length - 1 : ids.length)
  return { nodes: nodesOf(ids, said), edges: edges.map(([from, to]) => link(from, to)) }
}

/** A full grid with ids from 1, row by row. */
export function gridDrawing(rows: number, columns: number): DistributedModel {
  const ids = Array.from({ length: rows * columns }, (_, index) => index + 1)
  const edges = ids.flatMap((id) => [
    ...(id % columns === 0 ? [] : [link(id, id + 1)]),
    ...(id + columns > rows * columns ? [] : [link(id, id + columns)]),
  ])
  return { nodes: nodesOf(ids, {}), edges }
}
