// Decimal fractions without binary dust: clock readings as people write them are added and halved exactly.
// Knows no clock.

/** `units` divided by ten to the power of `places`. */
export interface Decimal {
  readonly units: bigint
  readonly places: number
}

/** Digits that a quotient keeps when it has no end. */
const DIGITS = 12
/** A quotient by 2 or 5 to higher powers than this is treated as one without an end. */
const MOST_PLACES = 20

/** The shortest decimal fraction that stands for this number, which is the one it was written as. `value` is finite. */
export function decimal(value: number): Decimal {
  const [mantissa, exponent] = String(value).split('e') as [string, string | undefined]
  const [whole, fraction] = mantissa.split('.') as [string, string | undefined]
  const places = (fraction ?? '').length - Number(exponent ?? 0)
  const units = BigInt(`${whole}${fraction ?? ''}`)
  return places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places }
}

/** The sum of the terms, each an integer factor and a value. */
export function combined(...terms: readonly (readonly [number, number | Decimal])[]): Decimal {
  let [units, places] = [0n, 0]
  for (const [factor, value] of terms) {
    const term = typeof value === 'number' ? decimal(value) : value
    if (term.places > places) {
      units *= 10n ** BigInt(term.places - places)
      places = term.places
    }
    units += BigInt(factor) * term.units * 10n ** BigInt(places - term.places)
  }
  return { units, places }
}

/** The number nearest to the fraction. */
export function toNumber({ units, places }: Decimal): number {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const at = digits.length - places
  const text = `${digits.slice(0, at)}.${digits.slice(at)}`
  // Zero has no sign: -0 would be read as a clock that is behind.
  return units === 0n ? 0 : Number(units < 0n ? `-${text}` : text)
}

/**
 * The fraction divided by a whole number above 0: exact where the quotient ends, else rounded to 12 significant digits,
 * or to 6 places where its whole part has many digits.
 */
export function over({ units, places }: Decimal, by: number): number {
  const scaled = units * 10n ** BigInt(MOST_PLACES)
  const exact = scaled % BigInt(by) === 0n
  const quotient = toNumber({ units: scaled / BigInt(by), places: places + MOST_PLACES })
  if (exact) return quotient
  const whole = Math.trunc(Math.abs(quotient)).toString().length
  return Number(quotient.toPrecision(Math.min(17, Math.max(DIGITS, whole + 6))))
}
