// The generator against the numbers that its author published for seed 42 on stream 54.
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../src-main/simulation/random.ts'

describe('PCG32', () => {
  test('gives the published numbers', () => {
    const random = createRandom(42, 54n)
    expect(Array.from({ length: 6 }, () => random.next())).toEqual([
      0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e,
    ])
  })

  test('skips as if numbers had been drawn', () => {
    for (const count of [0, 1, 2, 7, 1000]) {
      const walked = createRandom(7)
      for (let drawn = 0; drawn < count; drawn += 1) walked.next()
      const jumped = createRandom(7)
      jumped.skip(count)
      expect(jumped.next()).toBe(walked.next())
    }
  })

  test('draws each of a few outcomes equally often', () => {
    const random = createRandom(1)
    const counts = [0, 0, 0, 0, 0, 0]
    for (let drawn = 0; drawn < 60_000; drawn += 1) counts[random.below(6)]! += 1
    // five degrees of freedom: above 25 happens once in 7,000 seeds
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(25)
    expect(createRandom(1).below(1)).toBe(0)
  })

  test('differs by seed, and by stream', () => {
    const start = (seed: number, stream: bigint): string => {
      const random = createRandom(seed, stream)
      return [random.next(), random.next(), random.next()].join(' ')
    }
    const seeds = Array.from({ length: 1000 }, (_, seed) => start(seed, 54n))
    const streams = Array.from({ length: 1000 }, (_, stream) => start(1, BigInt(stream) + 100n))
    expect(new Set([...seeds, ...streams]).size).toBe(2000)
  })
})
