// Words of the generator of drawings.
import { number } from './words.ts'

export const generatorTexts = {
  title: 'Resource allocation graph',
  summary: 'Makes a resource allocation graph with a wanted property from a seed.',
  drawing: (seed: number): string => `Generated drawing ${seed}`,
  property: 'With',
  properties: {
    deadlock: 'A deadlock',
    harmless: 'A cycle, but no deadlock',
    behind: 'A deadlock, and some who wait behind it',
    rings: 'Several rings',
    acyclic: 'No cycle',
  },
  processes: 'Processes',
  types: 'Resource types',
  instances: 'Most instances of a type',
  density: 'Density, in per cent',
  behind: 'Processes behind',
  rings: 'Rings',
  refusals: {
    ring: (processes: number, types: number): string =>
      'A ring leads through two processes and two resource types at least, and there are ' +
      `${number(processes)} and ${number(types)}. Choose more.`,
    instances: 'With one instance of each type a cycle is always a deadlock. Let types have two instances at least.',
    behind: (behind: number, processes: number): string =>
      `A ring takes two processes, so at most ${number(Math.max(0, processes - 2))} of ${number(processes)} can wait ` +
      `behind it, and ${number(behind)} are wanted. Choose fewer, or more processes.`,
    rings: (rings: number): string =>
      `${number(rings)} rings need ${number(2 * rings)} processes and as many resource types. Choose fewer rings, or ` +
      'more of both.',
  },
  banker: {
    title: 'Banker table',
    drawing: (seed: number): string => `Generated table ${seed}`,
    state: 'State',
    states: { safe: 'Safe', unsafe: 'Unsafe' },
    processes: 'Processes',
    types: 'Resource types',
    units: 'Most units of a type',
    alone: 'One process alone is always safe, since nobody keeps anything from it. Choose two or more.',
  },
} as const
