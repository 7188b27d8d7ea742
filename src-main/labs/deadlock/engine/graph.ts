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

/**
 * Bucketing by type and turning the buckets round leaves each process's row in ascending order, with equal types side by
 * side, which are then summed. Linear, and each pass reads in sequence.
 */
function rowsByProcess(processes: number, resources: number, edges: EdgeColumns): Rows {
  const buckets = bucket(edges.resource, edges.process, edges.count, resources)
  return withoutRepetition(transpose(buckets, resources, processes), processes)
}

/** Entries in rows by key, in the order in which they come. */
function bucket(keys: ArrayLike<number>, values: ArrayLike<number>, counts: ArrayLike<number>, rows: number): Rows {
  const size = keys.length
  const start = new Int32Array(rows + 1)
  for (let entry = 0; entry < size; entry += 1) start[keys[entry]! + 1]! += 1
  for (let row = 0; row < rows; row += 1) start[row + 1]! += start[row]!
  const next = start.slice()
  const to = new Int32Array(size)
  const count = new Float64Array(size)
  for (let entry = 0; entry < size; entry += 1) {
    const place = next[keys[entry]!]!++
    to[place] = values[entry]!
    count[place] = counts[entry]!
  }
  return { start, to, count }
}

/** Sums neighbours with the same column; works in the given arrays. */
function withoutRepetition({ start, to, count }: Rows, rows: number): Rows {
  let filled = 0
  let entry = 0
  for (let row = 0; row < rows; row += 1) {
    const first = filled
    const end = start[row + 1]!
    for (; entry < end; entry += 1) {
      if (filled > first && to[filled - 1] === to[entry]) {
        count[filled - 1]! += count[entry]!
        continue
      }
      to[filled] = to[entry]!
      count[filled] = count[entry]!
      filled += 1
    }
    start[row + 1] = filled
  }
  return filled === to.length ? { start, to, count } : { start, to: to.slice(0, filled), count: count.slice(0, filled) }
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
