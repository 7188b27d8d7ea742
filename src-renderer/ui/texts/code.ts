// English texts of editors of code that know no language: problems and why nothing can be typed.

const counted = (count: number): string => (count === 1 ? '1 problem' : `${count} problems`)

export const code = {
  waits: (count: number) => `The drawing waits: ${counted(count)}.`,
  inLine: (line: number) => `Line ${line}`,
  all: (count: number) => `Show all ${count}`,
  first: 'Show the first only',
  entry: 'Edit the text',
  running: 'The text cannot be changed while a run is open.',
  keys: 'F8 goes to the next problem.',
}
