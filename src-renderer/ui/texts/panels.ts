// English texts of the side panels: verdict and inspector.

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const panels = {
  verdict: {
    label: 'Verdict',
    waiting: 'Judging the drawing …',
    ofDrawing: 'This is about the drawing, not about the step that is shown.',
    failedTitle: 'The verdict could not be worked out',
    failedKept: 'The drawing is unharmed. What stands below is about an earlier state of it.',
    retry: 'Judge again',
    diagnostics: 'To mend',
    severity: { error: 'Error', warning: 'Remark' },
    withheld: 'Withheld',
    rule: 'By which rule',
    source: 'Source',
    count: (count: number) => String(count),
    showMore: (more: number) => `Show ${more} more`,
    marks: { free: 'free', ring: 'on a ring', behind: 'blocked behind', impossible: 'impossible' },
  },

  inspector: {
    label: 'Inspector',
    drawing: 'Drawing',
    title: 'Title',
    note: 'About this drawing',
    noteHint: 'What it shows, and what to look for.',
    counts: 'In the drawing',
    emptyDrawing: 'Nothing yet.',
    name: 'Name',
    kind: 'Kind',
    from: 'From',
    to: 'To',
    state: 'State',
    edges: (count: number) => counted(count, 'connection', 'connections'),
    noEdges: 'Not connected yet.',
    edge: (label: string, kind: string, count: number) => `${label}, ${kind}${count > 1 ? ` ×${count}` : ''}`,
    several: (count: number) => `${count} things selected`,
    duplicate: 'Duplicate',
    remove: 'Delete',
    locked: 'The drawing shows a step of a run. Close the run to edit.',
    more: (label: string, by: number) => `${label}: ${by > 0 ? 'one more' : 'one less'}`,
    showMore: (more: number) => `Show ${more} more`,
    badNumber: (text: string, min: number, max: number) =>
      text.trim() === ''
        ? `Enter a whole number from ${min} to ${max}.`
        : `“${text.trim()}” does not fit. Enter a whole number from ${min} to ${max}.`,
    noName: 'Give it a name.',
    longName: (most: number) => `A name has at most ${most} characters.`,
    badName: 'A name holds no tabs or line breaks.',
    kept: (value: string) => `It is still ${value}. Escape brings it back.`,
  },
}
