// A resource allocation graph as flat typed arrays, made for graphs of a million edges. Nodes are numbers: processes
// 0 … n-1 and resource types 0 … m-1, each in input order. Knows no names and no drawing.

/** Edges of one kind as three columns of equal length; a pair that occurs several times is one edge with the sum. */
export interface EdgeColumns {
  process: ArrayLike<number>
  resource: ArrayLike<number>
  /** units, each at least 1 */
  count: ArrayLike<number>
}

/** Rows of neighbours: row `i` is `to[start[i]]` … `to[start[i + 1] - 1]`, ascending, without repetition. */
export interface Rows {
  start: Int32Array
  to: Int32Array
  /** units of each entry; doubles, since a sum of counts may exceed 32 bits */
  count: Float64Array
}

export interface Rag {
  processes: number
  resources: number
  /** instances of each type */
  total: Float64Array
  /** units of each type that are assigned to somebody */
  assigned: Float64Array
  /** units of each type that nobody holds; negative when more are assigned than exist */
  available: Float64Array
  /** by process: the types it asks for */
  requests: Rows
  /** by process: the types it holds units of */
  holds: Rows
  /** by type: the processes that ask for it */
  requesters: Rows
  /** by type: the processes that hold units of it */
  holders: Rows
}

/**
 * Builds the graph in time linear in nodes and edges.
 * @param processes how many processes there are
 * @param total instances of each type
 * @param requested request edges, in any order
 * @param held assignment edges, in any order
 */
export function buildRag(processes: number, total: ArrayLike<number>, requested: EdgeColumns, held: EdgeColumns): Rag {
  const resources = total.length
  const requests = rowsByProcess(processes, resources, requested)
  const holds = rowsByProcess(processes, resources, held)
  const holders = transpose(holds, processes, resources)
  const assigned = new Float64Array(resources)
  for (let entry = 0; entry < holds.to.length; entry += 1) {
    assigned[holds.to[entry]!]! += holds.count[entry]!
  }
  const totals = Float64Array.from(total)
  return {
    processes,
    resources,
    total: totals,
    assigned,
    available: totals.map((instances, resource) => instances - assigned[resource]!),
    requests,
    holds,
    requesters: transpose(requests, processes, resources),
    holders,
  }
}

/** Position of the entry for `column` in row `row`, or -1. Rows are ascending, so this is a binary search. */
export function findEntry(rows: Rows, row: number, column: number): number {
  let low = rows.start[row]!
  let high = rows.start[row + 1]! - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const value = rows.to[middle]!
    if (value === column) return middle
    if (value < column) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Two counting sorts, by type and then by process, leave each row ascending; equal neighbours are then summed. */
function rowsByProcess(processes: number, resources: number, edges: EdgeColumns): Rows {
  const size = edges.process.length
  const byResource = countingOrder(edges.resource, resources, null)
  const order = countingOrder(edges.process, processes, byResource)
  const start = new Int32Array(processes + 1)
  const to = new Int32Array(size)
  const count = new Float64Array(size)
  let filled = 0
  let row = 0
  for (let position = 0; position < size; position += 1) {
    const edge = order[position]!
    const process = edges.process[edge]!
    const resource = edges.resource[edge]!
    while (row < process) start[++row] = filled
    if (filled > start[row]! && to[filled - 1] === resource) {
      count[filled - 1]! += edges.count[edge]!
    } else {
      to[filled] = resource
      count[filled] = edges.count[edge]!
      filled += 1
    }
  }
  while (row < processes) start[++row] = filled
  return filled === size ? { start, to, count } : { start, to: to.slice(0, filled), count: count.slice(0, filled) }
}

/** Edge numbers sorted by key, stable with regard to `before` (input order when null). */
function countingOrder(keys: ArrayLike<number>, range: number, before: Int32Array | null): Int32Array {
  const next = new Int32Array(range + 1)
  for (let edge = 0; edge < keys.length; edge += 1) next[keys[edge]! + 1]! += 1
  for (let key = 0; key < range; key += 1) next[key + 1]! += next[key]!
  const order = new Int32Array(keys.length)
  for (let position = 0; position < keys.length; position += 1) {
    const edge = before === null ? position : before[position]!
    order[next[keys[edge]!]!++] = edge
  }
  return order
}

function transpose(rows: Rows, from: number, columns: number): Rows {
  const start = new Int32Array(columns + 1)
  for (const column of rows.to) start[column + 1]! += 1
  for (let column = 0; column < columns; column += 1) start[column + 1]! += start[column]!
  const next = start.slice()
  const to = new Int32Array(rows.to.length)
  const count = new Float64Array(rows.to.length)
  for (let row = 0; row < from; row += 1) {
    for (let entry = rows.start[row]!; entry < rows.start[row + 1]!; entry += 1) {
      const place = next[rows.to[entry]!]!++
      to[place] = row
      count[place] = rows.count[entry]!
    }
  }
  return { start, to, count }
}
