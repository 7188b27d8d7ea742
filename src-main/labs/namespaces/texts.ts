// English texts of the engine: verdicts on kept runs, and questions of exercises.

export const texts = {
  rule: {
    name: 'Evidence of the kernel',
    explanation:
      'A run is judged by what the kernel said about its processes, moment by moment: a condition holds from the first sample that proves it, after the conditions before it. What was typed does not count.',
    source: 'proc(5), namespaces(7), cgroups(7)',
  },
  none: {
    word: 'No experiment',
    sentence: 'Choose an experiment, do it in the terminal, and keep the run.',
  },
  unknown: (id: string) => ({
    word: 'Unknown',
    sentence: `This document is about an experiment "${id}" that this version does not know.`,
  }),
  open: (title: string) => ({
    word: 'Not done yet',
    sentence: `${title}: no run is kept in this document.`,
  }),
  solved: (title: string, conditions: number) => ({
    word: 'Solved',
    sentence: `${title}: the kernel proves ${conditions === 1 ? 'what was asked' : `all ${conditions} conditions`}.`,
  }),
  partly: (title: string, holding: number, conditions: number, observed: string) => ({
    word: `${holding} of ${conditions}`,
    sentence: `${title}: ${holding} of ${conditions} conditions hold. ${observed}`,
  }),
  conditions: 'Conditions',
  seconds: (ms: number) => `after ${(ms / 1000).toFixed(1)} s`,

  checks: {
    experiment: 'The run of an experiment',
    param: 'id of the experiment',
    wanted: (title: string) => `a kept run that proves every condition of “${title}”`,
    nothing: 'no run',
    nothingKept: 'This document holds no run. Do the experiment, press “Keep this run”, and hand in again.',
    found: (holding: number, conditions: number) => `a run that proves ${holding} of ${conditions} conditions`,
    other: (title: string) => `The run that is kept belongs to another experiment than “${title}”.`,
    proven: 'Every condition is proven by what the kernel said.',
    missing: (says: string, observed: string) => `Not proven: ${says} ${observed}`,
    key: (title: string, says: readonly string[]) => `A run of “${title}” in which ${says.join(' ')}`,
  },
} as const
