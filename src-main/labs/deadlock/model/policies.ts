// What the comparison of policies asks for and answers: runs, their measures, and what these mean. Knows no engine.
import type { PolicyId } from './policy-infos.ts'

export * from './policy-infos.ts'
export { policyTexts } from './policy-texts.ts'

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
    title: 'Deadlocked for',
    what: 'Ticks during which there was a deadlock; no figure when the last one never ends.',
    better: 'less',
  },
  { key: 'detections', title: 'Detections', what: 'Times that somebody looked for a deadlock.', better: 'less' },
  { key: 'comparisons', title: 'Compared', what: 'Numbers compared in all these looks.', better: 'less' },
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
