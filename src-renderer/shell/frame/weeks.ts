// The labs in the order of the course: one group for each stretch of weeks. Knows no lab by name.

export interface InWeeks {
  weeks: string
}

const firstWeek = (weeks: string): number => Number.parseInt(weeks, 10)

/** Groups in the order of their first week; labs of the same weeks keep their order. */
export function labsByWeeks<Lab extends InWeeks>(labs: readonly Lab[]): { weeks: string; labs: Lab[] }[] {
  const groups = new Map<string, Lab[]>()
  for (const lab of labs) groups.set(lab.weeks, [...(groups.get(lab.weeks) ?? []), lab])
  return [...groups]
    .map(([weeks, members]) => ({ weeks, labs: members }))
    .sort((a, b) => firstWeek(a.weeks) - firstWeek(b.weeks))
}

/** The weeks that exercises belong to, rising. */
export function weeksOf(samples: readonly { week: number | null }[]): number[] {
  const weeks = new Set(samples.flatMap(({ week }) => (week === null ? [] : [week])))
  return [...weeks].sort((a, b) => a - b)
}
