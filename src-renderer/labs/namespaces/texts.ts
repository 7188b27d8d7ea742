// Words of the namespaces lab's page, but for those of the picture.

const count = (number: number, one: string, many: string): string => (number === 1 ? `1 ${one}` : `${number} ${many}`)

export const texts = {
  title: 'Namespaces and control groups',
  invitation: 'Choose an experiment.',

  history: { choose: 'Choose an experiment', keep: 'Keep this run' },

  list: {
    label: 'Experiments',
    lead: 'Each experiment is done in a real terminal, while the picture shows what the kernel says about it.',
    real: 'Can be done here',
    recorded: 'Recorded only',
    asking: 'Looking at what this machine can do …',
    week: (week: number) => `Week ${week}`,
    unknown: 'This document is about an experiment that this version does not know.',
  },

  themes: [
    { title: 'Processes', ids: ['pid-1', 'missing-fork', 'nested-three-deep', 'pid-1-and-signals'] },
    { title: 'Files and names', ids: ['invisible-file', 'host-name', 'separate-queues'] },
    { title: 'Network', ids: ['alone-on-the-network', 'cable'] },
    { title: 'Users and rights', ids: ['who-is-root', 'root-without-powers', 'forbidden-calls', 'no-new-privileges'] },
    {
      title: 'Control groups',
      ids: ['memory-limit', 'half-a-cpu', 'weights', 'v1-against-v2', 'roots-of-the-tree', 'fork-limit'],
    },
    { title: 'Containers', ids: ['layers', 'new-root', 'container-by-hand', 'what-runc-does'] },
  ] as readonly { title: string; ids: readonly string[] }[],

  panel: {
    back: 'All experiments',
    task: 'Task',
    needs: {
      root: 'Needs a terminal that runs as root.',
      delegated: 'Needs root, or a control group that was prepared for you.',
      user: 'Needs Linux with user namespaces for ordinary users. No root.',
      nothing: 'Needs Linux and nothing else.',
    },
    steps: 'Steps',
    put: 'Type it into the terminal',
    putWhy: 'The command is typed for you. Read it, then press Enter yourself.',
    copy: 'Copy the command',
    copied: 'The command was copied.',
    command: (command: string, what: string) => `${what}: ${command}`,
    conditions: 'What should hold',
    states: { holds: 'holds', 'not-yet': 'not yet', waiting: 'waits for the one above' },
    expected: 'Expected',
    observed: 'Observed',
    hint: 'Hint',
    solved: 'Solved',
    solvedLong: 'All conditions hold. The kernel says so, not the commands.',
    progress: (holding: number, all: number) => `${holding} of ${all} hold.`,
    next: (says: string) => `Next: ${says}`,
    turned: (says: string) => `Holds now: ${says}`,
    start: 'Start',
    startWhy: 'Opens a terminal and watches it',
    startOver: 'Start over',
    startOverWhy: 'Cleans up, closes the terminal and begins in a fresh one',
    clean: 'Clean up',
    cleanWhy: 'Ends what was started in the terminal and removes what it made',
    keep: 'Keep this run',
    keepWhy: 'Puts the recording into the document, so that it is saved, handed in and replayed',
    play: 'Play the recording',
    playWhy: 'Opens a run of this experiment that was recorded',
    first:
      'The terminal is a real shell on this machine. It runs as you and may do what you may, nothing more. Nothing that is put into it runs before you press Enter.',
    gone: 'The terminal of this run is closed. The picture stays as it was. Start begins a fresh run.',
    proof:
      'Nothing is left: no process of the terminal, no mount, no control group, no network namespace, no folder of this experiment.',
    left: 'Not all could be removed:',
    cleanUp: 'At the end',
  },

  kept: 'This run is in the document now. Save it to keep it.',
  broken: (why: string) => `The recording in this document cannot be shown. ${why}`,

  picture: {
    empty: 'The picture appears here as soon as a terminal is watched.',
    emptyStart:
      'Start opens a terminal. Everything that is started in it is drawn here, four times a second and after each command.',
    chooseFirst: 'Choose an experiment at the left, or just watch a terminal.',
    watchAny: 'Watch a terminal',
    recordedOnly: 'Nothing can be looked at here, but recorded runs play.',
    which: 'Which run is shown',
    live: 'Live run',
    kept: 'Recorded run',
    screen: 'Recorded terminal',
  },

  changes: {
    title: 'What changed',
    empty: 'Nothing yet. What changes is told here, newest first.',
    none: 'Nothing changed in this run.',
    go: (time: string) => `Go to ${time}`,
    further: (number: number) => `and ${count(number, 'further change', 'further changes')}`,
    more: (number: number) =>
      `${count(number, 'earlier moment', 'earlier moments')} not listed. The bar below goes there.`,
  },

  time: {
    label: 'Moment of the run',
    live: 'live',
    end: 'end of the run',
    at: (seconds: string) => `at ${seconds}`,
    of: (at: number, all: number) => `${at} of ${all}`,
    first: 'To the first moment',
    back: 'One moment back',
    next: 'One moment on',
    last: 'To the newest moment',
    toLive: 'Go live',
    play: 'Play',
    pause: 'Pause',
    speed: 'Speed',
    times: (factor: number) => `${factor} ×`,
    seconds: (milliseconds: number) => {
      const tenths = Math.round(milliseconds / 100)
      const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600]
      const text = `${Math.floor(rest / 10)}.${rest % 10}`
      return minutes === 0 ? `${text} s` : `${minutes}:${text.padStart(4, '0')}`
    },
  },
}
