// English texts of the player: transport, timeline, scripts, branches, state table.

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
    script: 'Show the script',
    record: 'Record what is drawn',
    stopRecording: 'Stop recording',
    keep: 'Keep as script',
    take: 'Make this step the drawing',
    predict: 'Predict each step before it is shown',
    stopPredicting: 'Stop predicting',
    generate: 'Generate events…',
    compare: 'Compare branches…',
    toFinding: (what: string | undefined) => (what === undefined ? 'Go to what was found' : `Go to the ${what}`),
  },

  toFindingAt: (what: string | undefined, depth: number) =>
    `${what === undefined ? 'To what was found' : `To the ${what}`}, step ${depth}`,

  offer: 'Watch how the answer comes about, one step at a time.',
  offerScript: (events: number, branches: number) =>
    `This drawing has a script of ${counted(events, 'event')}${branches === 0 ? '' : ` and ${counted(branches, 'branch', 'branches')}`}.`,
  playScript: 'Play the script',
  noSimulations: 'This drawing has nothing to step through yet.',
  mendFirst: 'There is nothing to step through until the drawing is mended.',

  step: (depth: number, last: number) => `Step ${depth} of ${last}`,
  scrubber: 'Step of the run',
  speed: 'Speed',
  perSecond: (speed: number) => `${speed === 0.5 ? '½' : speed} ${speed <= 1 ? 'step' : 'steps'}/s`,
  findingAt: (depth: number, sentence: string) => `Step ${depth}: ${sentence}`,

  steps: 'Steps',
  column: 'What this column shows',
  possible: 'Possible now',
  findPossible: 'Find what could happen',
  noneFound: 'Nothing of this kind can happen now.',
  nothingPossible: 'Nothing more can happen.',
  nextMark: 'next',
  showMore: (more: number) => `Show ${more} more`,
  table: 'State',
  changed: 'changed',

  branches: 'Branches',
  mainBranch: 'First branch',
  branch: (depth: number, text: string) => `After ${depth}: ${text}`,
  branchUpTo: (depth: number) => `Up to step ${depth}`,
  branchName: (number: number) => `Branch ${number}`,
  branchEnd: (depth: number) => `to step ${depth}`,
  nameBranch: (label: string) => `Name of the branch “${label}”`,
  rename: 'Rename',
  forget: 'Remove this branch',

  shown: (depth: number) => `The drawing shows step ${depth}.`,
  locked: 'Close the run to edit.',
  recordingOn: 'Recording: draw or delete edges, or choose an event.',
  lost: 'The connection broke. The run goes on from this step when it is back.',

  takeShort: 'Make it the drawing',
  /** what the entries in history are called */
  takeEntry: (depth: number) => `Take over step ${depth} of the run`,
  scriptEntry: 'Change the script',
  script: 'Script',
  scriptLabel: 'Script, one event on each line',
  scriptEmpty: 'One event on each line',
  scriptProblem: (line: number, message: string) => `Line ${line}: ${message}`,
  kept: 'Saved with the drawing',

  predict: {
    title: 'Predict',
    numbers: 'Which numbers belong here?',
    choice: 'What will be so then?',
    gap: (number: number) => `Number ${number}`,
    nothing: 'The next step says nothing that could be foretold.',
    end: 'Nothing more can happen.',
    check: 'Check',
    show: 'Show it',
    goOn: 'Go on',
    right: 'Right.',
    wrong: 'No. The right answer is shown.',
    score: (right: number, asked: number) => `${right} of ${asked} right`,
  },

  generate: {
    title: 'Generate events',
    say: 'Events are chosen by chance from where the run stands. The same seed gives the same events.',
    seed: 'Seed',
    count: 'Events',
    another: 'Another seed',
    run: 'Generate',
    close: 'Cancel',
  },

  compare: {
    title: 'Compare branches',
    short: 'Compare…',
    close: 'Close',
    left: 'Left branch',
    right: 'Right branch',
    same: 'Both are the same branch.',
    part: (depth: number, text: string) =>
      depth === 0 ? 'They part at the start.' : `They part after step ${depth}: ${text}.`,
    property: 'Property',
    steps: 'Steps',
    finding: (what: string | undefined) => `Step of the ${what ?? 'first finding'}`,
    none: 'none',
    status: 'At the end',
    marks: {
      free: 'Free',
      ring: 'On a ring',
      behind: 'Waiting behind',
      unsafe: 'Not sure to finish',
      impossible: 'Asking for too much',
    },
    events: 'After the parting',
    differs: 'differs',
    noEvents: 'No further events.',
    moreEvents: (more: number) => `and ${more} more`,
  },
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
