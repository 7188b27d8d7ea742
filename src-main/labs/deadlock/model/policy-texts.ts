// Sentences of runs under policies, of the operation that compares them, and of what it refuses.
import { list, units } from './words.ts'

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
  unsafeBefore:
    'The state is unsafe already: no order lets everybody have its maximum and finish. So the Banker can promise nothing, and grants what is free.',
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
  tooMany: (what: string, most: number) => `At most ${most} ${what} can be compared. Leave some out.`,
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
