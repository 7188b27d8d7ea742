// The engine against definitions and brute force on small graphs; against known answers on long ones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wholeGraph } from '../../../../src-main/labs/deadlock/engine/adjacency.ts'
import { BEHIND, FREE, IMPOSSIBLE, RING, analyse } from '../../../../src-main/labs/deadlock/engine/analysis.ts'
import { components } from '../../../../src-main/labs/deadlock/engine/components.ts'
import { simpleCycles } from '../../../../src-main/labs/deadlock/engine/cycles.ts'
import { buildRag } from '../../../../src-main/labs/deadlock/engine/graph.ts'
import { reduce, workAfterEach } from '../../../../src-main/labs/deadlock/engine/reduction.ts'
import { waitFor } from '../../../../src-main/labs/deadlock/engine/wait-for.ts'
import { type Table, capped, finishable, freeAtStart, reaches, smallGraph, toRag } from './small-graphs.ts'

const runs = { numRuns: 1500 }
const generous = { listed: 10_000, listedVertices: 1_000_000, found: 1_000_000, work: 10_000_000 }
const everyProcess = (graph: Table): number[] => graph.held.map((_, p) => p)

describe('reduction', () => {
  test('finishes exactly the processes that some order of finishing reaches', () => {
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const { finishes } = reduce(toRag(graph), false)
        const { somehow } = finishable(graph)
        expect(everyProcess(graph).filter((p) => finishes[p] === 1)).toEqual([...somehow].sort((a, b) => a - b))
      }),
      runs,
    )
  })

  test('takes the lowest-numbered process that fits, each time anew, and its Work is the sum of what was given back', () => {
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const rag = toRag(graph)
        const { order, work } = reduce(rag, false)
        const steps = workAfterEach(rag, order, 1_000_000)
        let free = freeAtStart(graph)
        const done = new Set<number>()
        for (const [step, process] of order.entries()) {
          expect(steps[step]).toEqual(free)
          const fitting = everyProcess(graph).filter(
            (p) => !done.has(p) && graph.asked[p]!.every((units, r) => units <= free[r]!),
          )
          expect(process).toBe(fitting[0])
          done.add(process)
          free = free.map((units, r) => units + graph.held[process]![r]!)
        }
        expect([...work]).toEqual(free)
        expect(steps.at(-1)).toEqual(free)
      }),
      runs,
    )
  })

  test('lists fewer Work vectors when they would be too many numbers', () => {
    const rag = toRag({
      total: [1, 1],
      held: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      asked: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    })
    expect(workAfterEach(rag, [0, 1, 2], 5)).toEqual([
      [1, 1],
      [1, 1],
    ])
  })
})

describe('analysis', () => {
  test('says deadlock exactly when no order lets everybody finish, requests for too much counted as for all there is', () => {
    let deadlocks = 0
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const { deadlock } = analyse(toRag(graph))
        expect(deadlock).toBe(!finishable(capped(graph)).everybody)
        if (deadlock === true) deadlocks += 1
      }),
      runs,
    )
    expect(deadlocks).toBeGreaterThan(100)
    expect(deadlocks).toBeLessThan(1400)
  })

  test('gives each process the class of its definition', () => {
    const seen = new Set<number>()
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const { classes } = analyse(toRag(graph))
        const plain = finishable(graph).somehow
        const limited = capped(graph)
        const free = finishable(limited).somehow
        const stuck = everyProcess(graph).filter((p) => !free.has(p))
        const work = limited.total.map((units, r) => units - stuck.reduce((sum, p) => sum + graph.held[p]![r]!, 0))
        const successors = (p: number): number[] =>
          stuck.filter((q) => graph.total.some((_, r) => limited.asked[p]![r]! > work[r]! && graph.held[q]![r]! > 0))
        const expected = everyProcess(graph).map((p) => {
          if (plain.has(p)) return FREE
          if (stuck.includes(p) && reaches(successors, p, p)) return RING
          return graph.asked[p]!.some((units, r) => units > graph.total[r]!) ? IMPOSSIBLE : BEHIND
        })
        expect([...classes]).toEqual(expected)
        expected.forEach((kind) => seen.add(kind))
      }),
      runs,
    )
    expect(seen.size).toBe(4)
  })

  test('shows a ring by a cycle of the drawing that starts at its lowest member', () => {
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const { rings } = analyse(toRag(graph))
        for (const { members, witness } of rings) {
          expect(witness[0]).toBe(members[0])
          expect(new Set(witness).size).toBe(witness.length)
          witness.forEach((vertex, index) => {
            const next = witness[(index + 1) % witness.length]!
            const n = graph.held.length
            const units = vertex < n ? graph.asked[vertex]![next - n]! : graph.held[next]![vertex - n]!
            expect(units).toBeGreaterThan(0)
          })
        }
      }),
      runs,
    )
  })

  test('a request for more than exists is no deadlock, nor is waiting behind it; a ring beside it is one', () => {
    // P0 asks for 2 of the 1 unit of R0 and holds R1, for which P1 waits
    const alone = toRag({
      total: [1, 1],
      held: [
        [0, 1],
        [0, 0],
      ],
      asked: [
        [2, 0],
        [0, 1],
      ],
    })
    expect(analyse(alone)).toMatchObject({ deadlock: false, impossible: [{ process: 0, resource: 0, count: 2 }] })
    expect([...analyse(alone).classes]).toEqual([IMPOSSIBLE, BEHIND])
    // P2 and P3 hold R2 and R3 crosswise
    const beside = toRag({
      total: [1, 1, 1],
      held: [
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      asked: [
        [2, 0, 0],
        [0, 0, 1],
        [0, 1, 0],
      ],
    })
    expect(analyse(beside).deadlock).toBe(true)
    expect([...analyse(beside).classes]).toEqual([IMPOSSIBLE, RING, RING])
  })

  test('withholds the answer while more is assigned than exists', () => {
    const graph = toRag({ total: [1], held: [[1], [1]], asked: [[1], [1]] })
    expect(analyse(graph)).toMatchObject({ deadlock: null, overAllocated: [0], rings: [] })
  })
})

describe('wait-for graph', () => {
  test('joins whoever asks for more than is available with every holder', () => {
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const free = freeAtStart(graph)
        const expected = everyProcess(graph).flatMap((p) =>
          everyProcess(graph)
            .filter((q) => free.some((units, r) => graph.asked[p]![r]! > units && graph.held[q]![r]! > 0))
            .map((q) => [p, q]),
        )
        const { from, to, complete } = waitFor(toRag(graph), 1000)
        expect(from.map((p, index) => [p, to[index]])).toEqual(expected)
        expect(complete).toBe(true)
      }),
      runs,
    )
  })

  test('is cut where asked, and says so', () => {
    const graph = toRag({ total: [2], held: [[1], [1]], asked: [[1], [1]] })
    expect(waitFor(graph, 3)).toEqual({ from: [0, 0, 1], to: [0, 1, 0], complete: false })
    expect(waitFor(graph, 4).complete).toBe(true)
  })
})

describe('cycles', () => {
  /** All simple cycles by walking every path, lowest vertex first. */
  function everyCycle(graph: Table): number[][] {
    const n = graph.held.length
    const successors = (v: number): number[] =>
      v < n
        ? graph.total.flatMap((_, r) => (graph.asked[v]![r]! > 0 ? [n + r] : []))
        : everyProcess(graph).filter((p) => graph.held[p]![v - n]! > 0)
    const found: number[][] = []
    const walk = (path: number[]): void => {
      for (const next of successors(path.at(-1)!)) {
        if (next === path[0]) found.push(path)
        else if (next > path[0]! && !path.includes(next)) walk([...path, next])
      }
    }
    for (let v = 0; v < n + graph.total.length; v += 1) walk([v])
    return found
  }

  test('are all simple cycles, in lexicographic order', () => {
    let cycles = 0
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const { listed, found, complete } = simpleCycles(wholeGraph(toRag(graph)), generous)
        const expected = everyCycle(graph)
        expect(listed.map((cycle) => [...cycle])).toEqual(expected)
        expect(found).toBe(expected.length)
        expect(complete).toBe(true)
        cycles += found
      }),
      runs,
    )
    expect(cycles).toBeGreaterThan(1000)
  })

  /** n processes and n types; everybody holds and asks for one unit of everything. */
  const complete = (n: number) => {
    const total = Array.from({ length: n }, () => n)
    return toRag({
      total,
      held: total.map(() => total.map(() => 1)),
      asked: total.map(() => total.map(() => 1)),
    })
  }

  test('of the complete graph of 4 processes and 4 types are as many as the formula says', () => {
    // directed cycles of K(n,n): sum over k of C(n,k)^2 k! (k-1)!
    const choose = [4, 6, 4, 1]
    const factorial = [1, 1, 2, 6, 24]
    const known = choose.reduce((sum, c, index) => sum + c * c * factorial[index + 1]! * factorial[index]!, 0)
    const { found, listed } = simpleCycles(wholeGraph(complete(4)), { ...generous, listed: 200 })
    expect(found).toBe(known)
    expect(listed).toHaveLength(Math.min(200, known))
  })

  test('stop when the work is spent, with the first ones listed as in a full search', () => {
    const graph = wholeGraph(complete(8))
    const cut = simpleCycles(graph, { ...generous, listed: 5, work: 20_000 })
    expect(cut.complete).toBe(false)
    expect(cut.found).toBeGreaterThan(5)
    expect(cut.listed).toEqual(simpleCycles(graph, { ...generous, listed: 5, work: 200_000 }).listed)
  })
})

describe('a search for cycles with few wanted', () => {
  test('stops once so many are counted, and says that more may exist', () => {
    const two = wholeGraph(toRag({ total: [2], held: [[1], [1]], asked: [[1], [1]] }))
    expect(simpleCycles(two, { ...generous, found: 1 })).toMatchObject({ found: 1, complete: false })
    expect(simpleCycles(two, { ...generous, found: 3 })).toMatchObject({ found: 2, complete: true })
  })
})

describe('long graphs', () => {
  const n = 100_000
  const index = Int32Array.from({ length: n }, (_, i) => i)
  const ones = new Int32Array(n).fill(1)
  const totals = new Int32Array(n).fill(1)

  test('a ring of 100,000 processes is one ring and one cycle, found without deep recursion', () => {
    const next = index.map((i) => (i + 1) % n)
    const graph = buildRag(
      n,
      totals,
      { process: index, resource: next, count: ones },
      { process: index, resource: index, count: ones },
    )
    const { deadlock, rings } = analyse(graph)
    expect(deadlock).toBe(true)
    expect(rings.map((ring) => [ring.members.length, ring.witness.length])).toEqual([[n, 2 * n]])
    const { found, listed } = simpleCycles(wholeGraph(graph), { ...generous, listedVertices: 100_000 })
    expect({ found, listed: listed.length }).toEqual({ found: 1, listed: 0 })
  })

  test('a chain of 100,000 processes is worked off from its end', () => {
    const graph = buildRag(
      n,
      totals,
      { process: index.subarray(0, n - 1), resource: index.subarray(1), count: ones.subarray(1) },
      { process: index, resource: index, count: ones },
    )
    const { deadlock, reduction } = analyse(graph)
    expect(deadlock).toBe(false)
    expect(reduction.order.slice(0, 3)).toEqual(Int32Array.of(n - 1, n - 2, n - 3))
    expect(components(wholeGraph(graph)).size.length).toBe(2 * n)
  })

  test('repeated edges are one edge with the sum of their units', () => {
    const graph = buildRag(
      1,
      [5],
      { process: [0, 0, 0], resource: [0, 0, 0], count: [1, 2, 1] },
      { process: [], resource: [], count: [] },
    )
    expect(graph.requests).toEqual({
      start: Int32Array.of(0, 1),
      to: Int32Array.of(0),
      count: Float64Array.of(4),
    })
  })
})
