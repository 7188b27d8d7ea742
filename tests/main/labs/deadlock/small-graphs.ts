// Small random graphs for property tests, and facts about them computed the slow and obvious way. Shares no code with
// the engine: counts are plain tables, and every order is tried.
import fc from 'fast-check'
import { type Rag, buildRag } from '../../../../src-main/labs/deadlock/engine/graph.ts'

/** `held[p][r]` and `asked[p][r]` are units; `total[r]` are instances. */
export interface Table {
  total: number[]
  held: number[][]
  asked: number[][]
}

const table = (processes: number, resources: number, most: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: 0, max: most }), { minLength: resources, maxLength: resources }), {
    minLength: processes,
    maxLength: processes,
  })

/** Graphs without over-allocation; requests may be for more than exists. */
export const smallGraph: fc.Arbitrary<Table> = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain(([processes, resources]) =>
    fc.record({
      free: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: resources, maxLength: resources }),
      held: table(processes, resources, 2),
      asked: table(processes, resources, 2),
      sparse: table(processes, resources, 2),
    }),
  )
  .map(({ free, held, asked, sparse }) => ({
    total: free.map((units, r) => Math.max(1, units + held.reduce((sum, row) => sum + row[r]!, 0))),
    held,
    // two of three requests are dropped, so that both outcomes occur often
    asked: asked.map((row, p) => row.map((units, r) => (sparse[p]![r] === 0 ? units : 0))),
  }))

export function toRag({ total, held, asked }: Table): Rag {
  const columns = (units: number[][]) => {
    const process: number[] = []
    const resource: number[] = []
    const count: number[] = []
    units.forEach((row, p) =>
      row.forEach((n, r) => {
        if (n === 0) return
        process.push(p)
        resource.push(r)
        count.push(n)
      }),
    )
    return { process, resource, count }
  }
  return buildRag(held.length, total, columns(asked), columns(held))
}

export const freeAtStart = ({ total, held }: Table): number[] =>
  total.map((units, r) => units - held.reduce((sum, row) => sum + row[r]!, 0))

/** Every set of processes that some order of finishing can reach, by trying all orders. */
export function finishable(graph: Table): { everybody: boolean; somehow: Set<number> } {
  const somehow = new Set<number>()
  let everybody = graph.held.length === 0
  const go = (work: number[], done: number[]): void => {
    if (done.length === graph.held.length) everybody = true
    graph.asked.forEach((row, p) => {
      if (done.includes(p) || row.some((units, r) => units > work[r]!)) return
      somehow.add(p)
      go(
        work.map((units, r) => units + graph.held[p]![r]!),
        [...done, p],
      )
    })
  }
  go(freeAtStart(graph), [])
  return { everybody, somehow }
}

/** The same graph in which nobody asks for more than exists. */
export const capped = (graph: Table): Table => ({
  ...graph,
  asked: graph.asked.map((row) => row.map((units, r) => Math.min(units, graph.total[r]!))),
})

/** Whether `to` can be reached from `from` by at least one edge. */
export function reaches(edges: (from: number) => number[], from: number, to: number): boolean {
  const seen = new Set<number>()
  const todo = [...edges(from)]
  for (let v = todo.pop(); v !== undefined; v = todo.pop()) {
    if (v === to) return true
    if (seen.has(v)) continue
    seen.add(v)
    todo.push(...edges(v))
  }
  return false
}
