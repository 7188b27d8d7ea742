// Sentences about what would break a deadlock. Pure functions of names and numbers.
import { counted, list, number, units } from './words.ts'

const first = (count: number): string => (count === 1 ? 'change' : `set of up to ${number(count)} changes`)

export const repairTexts = {
  summary: 'What would break the deadlock of a resource allocation graph: the smallest changes, each with its reason.',
  withdraw: (process: string, resource: string): string => `${process} withdraws its request for ${resource}`,
  askLess: (process: string, resource: string, asked: number, less: number): string =>
    `${process} asks for ${units(asked - less)} of ${resource} instead of ${number(asked)}`,
  giveBack: (process: string, resource: string, held: number): string =>
    `${process} gives back ${held === 1 ? resource : `its ${units(held)} of ${resource}`}`,
  giveSome: (process: string, resource: string, held: number, given: number): string =>
    `${process} gives back ${number(given)} of its ${units(held)} of ${resource}`,
  add: (resource: string, instances: number, more: number): string =>
    `${resource} gets ${counted(instances + more, 'instance')} instead of ${number(instances)}`,
  all: (parts: readonly string[]): string => list(parts),
  order: (names: readonly string[], total: number): string => {
    if (total === 1) return `Then ${names.join('')} can finish.`
    const rest = total - names.length
    return `Finishing order: ${names.join(', ')}${rest > 0 ? ` and ${number(rest)} more` : ''}.`
  },

  remarks: {
    sets: (changes: number): string =>
      `No single change is enough. These are the smallest sets, of ${number(changes)} changes each.`,
    none: (most: number): string => `No ${first(most)} breaks the deadlock. Larger sets were not looked for.`,
    stopped: (found: number): string =>
      found === 0
        ? 'The drawing is so large that the search stopped before it found a change that is enough.'
        : 'The drawing is so large that the search stopped; there may be other changes, smaller ones among them.',
    cut: (listed: number, total: number): string => `The first ${number(listed)} of ${number(total)} are listed.`,
    withheld: 'While more units are assigned than exist, nothing is proposed. Mend that first.',
    impossible: (count: number): string =>
      `${counted(count, 'request')} for more than exists ${count === 1 ? 'stays' : 'stay'} as ` +
      `${count === 1 ? 'it is' : 'they are'}: that is no deadlock, and what to mend says how to mend it.`,
  },
} as const
