// What `deadlock.recover` refuses and with which words, and that its exact search stays quick in the cases that are worst.
import { describe, expect, test } from 'vitest'
import { MAX_EXACT_VICTIMS } from '../../../../src-main/contract/limits.ts'
import { recover } from '../../../../src-main/labs/deadlock/operations/recover.ts'

const ring = { available: [0, 0], allocation: [[1, 0], [0, 1]], request: [[0, 1], [1, 0]] } // prettier-ignore

describe('what cannot be read is refused with the place and the remedy', () => {
  test.each([
    [{ costs: [1, 2, 3] }, 'costs: costs has 3 numbers, but there are 2 processes. Write one cost for each process.'],
    [{ costs: [1, -1] }, 'costs[1]: expected a whole number from 0 to'],
    [{ cost: [1, 2] }, 'cost: there is no such field. Did you mean costs?'],
    [{ weights: { cpu: 1 } }, 'weights: matrices have no weights. Give costs, one number for each process'],
    [{ priority: [1, 2] }, 'priority: matrices have no weights.'],
  ])('%j', (change, sentence) => {
    expect(() => recover.run({ ...ring, ...change })).toThrow(sentence)
  })

  test('one process is one process', () => {
    const alone = { available: [0], allocation: [[1]], request: [[1]], costs: [] }
    expect(() => recover.run(alone)).toThrow('costs has 0 numbers, but there is one process.')
  })

  test('fields that change nothing are let through, as in all operations on matrices', () => {
    expect(recover.run({ ...ring, note: 'kept' } as typeof ring).fewestVictims).toBe(1)
  })
})

describe('the exact search at its largest size', () => {
  const count = MAX_EXACT_VICTIMS
  const matrix = (cell: (process: number, type: number) => boolean): number[][] =>
    Array.from({ length: count }, (_, process) =>
      Array.from({ length: count }, (_, type) => Number(cell(process, type))),
    )
  const available = Array<number>(count).fill(0)
  const allocation = matrix((process, type) => process === type)

  test('when each needs what all others hold, all but one have to go, and any may stay', () => {
    const said = recover.run({ available, allocation, request: matrix((process, type) => process !== type) })
    expect(said).toMatchObject({ fewestVictims: count - 1, exact: true })
    expect(new Set(said.victimSets.map(String)).size).toBe(count)
  })

  test('of pairs that wait for each other one each has to go', () => {
    const request = matrix((process, type) => type === (process ^ 1))
    const costs = Array.from({ length: count }, (_, process) => (process % 2 === 0 ? 5 : 3))
    const { fewestVictims, victimSets, cheapest } = recover.run({ available, allocation, request, costs })
    expect(fewestVictims).toBe(count / 2)
    for (const set of victimSets) {
      expect(new Set(set.map((name) => Math.floor(Number(name.slice(1)) / 2))).size).toBe(count / 2)
    }
    expect(cheapest).toMatchObject({ cost: (3 * count) / 2, exact: true })
  })
})
