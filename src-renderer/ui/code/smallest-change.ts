// What to change in a text so that it becomes another, as little as possible: then the cursor, the scroll position and
// the marks stay where they are. Knows no editor.

export interface TextChange {
  from: number
  to: number
  insert: string
}

/**
 * @returns changes in ascending order, in places of `before`. Equal lines at both ends stay; between them lines are
 * changed one by one when their number is the same, else as one piece.
 */
export function smallestChange(before: string, after: string): TextChange[] {
  if (before === after) return []
  const [old, wanted] = [before.split('\n'), after.split('\n')]
  const most = Math.min(old.length, wanted.length)
  let head = 0
  while (head < most && old[head] === wanted[head]) head += 1
  let tail = 0
  while (tail < most - head && old.at(-1 - tail) === wanted.at(-1 - tail)) tail += 1
  if (old.length !== wanted.length) return trimmed(before, after, 0, before.length, 0, after.length)
  const changes: TextChange[] = []
  let place = old.slice(0, head).reduce((sum, line) => sum + line.length + 1, 0)
  for (let i = head; i < old.length - tail; i += 1) {
    const [line = '', next = ''] = [old[i], wanted[i]]
    for (const { from, to, insert } of trimmed(line, next, 0, line.length, 0, next.length)) {
      changes.push({ from: from + place, to: to + place, insert })
    }
    place += line.length + 1
  }
  return changes
}

/** One change without the equal beginning and end. */
function trimmed(a: string, b: string, start: number, end: number, from: number, to: number): TextChange[] {
  while (start < end && from < to && a[start] === b[from]) [start, from] = [start + 1, from + 1]
  while (start < end && from < to && a[end - 1] === b[to - 1]) [end, to] = [end - 1, to - 1]
  return start === end && from === to ? [] : [{ from: start, to: end, insert: b.slice(from, to) }]
}
