// Sentences of a network's run.
const names = (list: readonly string[]): string => list.join(', ')

/** What a node does when a timer of its own runs out, by the timer's name. */
const timers: Readonly<Record<string, string>> = {
  answers: 'has waited for answers long enough',
  answer: 'has waited for the answer long enough',
  result: 'has waited for the result long enough',
  leave: 'leaves the critical section',
  think: 'asks again',
  pass: 'passes the token on',
  watch: 'misses the token',
  beat: 'sends its heartbeat',
  silence: 'has heard no heartbeat for too long',
  round: 'begins the next round',
  reply: 'has done its work and replies',
  move: 'moves the object',
  next: 'goes on',
  end: 'comes to the end',
}

/** The number of a message behind its kind, and before it; once where the number is all that it is called. */
const counted = (kind: string, number: number): string => (kind === `m${number}` ? '' : ` (m${number})`)
const called = (kind: string, number: number): string => (kind === `m${number}` ? `${kind}:` : `m${number}: ${kind}`)

export const runTexts = {
  start: 'Start from the drawing',
  columns: ['Runs', 'Clock', 'Sent', 'Received'],
  runs: { up: 'yes', down: 'crashed', paused: 'paused' },
  arrives: (kind: string, detail: string, from: string, to: string, number: number) =>
    `${to} gets ${kind} from ${from}${detail === '' ? '' : `: ${detail}`}${counted(kind, number)}`,
  gone: (kind: string, from: string, to: string, number: number) =>
    `${to} never gets ${kind} from ${from}: lost on its way${counted(kind, number)}`,
  atCrashed: (kind: string, from: string, to: string, number: number) =>
    `${to} is crashed: ${kind} from ${from} is lost${counted(kind, number)}`,
  timer: (name: string, timer: string) =>
    `${name} ${Object.hasOwn(timers, timer) ? (timers[timer] ?? '') : `is at the end of "${timer}"`}`,
  unreached: (name: string, to: string, number: number) => `${name} gets no word from ${to} (m${number})`,
  drop: (kind: string, from: string, to: string, number: number) => `Drop ${called(kind, number)} ${from} → ${to}`,
  copy: (kind: string, from: string, to: string, number: number) => `Copy ${called(kind, number)} ${from} → ${to}`,
  delay: (kind: string, from: string, to: string, number: number, by: number) =>
    `Delay m${number} by ${by} ms: ${kind === `m${number}` ? '' : `${kind} `}${from} → ${to}`,
  doing: {
    start: (name: string) => `${name} begins`,
    crash: (name: string) => `${name} crashes`,
    recover: (name: string) => `${name} comes back`,
    pause: (name: string) => `${name} pauses`,
    resume: (name: string) => `${name} goes on`,
  },
  cut: (a: string, b: string) => `The link between ${a} and ${b} is cut`,
  mend: (a: string, b: string) => `The link between ${a} and ${b} is mended`,
  part: (list: readonly string[]) => `${names(list)} are cut off from all others`,
  heal: 'All cuts are mended',
  status: (at: string, sent: number, under: number) =>
    `${at} ms: ${sent} ${sent === 1 ? 'message' : 'messages'} sent, ${under} under way.`,
  rest: (at: string, sent: number) =>
    `${at} ms: nothing more is to come. ${sent} ${sent === 1 ? 'message' : 'messages'} sent.`,
  /** notes in the few words that there is room for beside an event, by what they are about */
  brief: { request: 'asks to enter', enter: 'enters', leave: 'leaves' },
  labels: { crash: 'crashes', recover: 'comes back', pause: 'pauses', resume: 'goes on', start: 'begins' },
  onlyThese: 'A run can crash and bring back nodes, and cut and mend links. Other changes belong to the drawing.',
}

/** A time in ms as a person reads it: at most three digits behind the point. */
export const time = (at: number): string => String(Math.round(at * 1000) / 1000)
