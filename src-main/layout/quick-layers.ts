// The layered layout for drawings in which lines cross many layers: without the auxiliary nodes that let lines bend
// around others, hence linear instead of slow. Works on numbers from 0; knows no ids.
import type { Ranks } from './ranks.ts'

const SWEEPS = 8

/**
 * Positions of centres: `along` the direction of the arrows and `across` it, both from 0 upward.
 * @param sizes length of each node along and across the direction of the arrows
 * @param gaps room between layers, and between nodes of a layer
 *
 * Order within layers: barycentres, Sugiyama, Tagawa, Toda (1981).
 */
export function quickLayers(
  sizes: readonly { along: number; across: number }[],
  { rank, forward }: Ranks,
  gaps: { along: number; across: number },
): { along: number; across: number }[] {
  const layers: number[][] = []
  rank.forEach((layer, node) => (layers[layer] ??= []).push(node))
  const neighbours: number[][] = sizes.map(() => [])
  for (const [a, b] of forward) {
    neighbours[a]?.push(b)
    neighbours[b]?.push(a)
  }
  // Where a node stands in its layer, from -1/2 to 1/2: layers of different length become comparable.
  const share = new Array<number>(sizes.length).fill(0)
  const settle = (layer: readonly number[]): void =>
    layer.forEach((node, i) => (share[node] = (i + 0.5) / layer.length - 0.5))
  layers.forEach(settle)
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = sweep % 2 === 0 ? layers : [...layers].reverse()
    for (const layer of order) {
      const wish = new Map(
        layer.map((node) => {
          const around = neighbours[node] ?? []
          const sum = around.reduce((total, other) => total + (share[other] ?? 0), 0)
          return [node, around.length === 0 ? (share[node] ?? 0) : sum / around.length]
        }),
      )
      layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b)
      settle(layer)
    }
  }
  return positions(sizes, layers, gaps)
}

function positions(
  sizes: readonly { along: number; across: number }[],
  layers: readonly (readonly number[])[],
  gaps: { along: number; across: number },
): { along: number; across: number }[] {
  const sizeOf = (node: number): { along: number; across: number } => sizes[node] ?? { along: 0, across: 0 }
  const breadth = layers.map((layer) =>
    layer.reduce((sum, node) => sum + sizeOf(node).across + gaps.across, -gaps.across),
  )
  const widest = breadth.reduce((a, b) => Math.max(a, b), 0)
  const places = sizes.map(() => ({ along: 0, across: 0 }))
  let start = 0
  layers.forEach((layer, index) => {
    const deep = layer.reduce((most, node) => Math.max(most, sizeOf(node).along), 0)
    let next = (widest - (breadth[index] ?? 0)) / 2
    for (const node of layer) {
      const { across } = sizeOf(node)
      places[node] = { along: start + deep / 2, across: next + across / 2 }
      next += across + gaps.across
    }
    start += deep + gaps.along
  })
  return places
}
