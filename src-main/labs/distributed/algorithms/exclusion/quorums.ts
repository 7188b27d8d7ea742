// The sets of nodes that Maekawa's algorithm asks: row and column of a square grid. Any two of them have a node in common.
// Source: M. Maekawa, A √N Algorithm for Mutual Exclusion in Decentralized Systems, ACM TOCS 3(2), 1985, section 6.

/**
 * Nodes are written row by row into a grid with ⌈√N⌉ columns; the last row may be shorter. Of two nodes at least one
 * stands in a full row, or both stand in the last one: the row of the one crosses the column of the other, or is the same.
 * @param index the node that asks, from 0 to `count` - 1
 * @returns indices in rising order, the node itself among them
 */
export function quorumOf(index: number, count: number): number[] {
  const columns = Math.ceil(Math.sqrt(count))
  const row = Math.floor(index / columns)
  const quorum: number[] = []
  for (let node = index % columns; node < row * columns; node += columns) quorum.push(node)
  for (let node = row * columns; node < Math.min(count, (row + 1) * columns); node += 1) quorum.push(node)
  for (let node = index + columns; node < count; node += columns) quorum.push(node)
  return quorum
}
