// User and group ids across user namespaces: what an id inside is outside, through one map or a chain of nested ones.
// Pure; knows no input form and no drawing.

/** What an id that no line of the map covers is shown as (/proc/sys/kernel/overflowuid). */
export const OVERFLOW_ID = 65_534
/** Ids have 32 bits, and the last one means "none". */
export const MAX_ID = 4_294_967_294

/** One line of uid_map or gid_map: `count` ids from `inner` on are `count` ids from `outer` on in the parent. */
export interface IdRange {
  inner: number
  outer: number
  count: number
}

export interface MappedId {
  id: number
  /** null when it is not mapped */
  mapped: number | null
  /** how it is shown on the other side */
  shownAs: number
  working: string
}

const hits = (id: number, start: number, count: number): boolean => start <= id && id < start + count

/** outer + (id - inner) where inner <= id < inner + count, else unmapped. @param id 0 to MAX_ID */
export function outsideOf(map: readonly IdRange[], id: number): MappedId {
  const range = map.find(({ inner, count }) => hits(id, inner, count))
  if (range === undefined) {
    const some = map.slice(0, 5).map(({ inner, count }) => `${inner} to ${inner + count - 1}`)
    const ranges = [...some, ...(map.length > 5 ? [`${map.length - 5} more ranges`] : [])].join(', ')
    const working = `${id} is not in ${ranges || 'an empty map'}: unmapped, shown as ${OVERFLOW_ID}`
    return { id, mapped: null, shownAs: OVERFLOW_ID, working }
  }
  const mapped = range.outer + (id - range.inner)
  const working = `${range.outer} + (${id} - ${range.inner}) = ${mapped}, as ${range.inner} <= ${id} < ${range.inner + range.count}`
  return { id, mapped, shownAs: mapped, working }
}

/** The other way: how an id of the parent is seen inside. */
export function insideOf(map: readonly IdRange[], id: number): MappedId {
  return outsideOf(
    map.map(({ inner, outer, count }) => ({ inner: outer, outer: inner, count })),
    id,
  )
}

/**
 * An id through nested namespaces, from the innermost outwards.
 * @param maps the innermost map first
 */
export function outsideOfAll(maps: readonly (readonly IdRange[])[], id: number): MappedId & { steps: MappedId[] } {
  const steps: MappedId[] = []
  let now: number | null = id
  for (const map of maps) {
    if (now === null) break
    const step = outsideOf(map, now)
    steps.push(step)
    now = step.mapped
  }
  const working = steps.map((step) => step.working).join('; ')
  return { id, mapped: now, shownAs: now ?? OVERFLOW_ID, working, steps }
}

/** Two lines that claim the same id inside or outside, which the kernel refuses; null when there are none. */
export function overlap(map: readonly IdRange[]): { first: number; second: number; side: 'inner' | 'outer' } | null {
  for (const side of ['inner', 'outer'] as const) {
    const order = map.map((_, index) => index).sort((a, b) => map[a]![side] - map[b]![side])
    for (const [place, index] of order.entries()) {
      const before = order[place - 1]
      if (before !== undefined && hits(map[index]![side], map[before]![side], map[before]!.count)) {
        return { first: Math.min(before, index), second: Math.max(before, index), side }
      }
    }
  }
  return null
}
