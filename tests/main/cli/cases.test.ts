// What cases expect: some fields of an object, or a whole list.
import { describe, expect, test } from 'vitest'
import { differences, readCases } from '../../../src-main/cli/cases.ts'

const rows = [
  ['P1', 6],
  ['P2', 8],
]

describe('what a case expects', () => {
  test('may be a list', () => {
    const { cases } = readCases({ cases: [{ id: 'A', operation: 'lab.rows', input: {}, expected: rows }] }, 'lab.rows')
    expect(cases[0]?.expected).toEqual(rows)
  })

  test('is compared as a whole where it is a list', () => {
    expect(differences(rows, structuredClone(rows))).toEqual([])
    const found = [['P1', 6]]
    expect(differences(rows, found)).toEqual([{ field: 'output', expected: rows, found }])
    expect(differences(rows, { 0: rows[0], 1: rows[1] })).toHaveLength(1)
  })

  test('is compared field by field where it is an object', () => {
    expect(differences({ a: rows }, { a: rows, b: 2 })).toEqual([])
    expect(differences({ a: 1, c: 3 }, { a: 1, b: 2 })).toEqual([{ field: 'c', expected: 3, found: undefined }])
  })
})
