// How well a text answers what a person typed: letters in order, better at the starts of words and in runs.

/** 0 when it does not fit; higher is better. */
export function fit(query: string, text: string): number {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return 1
  const lower = text.toLowerCase()
  const at = lower.indexOf(wanted)
  if (at >= 0) return 1000 - at + (at === 0 || lower[at - 1] === ' ' ? 500 : 0) - text.length / 100
  let score = 1
  let from = 0
  let last = -2
  for (const letter of wanted) {
    if (letter === ' ') continue
    const found = lower.indexOf(letter, from)
    if (found < 0) return 0
    score += found === last + 1 ? 6 : found === 0 || lower[found - 1] === ' ' ? 4 : 0
    last = found
    from = found + 1
  }
  return score
}
