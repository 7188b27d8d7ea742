// Seeded random numbers for simulations: PCG32 (PCG-XSH-RR 64/32). The same seed gives the same numbers on every machine.
// Source: M. E. O'Neill, PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms, 2014. Jumping ahead
// follows F. Brown, Random Number Generation with Arbitrary Stride, 1994.

const MULTIPLIER = 6364136223846793005n
const MASK = 0xffff_ffff_ffff_ffffn
/** the stream used when none is named */
const STREAM = 54n

// The state of 64 bits is kept as two halves: whole numbers of that size would have to be made anew for every draw.
const MULTIPLIER_HIGH = Number(MULTIPLIER >> 32n)
const MULTIPLIER_LOW = Number(MULTIPLIER & 0xffff_ffffn)

export interface Random {
  /** the next number, uniform in 0 … 2³²-1 */
  next(): number
  /** uniform in 0 … bound-1, without bias; `bound` is a whole number from 1 to 2³² */
  below(bound: number): number
  /** goes on as if `count` numbers had been drawn, in time logarithmic in `count` */
  skip(count: number): void
  /** another one that draws the same numbers from here on */
  copy(): Random
}

class Pcg32 implements Random {
  #high: number
  #low: number
  readonly #increment: bigint
  readonly #incrementHigh: number
  readonly #incrementLow: number

  constructor(state: bigint, increment: bigint) {
    this.#high = Number(state >> 32n)
    this.#low = Number(state & 0xffff_ffffn)
    this.#increment = increment
    this.#incrementHigh = Number(increment >> 32n)
    this.#incrementLow = Number(increment & 0xffff_ffffn)
  }

  next(): number {
    const high = this.#high
    const low = this.#low
    // low half of the product in parts of 16 bits, so that nothing is rounded
    const low0 = low & 0xffff
    const low1 = low >>> 16
    const factor0 = MULTIPLIER_LOW & 0xffff
    const factor1 = MULTIPLIER_LOW >>> 16
    const product0 = low0 * factor0
    const middle = low1 * factor0 + (product0 >>> 16) + low0 * factor1
    const lowProduct = ((middle & 0xffff) << 16) | (product0 & 0xffff)
    const carry = low1 * factor1 + Math.floor(middle / 0x1_0000)
    const sum = (lowProduct >>> 0) + this.#incrementLow
    this.#low = sum >>> 0
    this.#high =
      (Math.imul(high, MULTIPLIER_LOW) +
        Math.imul(low, MULTIPLIER_HIGH) +
        (carry >>> 0) +
        this.#incrementHigh +
        (sum > 0xffff_ffff ? 1 : 0)) >>>
      0
    const mixedHigh = (high >>> 18) ^ high
    const mixedLow = ((high << 14) | (low >>> 18)) ^ low
    const shifted = (mixedHigh << 5) | (mixedLow >>> 27)
    const rotation = high >>> 27
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0
  }

  below(bound: number): number {
    // numbers below the remainder would make small results likelier, so they are drawn again
    const remainder = 0x1_0000_0000 % bound
    for (;;) {
      const value = this.next()
      if (value >= remainder) return value % bound
    }
  }

  skip(count: number): void {
    let factor = MULTIPLIER
    let sum = this.#increment
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
    const state = (totalFactor * this.#state() + totalSum) & MASK
    this.#high = Number(state >> 32n)
    this.#low = Number(state & 0xffff_ffffn)
  }

  copy(): Random {
    return new Pcg32(this.#state(), this.#increment)
  }

  #state(): bigint {
    return (BigInt(this.#high) << 32n) | BigInt(this.#low)
  }
}

/**
 * @param seed 32-bit unsigned integer
 * @param stream sequences with different streams are independent of each other
 */
export function createRandom(seed: number, stream: bigint = STREAM): Random {
  const increment = ((stream << 1n) | 1n) & MASK
  return new Pcg32(((increment + BigInt(seed >>> 0)) * MULTIPLIER + increment) & MASK, increment)
}
