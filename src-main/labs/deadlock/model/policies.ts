// What the comparison of policies asks for and answers, and the words that engine and page share. Knows no run.
import { list, units } from './words.ts'

export const policyIds = [
  'none',
  'share',
  'all-at-once',
  'release-first',
  'preempt',
  'order',
  'levels',
  'timeout',
  'banker',
  'detect',
] as const
export type PolicyId = (typeof policyIds)[number]

/** A setting of a policy. `types` is some of the types, `ranking` puts all of them into an order or on levels. */
export type PolicySetting =
  | { key: string; kind: 'number'; label: string; min: number; max: number; usual: number; unit: string }
  | { key: string; kind: 'choice'; label: string; options: readonly { value: string; label: string }[]; usual: string }
  | { key: string; kind: 'types'; label: string }
  | { key: string; kind: 'ranking'; label: string }

export interface PolicyInfo {
  id: PolicyId
  title: string
  /** one sentence: what it makes processes do */
  rule: string
  /** which of the four conditions it takes away, and how; null when it takes away none */
  breaks: string | null
  /** of which the first run settings that nobody chose take their usual value */
  settings: readonly PolicySetting[]
}

const number = (key: string, label: string, min: number, max: number, usual: number, unit: string): PolicySetting => ({
  key,
  kind: 'number',
  label,
  min,
  max,
  usual,
  unit,
})

export const policies: readonly PolicyInfo[] = [
  {
    id: 'none',
    title: 'No policy',
    rule: 'Units go to the oldest request that fits.',
    breaks: null,
    settings: [],
  },
  {
    id: 'share',
    title: 'Shareable resource',
    rule: 'Some types can be used by any number of processes at the same time.',
    breaks: 'Mutual exclusion, for these types',
    settings: [{ key: 'types', kind: 'types', label: 'Shareable types' }],
  },
  {
    id: 'all-at-once',
    title: 'All at once',
    rule: 'At its first request a process asks for all that it will ever need, and gets all of it or nothing.',
    breaks: 'Hold and wait: nobody who waits holds anything',
    settings: [],
  },
  {
    id: 'release-first',
    title: 'Release before asking',
    rule: 'Before each request a process gives back what it holds, and asks for the old and the new together.',
    breaks: 'Hold and wait: nobody who waits holds anything',
    settings: [],
  },
  {
    id: 'preempt',
    title: 'Preemption',
    rule: 'Who has to wait loses what it holds, and goes on when it can have the old and the new together.',
    breaks: 'No preemption',
    settings: [],
  },
  {
    id: 'order',
    title: 'Global order',
    rule: 'All types stand in one order. Who asks for an earlier one first gives the later ones back and asks again.',
    breaks: 'Circular wait: everybody waits for a later type than all it holds',
    settings: [{ key: 'order', kind: 'ranking', label: 'Order' }],
  },
  {
    id: 'levels',
    title: 'Hierarchical locks',
    rule: 'Types stand on levels. A process asks for all it needs of one level together, and only for higher levels.',
    breaks: 'Circular wait: everybody waits for a higher level than all it holds',
    settings: [{ key: 'levels', kind: 'ranking', label: 'Levels' }],
  },
  {
    id: 'timeout',
    title: 'Timeout and retry',
    rule: 'Who has waited for too long gives back what it holds, pauses, and begins again.',
    breaks: 'No preemption: a process gives up by itself. A deadlock can arise, yet it does not last',
    settings: [
      number('timeout', 'Gives up after', 1, 100, 4, 'ticks'),
      number('pause', 'Pause', 1, 100, 2, 'ticks'),
      {
        key: 'back-off',
        kind: 'choice',
        label: 'Length of the pause',
        options: [
          { value: 'fixed', label: 'always the same' },
          { value: 'random', label: 'by chance, up to twice as long' },
        ],
        usual: 'fixed',
      },
    ],
  },
  {
    id: 'banker',
    title: 'Banker',
    rule: 'Each process has declared its maximum. A request is granted only when the state is safe afterwards.',
    breaks: null,
    settings: [],
  },
  {
    id: 'detect',
    title: 'Detection and recovery',
    rule: 'Deadlocks are looked for now and then; a victim gives back all it holds and begins again.',
    breaks: null,
    settings: [
      {
        key: 'when',
        kind: 'choice',
        label: 'Looks for deadlocks',
        options: [
          { value: 'request', label: 'when somebody has to wait' },
          { value: 'events', label: 'after so many requests and releases' },
          { value: 'ticks', label: 'every so many ticks' },
          { value: 'idle', label: 'when few processes run' },
        ],
        usual: 'request',
      },
      number('every', 'From one look to the next', 1, 100, 6, 'events or ticks'),
      number('below', 'Looks when fewer run than', 1, 100, 50, '%'),
      {
        key: 'victim',
        kind: 'choice',
        label: 'Victim',
        options: [
          { value: 'youngest', label: 'who began last' },
          { value: 'least-held', label: 'who holds the fewest units' },
          { value: 'least-work', label: 'who has worked least' },
        ],
        usual: 'youngest',
      },
    ],
  },
]

/** Those that are compared unless somebody chooses others. */
export const usualPolicies: readonly PolicyId[] = [
  'none',
  'all-at-once',
  'preempt',
  'order',
  'timeout',
  'banker',
  'detect',
]

export type Activity = 'running' | 'waiting' | 'deadlocked' | 'pausing' | 'finished'

/** One process from tick `from` up to, not including, `to`. */
export interface Span {
  from: number
  to: number
  activity: Activity
}

/** From this tick on the process holds and asks for so many units of each type, in the order of the types. */
export interface Holding {
  tick: number
  holds: readonly number[]
  asks: readonly number[]
}

export interface PolicyEvent {
  tick: number
  /** number of the process */
  process: number
  sentence: string
  /** otherwise than the script has it; a request that only waits is not changed */
  changed: boolean
}

/** An event of the simulation `events`; process and resource are record ids. */
export interface PlayedEvent {
  type: 'request' | 'grant' | 'release' | 'withdraw'
  process: string
  resource: string
  count: number
}

/** Somebody looked for deadlocks. */
export interface Look {
  tick: number
  /** unit counts compared */
  comparisons: number
  /** processes that wait for each other in rings; empty when there is no deadlock */
  found: readonly number[]
}

export interface Episode {
  from: number
  /** null when it stands until the end */
  to: number | null
  processes: readonly number[]
}

/** What is measured of one run; ticks unless said otherwise. Null where there is no figure. */
export interface Measures {
  /** processes that do all of their program */
  finished: number
  makespan: number | null
  turnaround: number | null
  waiting: number
  longestWait: number
  /** 0 to 1 */
  utilisation: number
  /** 0 to 1 */
  idle: number
  /** times that somebody begins again */
  restarts: number
  /** ticks of running that were done again */
  lost: number
  starved: number
  deadlocks: number
  deadlockTicks: number | null
  detections: number | null
  comparisons: number | null
}
export type MeasureKey = keyof Measures

/** How a measure is called, what it means in one sentence, and which end of it is the better one. */
export const measures: readonly {
  key: MeasureKey
  title: string
  what: string
  better: 'less' | 'more'
  percent?: true
}[] = [
  { key: 'finished', title: 'Finished', what: 'Processes that did all of their program.', better: 'more' },
  { key: 'makespan', title: 'All done at', what: 'Tick at which the last process finished.', better: 'less' },
  {
    key: 'turnaround',
    title: 'Turnaround',
    what: 'Ticks from the start to the end of a process, the mean of all, when all finish.',
    better: 'less',
  },
  {
    key: 'waiting',
    title: 'Waiting',
    what: 'Ticks of waiting and pausing, of all processes together.',
    better: 'less',
  },
  {
    key: 'longestWait',
    title: 'Longest wait',
    what: 'Most ticks that one process waited or paused on end.',
    better: 'less',
  },
  {
    key: 'utilisation',
    title: 'In use',
    what: 'Of all units in all ticks until the end, the part that a running process held and needed.',
    better: 'more',
    percent: true,
  },
  {
    key: 'idle',
    title: 'Held idle',
    what: 'Of all units in all ticks until the end, the part that was held by who waited, or before it was needed.',
    better: 'less',
    percent: true,
  },
  {
    key: 'restarts',
    title: 'Begun again',
    what: 'Times that a process lost its work and began again.',
    better: 'less',
  },
  { key: 'lost', title: 'Work lost', what: 'Ticks of running that had to be done again.', better: 'less' },
  {
    key: 'starved',
    title: 'Starved',
    what: 'Processes outside a deadlock that never finished, or waited longer on end than the bound.',
    better: 'less',
  },
  {
    key: 'deadlocks',
    title: 'Deadlocks',
    what: 'Times that processes came to wait for each other in a ring.',
    better: 'less',
  },
  {
    key: 'deadlockTicks',
    title: 'They stood',
    what: 'Ticks during which there was a deadlock; no figure when the last one never ends.',
    better: 'less',
  },
  { key: 'detections', title: 'Looks', what: 'Times that somebody looked for a deadlock.', better: 'less' },
  { key: 'comparisons', title: 'Comparisons', what: 'Numbers compared in all these looks.', better: 'less' },
]

export interface PolicyRun {
  policy: PolicyId
  /** the settings that were used */
  settings: Readonly<Record<string, string | number | readonly string[]>>
  /** ticks until everybody had finished, or nothing could change any more, or the limit */
  ticks: number
  ended: 'finished' | 'deadlock' | 'livelock' | 'limit'
  /** for each process */
  spans: readonly (readonly Span[])[]
  /** for each process, each time that something changed */
  holdings: readonly (readonly Holding[])[]
  events: readonly PolicyEvent[]
  episodes: readonly Episode[]
  /** null under a policy that never looks for deadlocks */
  looks: readonly Look[] | null
  /** what repeats for ever without anybody getting further */
  livelock: { from: number; period: number } | null
  measures: Measures
  /** for each process */
  waits: readonly number[]
  finishedAt: readonly (number | null)[]
  /** the run as events of a script of requests and releases, or null, and then why it cannot be played in the drawing */
  played: readonly PlayedEvent[] | null
  unplayable: string | null
}

export interface PoliciesOutput {
  processes: readonly { id: string; name: string }[]
  types: readonly { id: string; name: string; units: number }[]
  /** the program of each process as sentences */
  programs: readonly (readonly string[])[]
  runs: readonly PolicyRun[]
  /** what of the script was read otherwise than it may be meant */
  remarks: readonly string[]
}

export interface PolicyChoice {
  policy: PolicyId
  settings?: Readonly<Record<string, unknown>>
}

const spoken = (names: readonly string[], amounts: readonly number[]): string =>
  list(
    amounts.flatMap((count, type) => (count === 0 ? [] : [count === 1 ? names[type]! : `${names[type]!} ×${count}`])),
  )

/** Sentences of a run. `what` is units by name, such as "R1 and R2 ×2". */
export const policyTexts = {
  spoken,
  step: (after: number, kind: 'request' | 'release', what: string) =>
    `${after === 0 ? '' : `runs ${after} ${after === 1 ? 'tick' : 'ticks'}, `}${kind === 'request' ? 'asks for' : 'gives back'} ${what}`,
  asks: (who: string, what: string) => `${who} asks for ${what}.`,
  asksAll: (who: string, what: string) => `${who} asks for all that it will need: ${what}.`,
  asksAgain: (who: string, what: string) => `${who} asks for ${what}, the old and the new together.`,
  asksInOrder: (who: string, what: string) => `${who} asks for ${what}, as the order has it.`,
  gets: (who: string, what: string) => `${who} gets ${what}.`,
  sharesIt: (who: string, what: string) => `${who} uses ${what} together with others.`,
  hasAlready: (who: string, what: string) => `${who} has ${what} already.`,
  waits: (who: string, what: string) => `${who} waits for ${what}.`,
  refused: (who: string, what: string) => `${who} waits for ${what}, which is free: granting it would be unsafe.`,
  givesBack: (who: string, what: string) => `${who} gives back ${what}.`,
  keeps: (who: string, what: string) => `${who} keeps ${what} for later.`,
  givesBackFirst: (who: string, what: string) => `${who} gives back ${what} before it asks.`,
  loses: (who: string, what: string) => `${who} has to wait, and loses ${what}.`,
  givesUp: (who: string, waited: number, what: string) =>
    `${who} gives up after ${waited} ${waited === 1 ? 'tick' : 'ticks'}${what === '' ? '' : `, gives back ${what}`} and begins again.`,
  victim: (who: string, what: string) =>
    `${who} is the victim: it gives back ${what === '' ? 'nothing' : what} and begins again.`,
  found: (who: readonly string[]) => `${list(who)} are found in a deadlock.`,
  finishes: (who: string, what: string) => `${who} finishes${what === '' ? '' : ` and gives back ${what}`}.`,

  shared: 'Some units are used by several processes at once, which a drawing cannot show.',
  tooLong: (most: number) => `The run has more than ${most} events, which is more than a script may have.`,

  summary: 'Plays a script of requests and releases under several policies against deadlock and measures each.',
  noLines: 'Write the events one on each line, as one text or a list of lines.',
  noEvent: 'This is no event. It has type, process, resource and count.',
  otherDrawing: 'This event is about a process or type that the drawing does not have.',
  noChoices: (known: readonly string[]) => `Choose some of: ${known.join(', ')}.`,
  noScript: 'The script has no requests. Write some, such as “P1 requests R1”, or generate them.',
  holdsTooMuch: (who: string, type: string, would: number, has: number) =>
    `${who} would come to hold ${units(would)} of ${type}, which has ${has}. Let it release some before, or ask for less.`,
  undeclared: (who: string, type: string, would: number, has: number) =>
    `${who} would come to hold ${units(would)} of ${type}, but has declared ${has}. Raise its claim, or let it ask for less.`,
  releasesTooMuch: (who: string, type: string, count: number, has: number) =>
    `${who} releases ${units(count)} of ${type}, but holds ${has} then.`,
  overAllocated: (type: string) => `More units of ${type} are assigned than it has. Mend that first.`,
  tooMany: (what: string, most: number) => `At most ${most} ${what} can be compared.`,
  withdrawn: 'Withdrawn requests are left out: here every process waits until it is served.',
  noPolicy: (id: string, known: readonly string[]) => `There is no policy “${id}”. There are: ${known.join(', ')}.`,
  noSetting: (policy: string, key: string, known: readonly string[]) =>
    `${policy} has no setting “${key}”. It has: ${known.join(', ') || 'none'}.`,
  badNumber: (label: string, min: number, max: number) => `${label} is a whole number from ${min} to ${max}.`,
  badChoice: (label: string, options: readonly string[]) => `${label} is one of: ${options.join(', ')}.`,
  badTypes: (label: string) => `${label} is a list of names of types, each once.`,
  badRanking: (label: string) =>
    `${label} is a list that names every type once; names on one level stand in a list of their own.`,
} as const
