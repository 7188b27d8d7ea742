// English texts of the side panels: verdict and inspector.

/** Digits in groups of three, as the verdict writes them. */
const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
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
    severity: { error: 'Error', warning: 'Remark', note: 'Note' },
    rule: 'By which rule',
    source: 'Source',
    count: (count: number) => String(count),
    showMore: (more: number) => `Show ${more} more`,
  },

  inspector: {
    label: 'Inspector',
    drawing: 'Drawing',
    title: 'Title',
    note: 'About this drawing',
    noteHint: 'What it shows, and what to look for.',
    shape: 'Shape that is kept',
    counts: 'In the drawing',
    emptyDrawing: 'Nothing yet.',
    name: 'Name',
    boxes: {
      label: 'Lies in',
      none: 'nothing',
      usual: 'Usual',
      other: 'Unusual',
      named: (name: string, kind: string) => `${name} (${kind})`,
    },
    kind: 'Kind',
    kindTaken: (kind: string) => `${kind}: these two have one already.`,
    from: 'From',
    to: 'To',
    edges: (count: number) => counted(count, 'connection', 'connections'),
    noEdges: 'Not connected yet.',
    several: (count: number) => `${count} things selected`,
    duplicate: 'Duplicate',
    remove: 'Delete',
    locked: 'The drawing shows a step of a run. Close the run to edit.',
    more: (label: string, by: number) => `${label}: ${by > 0 ? 'one more' : 'one less'}`,
    showMore: (more: number) => `Show ${more} more`,
    badNumber: (text: string, min: number, max: number) =>
      text.trim() === ''
        ? `Enter a whole number from ${number(min)} to ${number(max)}.`
        : `“${text.trim()}” does not fit. Enter a whole number from ${number(min)} to ${number(max)}.`,
    badProperty: (text: string, expected: string, example: string) =>
      `${text.trim() === '' ? 'It is empty.' : `“${text.trim()}” does not fit.`} ${expected} Example: ${example}`,
    noName: 'Give it a name.',
    longName: (most: number) => `A name has at most ${most} characters.`,
    badName: 'A name holds no tabs or line breaks.',
    kept: (value: string) =>
      (value === '' ? 'It is still empty.' : `It is still ${value}.`) + ' Escape brings it back.',
  },
}
