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
    (waiting ? 'By what is asked for now, everybody can.' : 'Nobody has to wait now.'),

  order: (count: { exact: bigint } | { moreThan: number }): string => {
    if ('moreThan' in count) {
      return count.moreThan === 0 ? 'A safe order' : `A safe order, one of more than ${number(count.moreThan)}`
    }
    if (count.exact === 1n) return 'The only safe order'
    const digits = String(count.exact).length
    return `A safe order, one of ${digits <= 15 ? number(Number(count.exact)) : `more than 10^${digits - 1}`}`
  },
  noOrder: 'No safe order',
  start: 'At the start',
  work: (entries: string): string => `Work: ${entries}`,
  finishes: (process: string, need: string): string =>
    need === ''
      ? `${process} needs nothing more and can finish`
      : `${process} can have all it may need (${need}) and finish`,
  cannot: (process: string, type: string, wants: number, has: number): string =>
    `${process} may still need ${units(wants)} of ${type}, and at most ${number(has)} can come together`,

  requests: 'Requests by the three tests',
  request: (process: string, asked: string, answer: 'grant' | 'wait' | 'unsafe' | 'error'): string => {
    const said = {
      grant: 'can be granted, and all stays safe',
      wait: 'has to wait',
      unsafe: 'is refused for now: the state would be unsafe afterwards',
      error: 'is an error: more than declared',
    }[answer]
    return `${process} asks for ${asked}: ${said}`
  },
  short: (type: string, wants: number, has: number): string =>
    `${number(wants)} of ${type} ${wants === 1 ? 'is' : 'are'} asked for; the limit is ${number(has)}`,

  after: (stuck: Names): string => `After it, if all asked for their maximum, ${names(stuck)} could not finish.`,
  orderNow: 'Finishing order by what is asked for now',
  rule: {
    name: 'Graph reduction, and the safety test on declared maxima',
    explanation:
      'Deadlock is judged by what is asked for now. Safe and unsafe are judged by what could be asked for: Need is the ' +
      'declared maximum less what is held, and where nothing is declared it is what is asked for. Work starts as what ' +
      'is available; a process whose Need fits Work can finish in any case and gives back what it holds. The state is ' +
      'safe if all can finish so. An unsafe state is no deadlock, and it may never become one.',
    source:
      'E. W. Dijkstra, Een algorithme ter voorkoming van de dodelijke omarming, EWD 108; A. N. Habermann, Prevention of ' +
      'System Deadlocks, Communications of the ACM 12(7), 1969; R. C. Holt, Some Deadlock Properties of Computer Systems, ' +
      'ACM Computing Surveys 4(3), 1972.',
  },

  claimsTooMuch: (process: string, type: string, count: number, instances: number) => ({
    sentence: `${process} claims ${units(count)} of ${type}, and only ${number(instances)} ${instances === 1 ? 'exists' : 'exist'}.`,
    remedy: `Claim ${number(instances)} at most, or give ${type} more instances.`,
  }),
  usesTooMuch: (process: string, type: string, used: number, count: number) => ({
    sentence: `${process} holds and asks for ${units(used)} of ${type}, and has declared ${number(count)} at most.`,
    remedy: `Declare ${number(used)}, or take a request away.`,
  }),
} as const
