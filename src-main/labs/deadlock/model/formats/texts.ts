// Labels, words and sentences of the deadlock lab's text formats. Knows no format's syntax.
import { MAX_INSTANCES } from '../../../../contract/limits.ts'
import { counted, list, number } from '../words.ts'

const most = number(MAX_INSTANCES)

export const texts = {
  labels: {
    json: 'Edge list (JSON)',
    dot: 'Graphviz DOT',
    mermaid: 'Mermaid',
    csv: 'CSV tables',
    markdown: 'Markdown tables',
    latex: 'LaTeX tables',
  },
  matrices: {
    allocation: 'Allocation',
    request: 'Request',
    max: 'Max',
    need: 'Need',
    total: 'Total',
    available: 'Available',
  },
  process: 'Process',

  tooMany: (limit: number) => `This has more than ${number(limit)} nodes or edges, the most that a drawing may have.`,

  remarks: {
    cutName: (name: string, limit: number) => `A name was cut to ${limit} characters: “${name} …”.`,
    byName: (names: readonly string[]) =>
      `The text does not tell processes from resource types. For ${list(names, 4)} the first letter decided: P is a process, R or T a type.`,
    guessed: (names: readonly string[]) =>
      `The text does not give the instances of ${list(names, 4)}; there are as many as are assigned, at least 1.`,
    strangeLabels: (count: number) => `${counted(count, 'label')} on arrows say no number of units and were left out.`,
    untitled: (what: string) => `The table without a title was read as ${what}.`,
    inconsistent: (names: readonly string[]) =>
      `For ${list(names, 4)} Total and Available do not agree; Total was taken.`,
    needUnlike: (names: readonly string[]) => `For ${list(names, 4)} Need is not Max minus Allocation; Max was taken.`,
    ignored: (what: string) => `“${what}” was left out: a drawing has no such table.`,
    understood: (what: readonly string[], processes: number, types: number) =>
      `Read ${list(what)} of ${number(processes)} ${processes === 1 ? 'process' : 'processes'} and ${counted(types, 'type')}.`,
  },

  dot: {
    kind: (name: string) =>
      `“${name}” is neither a process nor a resource type. Give it shape=circle for a process or shape=box for a type.`,
    joins: (from: string, to: string, kind: 'process' | 'resource') =>
      kind === 'process'
        ? `“${from}” and “${to}” are both processes. An arrow joins a process and a resource type; check their shapes.`
        : `“${from}” and “${to}” are both resource types. An arrow joins a process and a resource type; check their shapes.`,
    count: (label: string) => `“${label}” is more units than one arrow may have. The most is ${most}.`,
    instances: (name: string) => `“${name}” needs from 1 to ${most} instances.`,
    empty: 'this graph has no nodes. Name some, such as P1 -> R1;',
  },

  json: {
    fault: (expected: string, found: string) => `this is not JSON: ${expected} was expected and ${found} was found.`,
    many: (count: number) => `this holds ${count} cases, and a drawing is one of them. Keep one and read it again.`,
    twice: (name: string) =>
      `Two nodes are called “${name}”, and an edge list tells nodes apart by name alone. Rename one, or choose another format.`,
    unclear: (name: string) =>
      `An edge list cannot hold the name “${name}”: it reads like an arrow or a count. Rename it, or choose another format.`,
  },

  cases: {
    noRow: 'expected a list of numbers, such as [1, 0]; Allocation, Max and Request are lists of such lists.',
    width: (found: number, wanted: number) =>
      `${counted(found, 'number')} ${found === 1 ? 'is' : 'are'} here, and Available has ${number(wanted)}. Give one for each type.`,
    height: (found: number, wanted: number) =>
      `${counted(found, 'row')} ${found === 1 ? 'is' : 'are'} here, and Allocation has ${number(wanted)}. Give one for each process.`,
    names: (wanted: number) => `expected a list of ${counted(wanted, 'name')}.`,
    noName: 'expected a name that is not empty.',
    nobody: (found: string) => `${found} is the name of no process here. Take one of the names.`,
    both: (name: string) => `“${name}” stands for a process and for a type. Give one of them another name.`,
    edge: (sign: '>' | '~') =>
      sign === '~' ? 'expected an edge such as "P1~R1".' : 'expected an edge such as "P1>R1" or "R1>P1".',
  },

  tables: {
    none: 'no table of units is here. Give a table with one row for each process and one column for each type, and Allocation or Request as its title.',
    notUnits: (found: string) => `expected a whole number of units from 0 to ${most}, found ${found}.`,
    noInstances: (name: string) =>
      `the type “${name}” would have no instance; it needs from 1 to ${most}. Correct Total or Available.`,
    moreCells: (types: number) =>
      `this row has more numbers than the ${types} types of its table. Add names to the head, or remove the number.`,
    tooWide: (processes: number, types: number, limit: number) =>
      `Tables of ${number(processes)} processes and ${number(types)} types would have more than ${number(limit)} cells. Choose a format that lists edges, such as DOT.`,
    noHead: 'numbers come before the names of the types. Begin the table with a row of their names.',
  },
} as const
