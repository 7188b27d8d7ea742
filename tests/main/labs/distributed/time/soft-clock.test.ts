// A clock that is corrected softly.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  aim,
  correctionAt,
  freshClock,
  shown,
} from '../../../../../src-main/labs/distributed/algorithms/time/soft-clock.ts'

describe('a soft clock', () => {
  test('runs faster or slower by its share until the correction is reached', () => {
    const forward = aim(freshClock, 30, 1_000, 10)
    expect([1_000, 1_100, 1_299, 1_300, 5_000].map((clock) => correctionAt(forward, clock))).toEqual([
      0, 10, 29.9, 30, 30,
    ])
    const back = aim(forward, -20, 1_100, 50)
    expect([1_100, 1_120, 1_160, 1_161].map((clock) => correctionAt(back, clock))).toEqual([10, 0, -20, -20])
  })

  test('is set at once where the share is 0', () => {
    expect(correctionAt(aim(freshClock, -500, 1_000, 0), 1_000)).toBe(-500)
  })

  test('never goes back and never jumps, whatever it is told and when', () => {
    const orders = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 200 }), target: fc.integer({ min: -500, max: 500 }) }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 50 }), (orders, percent) => {
        let [soft, clock, last] = [freshClock, 0, 0]
        for (const { after, target } of orders) {
          for (let step = 0; step < after; step += 10) {
            clock += 10
            const now = shown(soft, clock)
            expect(now - last).toBeGreaterThanOrEqual(10 - percent / 10 - 1e-9)
            expect(now - last).toBeLessThanOrEqual(10 + percent / 10 + 1e-9)
            last = now
          }
          soft = aim(soft, target, clock, percent)
          expect(shown(soft, clock)).toBeCloseTo(last, 9)
        }
      }),
    )
  })
})
