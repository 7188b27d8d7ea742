// What a verdict says of declared maxima. Safe, unsafe and deadlocked are three words for three things.
import type { Names } from './texts.ts'
import { list, number, sequence, units } from './words.ts'

const names = ({ shown, total }: Names): string => list(shown, shown.length, total)

export const avoidanceTexts = {
  safe: 'Safe',
  unsafe: 'Unsafe',
  isSafe: (order: Names): string =>
    `Whatever they ask for within their maxima, all can finish: ${sequence(order.shown, order.total)}.`,
  isUnsafe: (stuck: Names, waiting: boolean): string =>
    `No deadlock, but if all asked for their whole maximum, ${names(stuck)} could not finish. ` +
    (waiting ? 'By what is asked for now, everybody can.' : 'Nobody is waiting now.'),

  order: (count: { exact: bigint } | { moreThan: number }): string => {
    if ('moreThan' in count) {
      return count.moreThan === 0 ? 'A safe order' : `A safe order, one of more than ${number(count.moreThan)}`
    }
    return count.exact === 1n ? 'The only safe order' : `A safe order, one of ${number(Number(count.exact))}`
  },
  noOrder: 'No safe order',
  start: 'At the start',
  work: (entries: string): string => `Work: ${entries}`,
  finishes: (process: string, need: string): string => `${process} can have all it needs (${need}) and finish`,
  cannot: (process: string, type: string, wants: number, has: number): string =>
    `${process} may still need ${units(wants)} of ${type}, and at most ${number(has)} can come together`,

  requests: 'Requests by the three tests',
  request: (process: string, asked: string, answer: 'grant' | 'wait' | 'unsafe' | 'error'): string => {
    const said = {
      grant: 'can be granted, and all stays safe',
      wait: 'has to wait',
      unsafe: 'is refused for now: granting it would be unsafe',
      error: 'is an error: more than declared',
    }[answer]
    return `${process} asks for ${asked}: ${said}`
  },
  short: (type: string, wants: number, has: number): string =>
    `${number(wants)} of ${type} ${wants === 1 ? 'is' : 'are'} asked for; the limit is ${number(has)}`,

  claimsTooMuch: (process: string, type: string, count: number, instances: number) => ({
    sentence: `${process} claims ${units(count)} of ${type}, and only ${number(instances)} ${instances === 1 ? 'exists' : 'exist'}.`,
    remedy: `Claim ${number(instances)} at most, or give ${type} more instances.`,
  }),
  usesTooMuch: (process: string, type: string, used: number, count: number) => ({
    sentence: `${process} holds and asks for ${units(used)} of ${type}, and has declared ${number(count)} at most.`,
    remedy: `Declare ${number(used)}, or take a request away.`,
  }),
} as const
