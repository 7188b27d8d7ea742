// Matrices and wait-for graph of a drawing, against what the records say one by one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/index.ts'
import {
  type CellChange,
  matricesOf,
  pastedCells,
  unitsOf,
  withCells,
} from '../../../../src-main/labs/deadlock/model/matrices.ts'
import { hasCycle, waitForOf } from '../../../../src-main/labs/deadlock/model/wait-for.ts'

const drawing = fc
  .record({ processes: fc.integer({ min: 0, max: 5 }), types: fc.integer({ min: 0, max: 5 }) })
  .chain(({ processes, types }) => {
    const cells = fc.array(fc.integer({ min: 0, max: 3 }), {
      minLength: processes * types,
      maxLength: processes * types,
    })
    return fc.record({ processes: fc.constant(processes), types: fc.constant(types), held: cells, asked: cells })
  })
  .map(({ processes, types, held, asked }) => {
    const model: DeadlockModel = { nodes: [], edges: [] }
    for (let p = 1; p <= processes; p += 1) model.nodes.push({ id: `P${p}`, kind: 'process', name: `P${p}` })
    for (let r = 1; r <= types; r += 1) model.nodes.push({ id: `R${r}`, kind: 'resource', name: `R${r}`, instances: 3 })
    for (let p = 1; p <= processes; p += 1) {
      for (let r = 1; r <= types; r += 1) {
        const [has, wants] = [held[(p - 1) * types + r - 1] ?? 0, asked[(p - 1) * types + r - 1] ?? 0]
        const id = `${p}-${r}`
        if (has > 0) model.edges.push({ id: `a${id}`, kind: 'assignment', from: `R${r}`, to: `P${p}`, count: has })
        if (wants > 0) model.edges.push({ id: `q${id}`, kind: 'request', from: `P${p}`, to: `R${r}`, count: wants })
      }
    }
    return { model, processes, types, held, asked }
  })

describe('the matrices of a drawing', () => {
  it('hold what each edge says, and zero elsewhere', () => {
    fc.assert(
      fc.property(drawing, ({ model, processes, types, held, asked }) => {
        const matrices = matricesOf(model)
        for (let p = 1; p <= processes; p += 1) {
          for (let r = 1; r <= types; r += 1) {
            const at = (p - 1) * types + r - 1
            expect(matrices.cell('allocation', `P${p}`, `R${r}`)?.count ?? 0).toBe(held[at])
            expect(matrices.cell('request', `P${p}`, `R${r}`)?.count ?? 0).toBe(asked[at])
          }
        }
        const used = Array.from({ length: types }, (_, r) =>
          Array.from({ length: processes }, (_, p) => held[p * types + r] ?? 0).reduce((a, b) => a + b, 0),
        )
        expect(matrices.available).toEqual(used.map((units) => 3 - units))
      }),
    )
  })

  it('change exactly the cells that are changed, and keep the ids of edges that stay', () => {
    const changes = fc.array(
      fc.record({
        matrix: fc.constantFrom('allocation' as const, 'request' as const),
        process: fc.integer({ min: 1, max: 5 }).map((p) => `P${p}`),
        type: fc.integer({ min: 1, max: 5 }).map((r) => `R${r}`),
        units: fc.integer({ min: 0, max: 4 }),
      }),
    )
    fc.assert(
      fc.property(drawing, changes, ({ model, processes, types }, all) => {
        const there = ({ process, type }: CellChange): boolean =>
          Number(process.slice(1)) <= processes && Number(type.slice(1)) <= types
        const valid = all.filter(there)
        const [before, after] = [matricesOf(model), withCells(model, valid)]
        expect(new Set([...after.nodes, ...after.edges].map(({ id }) => id)).size).toBe(
          after.nodes.length + after.edges.length,
        )
        const now = matricesOf(after)
        for (const { id: process } of before.processes) {
          for (const { id: type } of before.types) {
            for (const matrix of ['allocation', 'request'] as const) {
              const last = valid.findLast(
                (one) => one.matrix === matrix && one.process === process && one.type === type,
              )
              const old = before.cell(matrix, process, type)
              const cell = now.cell(matrix, process, type)
              expect(cell?.count ?? 0).toBe(last?.units ?? old?.count ?? 0)
              if (old !== undefined && cell !== undefined) expect(cell.id).toBe(old.id)
            }
          }
        }
      }),
    )
  })
})

describe('cells as they are written and pasted', () => {
  it.each([
    ['', 0],
    ['-', 0],
    [' 12 ', 12],
    ['1000000', 1_000_000],
    ['1000001', null],
    ['-3', null],
    ['2.5', null],
    ['two', null],
  ])('%j is %j units', (text, units) => {
    expect(unitsOf(text)).toBe(units)
  })

  it.each([
    ['7', [['7']]],
    [
      '1\t2\n3\t4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      '1,2\r\n3,4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      '| | R1 |\n|---|---|\n| P1 | 2 |',
      [
        ['', 'R1'],
        ['P1', '2'],
      ],
    ],
  ])('%j is a block', (text, block) => {
    expect(pastedCells(text)).toEqual(block)
  })
})

describe('the wait-for graph', () => {
  it('has a wait from each process to each holder of a type it asks for, through those types', () => {
    fc.assert(
      fc.property(drawing, ({ model, processes, types, held, asked }) => {
        const expected = new Map<string, string[]>()
        for (let p = 0; p < processes; p += 1) {
          for (let q = 0; q < processes; q += 1) {
            for (let r = 0; r < types; r += 1) {
              if ((asked[p * types + r] ?? 0) === 0 || (held[q * types + r] ?? 0) === 0) continue
              const key = `P${p + 1} P${q + 1}`
              expected.set(key, [...(expected.get(key) ?? []), `R${r + 1}`])
            }
          }
        }
        const { waits, left } = waitForOf(model, 1000)
        expect(left).toBe(0)
        expect(new Map(waits.map(({ from, to, through }) => [`${from} ${to}`, [...through].sort()]))).toEqual(expected)
      }),
    )
  })

  it('says how many waits it left out', () => {
    fc.assert(
      fc.property(drawing, fc.integer({ min: 0, max: 10 }), ({ model }, most) => {
        const all = waitForOf(model, 1000).waits.length
        const { waits, left } = waitForOf(model, most)
        expect(waits).toHaveLength(Math.min(all, most))
        expect(left).toBe(all - waits.length)
      }),
    )
  })

  it('has a cycle exactly where some process can come back to itself', () => {
    fc.assert(
      fc.property(drawing, ({ model }) => {
        const graph = waitForOf(model, 1000)
        const reached = new Set(graph.waits.map(({ from, to }) => `${from} ${to}`))
        for (const { id: middle } of graph.processes) {
          for (const { id: from } of graph.processes) {
            for (const { id: to } of graph.processes) {
              if (reached.has(`${from} ${middle}`) && reached.has(`${middle} ${to}`)) reached.add(`${from} ${to}`)
            }
          }
        }
        expect(hasCycle(graph)).toBe(graph.processes.some(({ id }) => reached.has(`${id} ${id}`)))
      }),
    )
  })
})
