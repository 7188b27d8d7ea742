// Words of the verdict.
const counted = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`

export const texts = {
  empty: {
    word: 'Nothing yet',
    sentence: 'There is nothing to judge yet. Drag a machine or a system into the drawing.',
  },
  word: (errors: number, warnings: number) =>
    errors > 0
      ? counted(errors, 'error', 'errors')
      : warnings > 0
        ? `Sound, ${counted(warnings, 'remark', 'remarks')}`
        : 'Sound',
  sound: (rules: number) => `None of the ${rules} rules finds anything that could not be so.`,
  rule: {
    name: 'Rules of topologies',
    explanation:
      'Each rule looks for one thing that cannot be so, or that a person should know: what may run on what, what the hardware has to bring, whether promises fit into what there is, what isolates containers, and what clusters need. Nothing is refused while drawing.',
    source: 'Weeks 6, 7, 8 and 11 of the course; manual pages of Linux; documentation of the products',
  },
  named: (id: string, week: number, title: string) => `${id}, week ${week}: ${title}`,
  asked: (asked: number, muted: number) =>
    `${asked} rules were asked${muted > 0 ? `, ${muted} ${muted === 1 ? 'is' : 'are'} switched off` : ''}`,
  muted: 'switched off',
  week: (week: number) => `week ${week}`,
  more: (rest: number) => `There ${rest === 1 ? 'is one more finding' : `are ${rest} more findings`}.`,
  mendFirst: 'Mend the ones above first.',
  heal: 'Run the cluster',
}
