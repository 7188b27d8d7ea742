// Words of the score board.
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

export const boardTexts = {
  title: 'Score board',
  label: 'Score board of the scheduler',
  pod: 'Pod',
  waits: 'waits for a node',
  on: (node: string) => `on ${node}`,
  empty:
    'Draw a Kubernetes cluster with nodes and a pod, or put one in from “Ready-made”: this board shows which node the scheduler would choose, and why.',
  concealed: 'The board is hidden until the questions of the exercise are answered.',
  asIf: (pod: string) => `As if ${pod} were not placed yet; pods that wait besides are left out.`,
  alone: (pod: string) => `Only ${pod} is looked at; other pods that wait are left out.`,
  chosen: (pod: string, node: string, total: number, ties: readonly string[]) =>
    ties.length > 1
      ? `${pod} goes to ${node} with ${total} points. ${listed(ties)} have as many, so lots are drawn.`
      : `${pod} goes to ${node} with ${total} points.`,
  pending: (pod: string, message: string) => `${pod} stays Pending. ${message}.`,
  node: 'Node',
  filters: 'Filters',
  passes: 'passes',
  total: 'Total',
  weight: (weight: number) => `× ${weight}`,
  winner: 'chosen',
  hint: 'Choose a cell to see how it comes about. Scores go from 0 to 100 and count as often as their weight says.',
  cell: (node: string, column: string, value: string) => `${node}, ${column}: ${value}`,
  working: (node: string, column: string) => `${column} of ${node}`,
  sum: (parts: readonly string[], total: number) => `${parts.join(' + ')} = ${total}`,
}
