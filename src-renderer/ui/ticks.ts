// Round numbers for an axis. Pure.

/** From about `low` to at least `high`: steps of 1, 2 or 5 times a power of ten, or powers of ten on a logarithmic axis. */
export function niceTicks(low: number, high: number, logarithmic: boolean): number[] {
  if (logarithmic) {
    const first = Math.floor(Math.log10(Math.max(1, low)))
    const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(1, high))))
    return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
  }
  const rough = Math.max(1, high) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power)
  const count = Math.ceil(high / step)
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}
