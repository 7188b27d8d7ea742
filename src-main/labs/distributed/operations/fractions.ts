// Exact fractions where a rounded number would not do.

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}

/** n (1 + 1/2 + … + 1/n) in lowest terms, such as "25/3", or "3" where it is whole. */
export function harmonicTimes(n: number): string {
  let [top, bottom] = [0n, 1n]
  for (let k = 1n; k <= BigInt(n); k += 1n) {
    ;[top, bottom] = [top * k + bottom, bottom * k]
    const shared = gcd(top, bottom)
    ;[top, bottom] = [top / shared, bottom / shared]
  }
  top *= BigInt(n)
  const shared = gcd(top, bottom)
  return bottom === shared ? String(top / shared) : `${top / shared}/${bottom / shared}`
}
