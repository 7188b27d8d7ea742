// A drawing as the operations on matrices take it: the same Need as the verdict's, names apart, orders as they are typed.
import { typedOrder } from '../../../../src-main/contract/typed-order.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matricesOf } from '../../../../src-main/labs/deadlock/dense-of.ts'
import { rowOf } from '../../../../src-main/labs/deadlock/engine/dense.ts'
import { bankOf } from '../../../../src-main/labs/deadlock/model/bank.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/index.ts'
import { banker } from '../../../../src-main/labs/deadlock/operations/banker.ts'

const cell = fc.record({
  held: fc.integer({ min: 0, max: 2 }),
  asked: fc.integer({ min: 0, max: 2 }),
  claimed: fc.integer({ min: 0, max: 4 }),
})
const drawing = fc.array(cell, { minLength: 6, maxLength: 6 }).map((cells): DeadlockModel => {
  const model: DeadlockModel = { nodes: [], edges: [] }
  for (const id of ['P1', 'P2', 'P3']) model.nodes.push({ id, kind: 'process', name: id })
  for (const id of ['R1', 'R2']) model.nodes.push({ id, kind: 'resource', name: id, instances: 6 })
  cells.forEach(({ held, asked, claimed }, index) => {
    const [process, type] = [`P${(index % 3) + 1}`, `R${Math.floor(index / 3) + 1}`]
    if (held > 0) model.edges.push({ id: `a${index}`, kind: 'assignment', from: type, to: process, count: held })
    if (asked > 0) model.edges.push({ id: `q${index}`, kind: 'request', from: process, to: type, count: asked })
    if (claimed > 0) model.edges.push({ id: `c${index}`, kind: 'claim', from: process, to: type, count: claimed })
  })
  return model
})

describe('the bank of a drawing', () => {
  it('has the Allocation, Need and Request that its verdict is judged by', () => {
    fc.assert(
      fc.property(drawing, (model) => {
        const bank = bankOf(model)
        const { need, asked, declared } = matricesOf(model)
        expect(bank.declared).toBe(declared)
        for (const row of [0, 1, 2]) {
          expect(bank.allocation[row]).toEqual(rowOf(need.held, 2, row))
          expect(bank.need[row]).toEqual(rowOf(need.wanted, 2, row))
          expect(bank.request[row]).toEqual(rowOf(asked.wanted, 2, row))
        }
        expect(bank.available).toEqual([...need.available])
      }),
    )
  })

  it('is an input that the Banker takes, and gives back its Need', () => {
    fc.assert(
      fc.property(drawing, (model) => {
        const { names, types, available, allocation, max, need } = bankOf(model)
        expect(banker.run({ names, types, available, allocation, max }).need).toEqual(need)
      }),
    )
  })

  it('tells records of one name apart, and names the type of which more is held than exists', () => {
    const bank = bankOf({
      nodes: [
        { id: 'a', kind: 'process', name: 'P' },
        { id: 'b', kind: 'process', name: 'P' },
        { id: 'r', kind: 'resource', name: 'Disk', instances: 1 },
      ],
      edges: [{ id: 'e', kind: 'assignment', from: 'r', to: 'a', count: 2 }],
    })
    expect(bank.names).toEqual(['P (a)', 'P (b)'])
    expect(bank.over).toBe('Disk')
    expect(bank.available).toEqual([0])
  })
})

describe('a typed order', () => {
  const names = ['P1', 'P2', 'print spooler', 'p3', 'P3']

  it.each([
    ['P1 P2', ['P1', 'P2']],
    ['p1, p2', ['P1', 'P2']],
    ['<P1, P2>', ['P1', 'P2']],
    ['P2 → Print Spooler -> P1', ['P2', 'print spooler', 'P1']],
    ['P1; P9', ['P1', 'P9']],
    ['P3', ['P3']],
    ['  ', []],
  ])('%s', (text, order) => {
    expect(typedOrder(text, names)).toEqual(order)
  })
})
