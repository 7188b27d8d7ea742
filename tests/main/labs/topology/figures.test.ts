// How figures are rounded and shown: no dust, and nothing lost that a person would miss.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  atMost,
  below,
  ceilOf,
  counted,
  floorOf,
  show,
  showSum,
  tidy,
} from '../../../../src-main/labs/topology/figures.ts'

describe('figures', () => {
  test('lose dust and nothing else', () => {
    expect([tidy(0.1 + 0.2), tidy(1 / 3), tidy(105_800_000), tidy(0)]).toEqual([0.3, 0.333333333333, 105_800_000, 0])
    expect([floorOf(0.7, 0.1), ceilOf(0.7, 0.1), ceilOf(0.3, 0.1), floorOf(0.69, 0.1)]).toEqual([7, 7, 3, 6])
    expect([atMost(0.1 + 0.2, 0.3), below(0.3, 0.1 + 0.2), below(0.3, 0.31)]).toEqual([true, false, true])
  })

  test('divide whole numbers as whole numbers', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 10_000 }), (a, b) => {
        expect(floorOf(a, b)).toBe(Number(BigInt(a) / BigInt(b)))
        expect(ceilOf(a, b)).toBe(Number((BigInt(a) + BigInt(b) - 1n) / BigInt(b)))
        // The same with fractions: a tenth of both.
        expect(floorOf(a / 10, b / 10)).toBe(floorOf(a, b))
      }),
    )
  })

  test.each([
    [105_800_000, '105,800,000'],
    [0.26247, '0.2625'],
    [1234.5, '1,234.5'],
    [-1500, '-1,500'],
    [0.00002, '0.00002'],
    [0.0000123456, '0.00001235'],
    [1e-9, '1e-9'],
    [1e21, '1e+21'],
    [Infinity, '∞'],
    [-Infinity, '-∞'],
  ])('%d is shown as %s', (value, text) => expect(show(value)).toBe(text))

  test('long sums are shortened in the middle', () => {
    expect(showSum([1, 2, 3])).toBe('1 + 2 + 3')
    expect(showSum([])).toBe('0')
    expect(showSum(Array.from({ length: 13 }, (_, index) => index))).toBe(
      '0 + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + … + 12',
    )
  })

  test('one is singular', () => {
    expect([counted(1, 'period'), counted(2, 'period'), counted(2, 'entry', 'entries')]).toEqual([
      '1 period',
      '2 periods',
      '2 entries',
    ])
  })
})
