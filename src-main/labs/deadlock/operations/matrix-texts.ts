// What the operations on matrices say: summaries, and refusals that name the place and the remedy.
import { counted, list, number } from '../model/words.ts'

export const matrixTexts = {
  banker:
    'Tells whether a state with declared maxima is safe, with an order, Work at each step and the number of orders.',
  request: "Answers one process's request by the Banker's three tests: declared, available, safe afterwards.",
  order: 'Accepts an order in which processes are to finish, or tells its first wrong step and why.',
  claim: 'Answers a request in a graph with claim edges and one instance of each type: granted if no cycle arises.',
  detect: 'Finds by matrices who can never finish, by both rules for a process that holds nothing.',
  counting: 'Tells whether processes that share units of one type can run into a deadlock at all.',

  tooLarge: (processes: number, types: number, most: number): string =>
    `${counted(processes, 'process').replace('processs', 'processes')} by ${counted(types, 'type')} are more than ` +
    `${number(most)} numbers. Leave out rows or columns.`,
  noRows: (what: string, found: string): string =>
    `expected rows of numbers, found ${found}. Write ${what} as [[0, 1], [2, 0]].`,
  noRow: (what: string, found: string): string =>
    `expected a list of numbers, found ${found}. Write ${what} as [1, 0].`,
  rows: (what: string, found: number, wanted: number): string =>
    `${what} has ${counted(found, 'row')} and allocation has ${number(wanted)}. Give both one row for each process.`,
  columns: (what: string, found: number, wanted: number): string =>
    `${what} has ${counted(found, 'number')}; with ${counted(wanted, 'type')} in available it needs ${number(wanted)}.`,
  noUnits: (found: string, most: number): string =>
    `expected a whole number from 0 to ${number(most)}, found ${found}.`,
  names: (what: string, found: number | null, wanted: number): string =>
    found === null
      ? `expected a list of ${number(wanted)} names.`
      : `${what} has ${counted(found, 'name')} and the matrices need ${number(wanted)}.`,
  noName: 'expected a name that is not empty.',
  twice: (name: string): string => `"${name}" is there twice. Give each a name of its own.`,
  noProcess: (found: string, names: readonly string[]): string =>
    names.length === 0
      ? 'there are no processes.'
      : `there is no process ${found}. There ${names.length === 1 ? 'is' : 'are'}: ${list(names, 8, names.length)}.`,
  aboveMax: (process: string, type: string, held: number, max: number): string =>
    `${process} holds ${number(held)} of ${type} and has declared ${number(max)} at most. Raise max or lower allocation.`,

  step: {
    unknown: (name: string): string => `There is no process ${name}.`,
    repeated: (name: string): string => `${name} has finished before. Name each process once.`,
    missing: (names: readonly string[]): string =>
      `${list(names, 6, names.length)} ${names.length === 1 ? 'is' : 'are'} still missing at the end.`,
    short: (name: string, parts: readonly { type: string; wants: number; has: number }[]): string =>
      `${name} cannot finish at this step: ` +
      `${list(parts.map(({ type, wants, has }) => `it needs ${number(wants)} of ${type} and Work has ${number(has)}`))}.`,
    accepted: 'Every step fits: in this order all finish.',
  },

  claims: {
    noList: (found: string): string => `expected a list of edges such as "P1>R1", found ${found}.`,
    form: (found: string, form: string): string => `expected an edge written ${form}, found ${found}.`,
    ask: (found: string): string => `expected the request as "P1>R1", found ${found}.`,
    notDeclared: (process: string, type: string): string =>
      `${process} has no claim on ${type}, so it may not ask for it.`,
    taken: (type: string, first: string, second: string): string =>
      `${type} is assigned to ${first} and to ${second}; with one instance of each type only one can hold it.`,
    both: (name: string): string => `"${name}" is used as a process and as a type. Give them different names.`,
  },
  recovery: {
    costs: (found: number, processes: number): string =>
      `costs has ${counted(found, 'number')}, but there ${processes === 1 ? 'is one process' : `are ${number(processes)} processes`}. Write one cost for each process.`,
    meant:
      'matrices have no weights. Give costs, one number for each process, or use deadlock.recovery with a drawing.',
    mistyped: 'there is no such field. Did you mean costs?',
  },
  counts: {
    positive: (found: string): string => `expected a whole number of at least 1, found ${found}.`,
  },
} as const
