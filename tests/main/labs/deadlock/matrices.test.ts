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
import { hasCycle, proofOf, waitForOf } from '../../../../src-main/labs/deadlock/model/wait-for.ts'
import { verdict } from '../../../../src-main/labs/deadlock/verdict.ts'

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

describe('a drawing built again from its cells', () => {
  it('is the same drawing, up to the ids of its edges', () => {
    fc.assert(
      fc.property(drawing, ({ model }) => {
        const matrices = matricesOf(model)
        const changes = matrices.processes.flatMap(({ id: process }) =>
          matrices.types.flatMap(({ id: type }) =>
            (['allocation', 'request'] as const).map((matrix) => ({
              matrix,
              process,
              type,
              units: matrices.cell(matrix, process, type)?.count ?? 0,
            })),
          ),
        )
        const again = withCells({ ...model, edges: [] }, changes)
        const told = ({ edges }: DeadlockModel): string[] =>
          edges.map(({ kind, from, to, count }) => `${kind} ${from} ${to} ${count}`).sort()
        expect(told(again)).toEqual(told(model))
        expect(again.nodes).toEqual(model.nodes)
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
        expect(hasCycle(model)).toBe(graph.processes.some(({ id }) => reached.has(`${id} ${id}`)))
      }),
    )
  })

  it('knows a cycle that is not among the waits that are listed', () => {
    const model: DeadlockModel = { nodes: [], edges: [] }
    const process = (id: string): void => void model.nodes.push({ id, kind: 'process', name: id })
    const type = (id: string, instances: number): void =>
      void model.nodes.push({ id, kind: 'resource', name: id, instances })
    const hold = (from: string, to: string): void =>
      void model.edges.push({ id: `a${from}${to}`, kind: 'assignment', from, to, count: 1 })
    const ask = (from: string, to: string): void =>
      void model.edges.push({ id: `q${from}${to}`, kind: 'request', from, to, count: 1 })
    type('R', 4)
    const [holders, waiters] = [
      ['H1', 'H2', 'H3', 'H4'],
      ['W1', 'W2', 'W3', 'W4'],
    ]
    for (const id of [...holders, ...waiters, 'X', 'Y']) process(id)
    for (const id of holders) hold('R', id)
    for (const id of waiters) ask(id, 'R')
    for (const id of ['A', 'B']) type(id, 1)
    hold('A', 'X')
    hold('B', 'Y')
    ask('X', 'B')
    ask('Y', 'A')
    expect(waitForOf(model, 10).waits.every(({ to }) => to.startsWith('H'))).toBe(true)
    expect(proofOf(model).says).toBe('severalCycle')
  })
})

describe('what the wait-for graph proves', () => {
  const units = fc.array(fc.constantFrom(1, 1, 1, 2, 4), { minLength: 5, maxLength: 5 })
  const light = fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 2)

  it('never contradicts the verdict, which comes from reduction', () => {
    const met = new Set<string>()
    const sparse = fc.record({
      held: fc.array(light, { minLength: 12, maxLength: 12 }),
      asked: fc.array(light, { minLength: 12, maxLength: 12 }),
      units,
    })
    fc.assert(
      fc.property(sparse, ({ held, asked, units: each }) => {
        const model: DeadlockModel = { nodes: [], edges: [] }
        for (let p = 0; p < 4; p += 1) model.nodes.push({ id: `P${p}`, kind: 'process', name: `P${p}` })
        for (let r = 0; r < 3; r += 1)
          model.nodes.push({ id: `R${r}`, kind: 'resource', name: `R${r}`, instances: each[r] ?? 1 })
        for (let at = 0; at < 12; at += 1) {
          const [p, r] = [`P${at % 4}`, `R${Math.floor(at / 4)}`]
          const [has, wants] = [held[at] ?? 0, asked[at] ?? 0]
          if (has > 0) model.edges.push({ id: `a${at}`, kind: 'assignment', from: r, to: p, count: has })
          if (wants > 0) model.edges.push({ id: `q${at}`, kind: 'request', from: p, to: r, count: wants })
        }
        const { says, impossible } = proofOf(model)
        const { word, marks } = verdict(model)
        met.add(says)
        expect(says === 'withheld').toBe(word === 'Withheld')
        if (says === 'singleCycle') expect(word).toBe('Deadlock')
        if (says === 'noWaits' || says === 'singleNone' || says === 'severalNone') expect(word).not.toBe('Deadlock')
        expect(says === 'noWaits').toBe(word !== 'Withheld' && waitForOf(model, 1000).waits.length === 0)
        if (says !== 'withheld') expect(impossible).toBe(Object.values(marks).includes('impossible'))
      }),
      { numRuns: 3000, seed: 7 },
    )
    expect([...met].sort()).toEqual(
      ['noWaits', 'severalCycle', 'severalNone', 'singleCycle', 'singleNone', 'withheld'].sort(),
    )
  })
})
