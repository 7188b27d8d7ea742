// Words of the scheduling cycle as a run.
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

export const schedulingTexts = {
  label: 'Schedule pods',
  start: 'Start from the drawing',
  node: 'Node',
  filters: 'Filters',
  total: 'Total',
  passes: 'passes',
  notNow: 'This is not possible in this state of the scheduling. Choose one of the possible events.',
  take: (pod: string, waiting: number) =>
    waiting > 1 ? `${pod} is taken from the queue of ${waiting} pods` : `${pod} is taken from the queue`,
  through: (node: string) => `${node} passes all filters`,
  out: (node: string, plugin: string, detail: string) => `${node} falls out by ${plugin}: ${detail.replace(/\.$/, '')}`,
  score: (plugin: string, weight: number, scores: readonly string[]) =>
    `${plugin}, weight ${weight}: ${scores.join(', ')}`,
  bind: (pod: string, node: string, total: number, others: readonly string[], ties: readonly string[]) =>
    ties.length > 0
      ? `${pod} is bound to ${node}: ${total} points, as many as ${listed(ties)}, and lots were drawn`
      : others.length === 0
        ? `${pod} is bound to ${node}, the only node that passed`
        : `${pod} is bound to ${node}: ${total} points, against ${listed(others)}`,
  wait: (pod: string) => `${pod} stays Pending, as no node passed`,
  ready: (waiting: number, nodes: number) =>
    `${waiting === 1 ? 'One pod waits' : `${waiting} pods wait`} for one of ${nodes} ${nodes === 1 ? 'node' : 'nodes'}.`,
  none: 'No pod waits for a node.',
  taken: (pod: string, asks: string) => `${pod} asks for ${asks}. Each node is asked whether it can take it.`,
  looked: (count: number, nodes: number, passed: number) =>
    `${count} of ${nodes} nodes were asked; ${passed === 0 ? 'none' : passed} passed so far.`,
  passed: (count: number, nodes: number) =>
    count === 1
      ? `One of ${nodes} nodes passed, so there is nothing to compare.`
      : `${count} of ${nodes} nodes passed. Now they get points.`,
  working: (node: string, lines: readonly string[]) =>
    `${node}: ${lines.map((line) => line.replace(/\.$/, '')).join('; ')}.`,
  sum: (node: string, parts: readonly string[], total: number) => `${node}: ${parts.join(' + ')} = ${total}.`,
  done: (placed: readonly string[]) => `${listed(placed)}.`,
  placed: (pod: string, node: string) => `${pod} runs on ${node}`,
  pending: (pod: string, message: string) => `${pod}: ${message}`,
  all: 'Every pod that was looked at has a node.',
  left: (pod: string, message: string) => `${pod} stays Pending: ${message}.`,
}
