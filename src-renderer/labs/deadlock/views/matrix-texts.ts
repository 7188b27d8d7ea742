// Words of the matrices and of the wait-for graph.
import type { ShownMatrix } from '@labs/deadlock/model/matrices.ts'
import type { Proof } from '@labs/deadlock/model/wait-for.ts'

const titles: Readonly<Record<ShownMatrix, string>> = {
  allocation: 'Allocation',
  request: 'Request',
  max: 'Max',
  need: 'Need',
}
const verbs: Readonly<Record<ShownMatrix, string>> = {
  allocation: 'holds',
  request: 'asks for',
  max: 'claims at most',
  need: 'may still ask for',
}
const units = (count: number): string => `${count} ${count === 1 ? 'unit' : 'units'}`
const over = (type: string, by: number): string => `${units(by)} of ${type} held beyond its total`

export const matrixTexts = {
  title: 'Matrices',
  titles,
  about: {
    allocation: 'Units of each type that each process holds.',
    request: 'Units of each type that each process asks for.',
    max: 'Most units of each type that each process will ever hold. What is not declared is what it holds and asks for.',
    need: 'Worked out: Max minus Allocation.',
  } satisfies Record<ShownMatrix, string>,
  addMax: 'Add maxima',
  process: 'Process',
  total: 'Total',
  available: 'Available',
  derived: 'Available is worked out: total minus what is held.',
  addProcess: 'Add process',
  addType: 'Add type',
  empty: 'Add a process and a resource type, and their cells appear here.',
  running: 'The matrices show the state of the run. Close the run to change them.',
  keys: 'Type to change a cell; cells of a spreadsheet can be pasted.',
  cell: (matrix: ShownMatrix, process: string, type: string, count: number) =>
    `${process} ${verbs[matrix]} ${units(count)} of ${type}`,
  totalCell: (type: string, count: number) => `${type} has ${units(count)}`,
  availableCell: (type: string, count: number) =>
    count < 0 ? over(type, -count) : `${units(count)} of ${type} available`,
  over: (types: readonly { name: string; by: number }[], more: number) =>
    `Over-assigned: ${types.map(({ name, by }) => over(name, by)).join('; ')}` +
    (more > 0 ? `; and ${more} more ${more === 1 ? 'type' : 'types'}.` : '.'),
  wrongUnits: (most: number) => `A number of units from 0 to ${most.toLocaleString('en')}, please.`,
  wrongTotal: (most: number) => `A number of units from 1 to ${most.toLocaleString('en')}, please.`,
  noName: (name: string) => `A name cannot be empty. Escape keeps ${name}.`,
  edit: (what: string) => `Matrix: ${what}`,
  pasteLabel: (cells: number) => `Paste ${cells} ${cells === 1 ? 'cell' : 'cells'}`,
  clearLabel: (cells: number) => `Empty ${cells} ${cells === 1 ? 'cell' : 'cells'}`,
  pasted: (cells: number) => `${cells} ${cells === 1 ? 'cell' : 'cells'} pasted.`,
  outside: (cells: number) => `${cells} ${cells === 1 ? 'cell lies' : 'cells lie'} outside the matrix and stayed away.`,
  notUnits: (text: string) => `“${text}” is no number of units. Nothing was pasted.`,
}

const proves: Readonly<Record<Proof['says'], string>> = {
  withheld: 'More units are held than exist, so this graph proves nothing yet. Mend the numbers first.',
  noWaits: 'Without a wait there is no deadlock.',
  singleCycle: 'Each type has one unit, so a cycle is a deadlock.',
  singleNone: 'Each type has one unit and there is no cycle, so there is no deadlock.',
  severalCycle: 'There is a cycle, but some types have several units: that alone proves nothing. The verdict decides.',
  severalNone: 'There is no cycle, so there is no deadlock.',
}
const never = 'Somebody asks for more than exists and never finishes all the same; the verdict says who.'

export const waitTexts = {
  title: 'Wait-for graph',
  label: 'Wait-for graph of the drawing',
  none: 'Nobody waits for anybody.',
  concealed: 'What it proves is hidden until the questions are answered.',
  noProcess: 'A process appears here as soon as there is one.',
  wait: (from: string, to: string, through: readonly string[]) =>
    from === to
      ? `${from} waits for units of ${through.join(', ')} that it holds itself`
      : `${from} waits for ${to}, which holds ${through.join(', ')}`,
  list: 'Who waits for whom',
  tooMany: (processes: number, waits: number) =>
    `${processes} processes and ${waits} waits are too many for a picture. The list below has them.`,
  left: (waits: number) => `${waits} more waits are not listed.`,
  proof: ({ says, impossible }: Proof) => (impossible ? `${proves[says]} ${never}` : proves[says]),
}
