// The one order in which records are listed, stepped through and written: P2 before P10.
// It decides the bytes of a drawing and the order in which an engine sees its records, so it must not depend on a locale.

/** Compares ids part by part, digits as numbers. Total: only equal ids compare as 0. */
export function compareIds(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [x, y] = [left[i] ?? '', right[i] ?? '']
    if (x === y) continue
    if (isDigits(x) && isDigits(y)) {
      const [p, q] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')]
      if (p.length !== q.length) return p.length - q.length
      if (p !== q) return p < q ? -1 : 1
    }
    return x < y ? -1 : 1
  }
  return left.length - right.length
}

const isDigits = (text: string): boolean => /^\d/.test(text)

export const byId = (a: { readonly id: string }, b: { readonly id: string }): number => compareIds(a.id, b.id)
