// Seeded random numbers for simulations: PCG32 (PCG-XSH-RR 64/32). The same seed gives the same numbers on every machine.
// Source: M. E. O'Neill, PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms, 2014. Jumping ahead
// follows F. Brown, Random Number Generation with Arbitrary Stride, 1994.

const MULTIPLIER = 6364136223846793005n
const MASK = 0xffff_ffff_ffff_ffffn
/** the stream used when none is named */
const STREAM = 54n

export interface Random {
  /** the next number, uniform in 0 … 2³²-1 */
  next(): number
  /** uniform in 0 … bound-1, without bias; `bound` is a whole number from 1 to 2³² */
  below(bound: number): number
  /** goes on as if `count` numbers had been drawn, in time logarithmic in `count` */
  skip(count: number): void
}

/**
 * @param seed 32-bit unsigned integer
 * @param stream sequences with different streams are independent of each other
 */
export function createRandom(seed: number, stream: bigint = STREAM): Random {
  const increment = ((stream << 1n) | 1n) & MASK
  let state = ((increment + BigInt(seed >>> 0)) * MULTIPLIER + increment) & MASK

  const next = (): number => {
    const before = state
    state = (before * MULTIPLIER + increment) & MASK
    const shifted = Number((((before >> 18n) ^ before) >> 27n) & 0xffff_ffffn)
    const rotation = Number(before >> 59n)
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0
  }

  return {
    next,
    below(bound) {
      // numbers below the remainder would make small results likelier, so they are drawn again
      const remainder = 0x1_0000_0000 % bound
      for (;;) {
        const value = next()
        if (value >= remainder) return value % bound
      }
    },
    skip(count) {
      let factor = MULTIPLIER
      let sum = increment
      let totalFactor = 1n
      let totalSum = 0n
      for (let rest = BigInt(count); rest > 0n; rest >>= 1n) {
        if ((rest & 1n) === 1n) {
          totalFactor = (totalFactor * factor) & MASK
          totalSum = (totalSum * factor + sum) & MASK
        }
        sum = ((factor + 1n) * sum) & MASK
        factor = (factor * factor) & MASK
      }
      state = (totalFactor * state + totalSum) & MASK
    },
  }
}
