// "Did you mean …?": which known names a mistyped one may stand for. Pure.

/** Edits (insert, delete, replace, swap of neighbours) between two texts: optimal string alignment distance. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

/** Up to three known names near the given one, the nearest first; a name that contains it counts as near. */
export function nearNames(given: string, known: readonly string[]): string[] {
  const text = given.slice(0, 100).toLowerCase()
  return known
    .map((name) => {
      const other = name.toLowerCase()
      const contained = text.length >= 3 && other.includes(text)
      return { name, distance: contained ? 0.5 : editDistance(text, other) }
    })
    .filter(({ distance, name }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** " Did you mean a or b?", or nothing when no name is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const near = nearNames(given, known)
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`
}
