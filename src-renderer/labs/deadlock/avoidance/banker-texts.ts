// Words of the Banker: the state table, orders, the three tests, detection.
import { list, number } from '@labs/deadlock/model/words.ts'

const total = (count: number | string): string => (typeof count === 'number' ? number(count) : count)

export const bankerTexts = {
  title: 'Banker',
  label: 'Banker and detection',
  modes: { avoidance: 'Avoidance', detection: 'Detection', paths: 'Paths' },
  mode: 'What is looked at',
  concealed: 'Orders, answers and tests are hidden until the questions are answered.',
  empty: 'Add a process and a resource type, and their state appears here.',
  tooLarge: (processes: number, types: number, most: number) =>
    `${number(processes)} processes by ${number(types)} types are more than ${number(most)} numbers, too many to work with by hand. The verdict counts them all.`,
  noMaxima: {
    title: 'No maximum is declared yet',
    text: 'The Banker needs to know how much each process may ask for at most. Draw claims, or add maxima in the matrices.',
    matrices: 'Open the matrices',
  },
  over: (type: string) =>
    `More units of ${type} are held than exist. Mend that first; until then nothing here can be worked out.`,
  table: {
    state: 'State',
    process: 'Process',
    allocation: 'Allocation',
    max: 'Max',
    need: 'Need',
    request: 'Request',
    available: 'Available',
    finish: 'Finish',
    changed: (before: number, after: number) => `${before}, with the request granted ${after}`,
    more: (rows: number, columns: number) =>
      [rows > 0 ? `${number(rows)} more processes` : '', columns > 0 ? `${number(columns)} more types` : '']
        .filter(Boolean)
        .join(' and ') + ' have no room in this table. Everything below counts them all.',
    marks: {
      free: 'can finish',
      ring: 'deadlocked',
      behind: 'waits behind',
      unsafe: 'not sure to finish',
      impossible: 'asks for more than exists',
    },
  },
  working: 'Working it out.',
  stop: 'Stop',
  again: 'Work it out again',

  safe: (orders: number | string) =>
    `Safe. ${orders === 1 ? 'One order' : `${total(orders)} orders`} in which all can finish.`,
  unsafe: (stuck: readonly string[]) => `Unsafe. ${list(stuck, 6)} could not be sure to finish.`,
  order: {
    title: 'A safe order',
    finishing: 'An order of finishing',
    hint: 'Type names, or press the processes in the table.',
    label: 'Your order',
    placeholder: (names: readonly string[]) => [...names].reverse().slice(0, 3).join(', '),
    show: 'Show one',
    showAsFar: 'Show how far one gets',
    back: 'Take back the last step',
    clear: 'Clear',
    add: (name: string) => `Put ${name} next in your order`,
    step: 'Step',
    before: 'Work',
    wants: 'Need',
    asks: 'Request',
    gives: 'Gives back',
    after: 'Work after',
    right: 'fits',
    wrong: 'does not fit',
    accepted: 'Accepted: every step fits, and in this order all finish.',
    soFar: (left: readonly string[]) => `So far every step fits. Still to come: ${list(left, 6)}.`,
    wrongStep: (step: number, sentence: string) => `Step ${step}: ${sentence}`,
    notLooked: 'not looked at',
    types: 'Types, in this order',
  },

  ask: {
    title: 'Ask for units',
    process: 'Process',
    units: (type: string) => `Units of ${type}`,
    nothing: 'Choose how many units it asks for.',
    drawn: 'As drawn',
    clear: 'Clear',
    tests: 'The three tests',
    declared: 'Declared: Request ≤ Need',
    available: 'Available: Request ≤ Available',
    safe: 'Safe afterwards: an order is left in which all can finish',
    passed: 'passed',
    failed: 'failed',
    skipped: 'not reached',
    cell: (type: string, asks: number, limit: number) => `${type}: ${asks} ${asks <= limit ? '≤' : '>'} ${limit}`,
    orderLeft: (order: readonly string[], orders: number | string) =>
      `${order.length <= 8 ? order.join(', ') : `${order.slice(0, 8).join(', ')} …`}${orders === 1 ? ', the only one' : `, one of ${total(orders)}`}`,
    stuck: (stuck: readonly string[]) => `${list(stuck, 6)} could not be sure to finish`,
    grant: 'Granted.',
    wait: (process: string, types: readonly string[]) =>
      `Has to wait: not enough of ${list(types, 4)} is available for ${process}.`,
    unsafe: 'Refused because unsafe: enough is available, but afterwards not everybody could be sure to finish.',
    error: (process: string, types: readonly string[]) =>
      `An error of ${process}: more of ${list(types, 4)} than it has declared.`,
    doGrant: 'Grant it in the drawing',
    doRequest: 'Draw it as a request',
    granted: (process: string, units: string) => `Grant ${process} ${units}`,
    requested: (process: string, units: string) => `Request: ${process} asks for ${units}`,
    of: (units: number, type: string) => `${number(units)} of ${type}`,
    running: 'A run is open. Close it to change the drawing.',
  },

  detection: {
    deadlock: (names: readonly string[]) => `Deadlock. ${list(names, 6)} can never finish.`,
    never: (names: readonly string[]) =>
      `No deadlock, but ${list(names, 6)} can never finish: more is asked for than exists.`,
    none: (orders: number | string) =>
      `No deadlock. ${orders === 1 ? 'One order' : `${total(orders)} orders`} in which all can finish.`,
    rule: 'Who counts as finished from the start',
    plain: 'Nobody: each process has to be able to finish',
    book: 'Whoever holds nothing',
    bookCounts: (names: readonly string[]) =>
      names.length === 0
        ? 'By this rule nobody is counted as deadlocked.'
        : `By this rule ${list(names, 6)} ${names.length === 1 ? 'counts' : 'count'} as deadlocked.`,
    differ: (names: readonly string[]) =>
      `${list(names, 6)} ${names.length === 1 ? 'holds' : 'hold'} nothing: it is never waited for, and yet it waits.`,
    ring: 'On the ring',
    behind: 'Waiting behind it',
    impossible: 'Asking for more than exists',
    no: 'no',
    step: (step: number) => `step ${step}`,
    fromStart: 'from the start',
  },

  paths: {
    title: 'Paths through the states',
    about: (across: string, up: string) =>
      `To the right ${across} goes on, upwards ${up}. Each field is a state, and a run is a path that never goes back.`,
    scripted: 'The programs are those of the script; at its end each process gives back what it still has.',
    usual:
      'Each process takes what it holds, then what it may still need, one type after the other, and gives all back in the opposite order.',
    two: (processes: number, types: number) =>
      `Paths can be drawn for two processes and two types. This drawing has ${number(processes)} ${processes === 1 ? 'process' : 'processes'} and ${number(types)} ${types === 1 ? 'type' : 'types'}.`,
    long: (most: number) =>
      `A program has more than ${number(most)} steps, which is too much for a picture. Shorten the script.`,
    beyond: (name: string, units: number, type: string, exist: number) =>
      `${name} would come to hold ${number(units)} of ${type}, of which ${exist === 0 ? 'none exists' : `${number(exist)} ${exist === 1 ? 'exists' : 'exist'}`}. It could never finish, whatever the other does, so there are no paths to draw.`,
    idle: 'Nobody holds or asks for anything, so there are no states to go through.',
    step: (name: string) => `${name} goes on`,
    first: (name: string) => `${name} asks first for`,
    finished: (name: string) => `${name} has finished`,
    back: 'Take back',
    again: 'From now',
    begin: 'From the beginning',
    hint: 'Press a field to draw the path on to it, to the right or upwards.',
    label: (across: string, up: string) => `States of ${across} and ${up}`,
    now: 'present state',
    end: 'end of the path',
    axis: (type: string, units: number) => `${type} ${units > 0 ? '+' : '−'}${Math.abs(units)}`,
    holds: (name: string, units: string) => `${name} holds ${units}`,
    nothing: 'nothing',
    regions: {
      open: 'both can still finish',
      impossible: 'impossible: more than exists',
      doomed: 'unsafe: leads only into a deadlock',
      stuck: 'deadlock: no step is possible',
    },
    said: {
      open: 'Both can still finish.',
      impossible: 'More would be held than exists.',
      doomed: 'Unsafe for these programs: steps are possible, and every one leads into a deadlock.',
      stuck: 'Deadlock: each waits for what the other holds.',
      over: 'Both have finished.',
    },
    short: (name: string, takes: number, type: string, left: number) =>
      `${name} cannot go on: its next step takes ${number(takes)} of ${type}, and ${left === 0 ? 'none is' : `${number(left)} ${left === 1 ? 'is' : 'are'}`} left.`,
    goneBack: 'A path never goes back: choose a field to the right of its end or above it.',
    bent: 'One straight piece at a time: choose a field straight to the right of the end of the path or straight above it.',
  },
} as const
