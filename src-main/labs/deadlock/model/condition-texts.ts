// Sentences about the four conditions of a deadlock. Pure functions of names and numbers.
import { list, number, units } from './words.ts'

const alsoWait = (more: number): string => (more === 0 ? '' : ` So ${more === 1 ? 'does' : 'do'} ${number(more)} more.`)

export const conditionTexts = {
  title: 'The four conditions of a deadlock',
  fulfilled: (name: string): string => `${name}: fulfilled`,
  broken: (name: string): string => `${name}: not fulfilled`,

  exclusion: 'Mutual exclusion',
  exclusionHeld: (process: string, resource: string, count: number): string =>
    `${count === 1 ? `${resource} is held by ${process}` : `${units(count)} of ${resource} are held by ${process}`}, and ` +
    'by nobody else at the same time: a rule of these drawings. It would be broken if several could use one unit at ' +
    'once, as with a file that is only read.',
  exclusionIdle:
    'A rule of these drawings: a unit is held by one process at most. It would be broken if several could use one unit ' +
    'at once, as with a file that is only read.',

  holdAndWait: 'Hold and wait',
  holdsAndWaits: (process: string, holds: string, waitsFor: string, more: number): string =>
    `${process} holds ${holds} and waits for ${waitsFor}.${alsoWait(more)}`,
  nobodyWaits: 'Nobody waits: each single request fits what is available.',
  nobodyHolds: (waiting: readonly string[], total: number): string =>
    `${list(waiting, waiting.length, total)} ${total === 1 ? 'waits' : 'wait'}, yet nobody who waits holds anything.`,

  preemption: 'No preemption',
  preemptionHeld: (process: string, resource: string): string =>
    `${process} keeps ${resource} until it gives it back: nothing in these drawings takes a unit away. It would be ` +
    `broken if ${resource} could be taken from ${process} and returned later, as memory or a processor can.`,
  preemptionIdle:
    'A rule of these drawings: nothing takes a unit away from its holder. It would be broken if a unit could be taken ' +
    'and returned later, as memory or a processor can.',

  circular: 'Circular wait',
  ringOfSingles: (path: string): string =>
    `${path}. Each type on this cycle has one instance, so the cycle alone makes the deadlock.`,
  ringOfSeveral: (path: string, stuck: readonly string[], total: number): string =>
    `${path}. With several instances a cycle alone is not enough. Here it lasts, since nobody among ` +
    `${list(stuck, stuck.length, total)} can ever get all that is asked for.`,
  ringOfOne: (path: string, process: string): string =>
    `${path}. ${process} waits for units that only it could give back.`,
  noCycle: 'There is no cycle, and without a cycle there is no deadlock.',
  opens: (path: string, why: string): string => `There is a cycle, ${path}, but it opens. ${why}`,
  lastsOtherwise: (path: string): string =>
    `There is a cycle, ${path}, but it is not what keeps anybody waiting for ever; asking for more than exists is.`,
  someOpen: 'There are cycles, but none of them lasts.',
} as const
