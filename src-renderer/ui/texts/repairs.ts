// English texts of the list of what would mend a drawing, and of the dialog that generates one.
export const repairs = {
  title: 'What would break it',
  looking: 'Looking for the smallest change …',
  take: 'Do this',
  takeNamed: (title: string): string => `Do this: ${title}`,
  count: (count: number): string => String(count),
  showMore: (more: number): string => `Show ${more} more`,
  showFewer: 'Show fewer',
  locked: 'The drawing cannot be changed now.',
  failed: (why: string): string => `What would break it could not be worked out. ${why}`,
}

export const generate = {
  command: 'Generate a drawing …',
  another: 'Generate another drawing',
  keywords: 'random exercise seed practice',
  title: 'Generate a drawing',
  kind: 'Kind',
  seed: 'Seed',
  seedHint: 'The same values and the same seed give the same drawing.',
  newSeed: 'Another',
  newSeedLabel: 'Another seed',
  make: 'Draw it',
  range: (min: number, max: number): string => `${min} to ${max}`,
  badNumber: (label: string, min: number, max: number): string =>
    `${label}: enter a whole number from ${min} to ${max}.`,
}
