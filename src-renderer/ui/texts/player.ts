// English texts of the player: transport, timeline, branches, state table.

export const player = {
  label: 'Timeline',
  fold: 'Fold the timeline',
  unfold: 'Unfold the timeline',
  transport: 'Transport',
  commands: {
    next: 'Next step',
    back: 'Step back',
    toStart: 'To the start',
    toEnd: 'To the end',
    play: 'Play',
    pause: 'Pause',
    close: 'Close the run',
  },

  offer: 'Watch how the answer comes about, one step at a time.',
  noSimulations: 'This drawing has nothing to step through yet.',
  mendFirst: 'There is nothing to step through until the drawing is mended.',

  step: (depth: number, last: number) => `Step ${depth} of ${last}`,
  scrubber: 'Step of the run',
  speed: 'Speed',
  perSecond: (speed: number) => `${speed === 0.5 ? '½' : speed} ${speed <= 1 ? 'step' : 'steps'}/s`,

  steps: 'Steps',
  column: 'What this column shows',
  possible: 'Possible now',
  nothingPossible: 'Nothing more can happen.',
  nextMark: 'next',
  showMore: (more: number) => `Show ${more} more`,
  table: 'State',
  changed: 'changed',

  branches: 'Branches',
  mainBranch: 'First branch',
  branch: (depth: number, text: string) => `After ${depth}: ${text}`,
  branchEnd: (depth: number) => `to step ${depth}`,

  shown: (depth: number) => `The drawing shows step ${depth}.`,
  locked: 'Close the run to edit.',
  lost: 'The connection broke. The run goes on from this step when it is back.',
}
