// Words of the views that compare algorithms and that try every order.
export const compareTexts = {
  title: 'Compare',
  label: 'Comparison of algorithms',
  choose: 'Algorithms',
  onDrawing: 'On this drawing',
  onDrawingHint: 'The same nodes, links, plan and seed for all.',
  columns: {
    algorithm: 'Algorithm',
    outcome: 'Outcome',
    messages: 'Messages',
    without: 'Without those to crashed',
    time: 'Time (ms)',
    busiest: 'Busiest node',
  },
  busiest: (name: string, messages: number) => `${name}: ${messages}`,
  kinds: (list: readonly { kind: string; sent: number }[]) =>
    // A number stays with its kind at the end of a line.
    list.map(({ kind, sent }) => `${sent}\u00a0${kind}`).join(', '),
  best: 'fewest of those compared',
  bySize: 'As the network grows',
  bySizeHint:
    'Each algorithm on networks of its own: rising, falling and random arrangements of ids, and each of several nodes as the one that begins. An election where everybody knows everybody is about a highest node that has crashed.',
  work: 'Work out the costs',
  working: (percent: number) => `Working: ${percent} %`,
  stop: 'Stop',
  stopped: 'Stopped. Nothing was changed.',
  nodes: 'Nodes',
  messagesAxis: 'Messages: average, band from best to worst',
  chart: (labels: readonly string[]) => `Messages against the number of nodes for ${labels.join(', ')}`,
  logarithmic: 'Logarithmic',
  table: 'The figures',
  sizeColumns: { n: 'Nodes', runs: 'Runs', best: 'Best', average: 'Average', worst: 'Worst', time: 'Mean time (ms)' },
  none: 'Choose at least one algorithm.',
  alone: 'There is nothing to compare with what the drawing runs. Choose another algorithm above it.',
  concealed: 'The exercise asks for what stands here. It is shown when its questions are answered.',
  empty: 'Draw some nodes first.',
}

export const orderTexts = {
  title: 'Every order',
  label: 'Every order of deliveries and crashes',
  hint: 'Messages take as long as they like, one after the other between the same two nodes unless they may overtake. Timeouts run out only while nothing is on its way. Every order is tried, each state looked at once.',
  crashes: 'Nodes that may crash',
  losses: 'Messages that may be lost',
  impatient: 'Timeouts may run out at any time',
  most: 'States at most',
  go: 'Try every order',
  working: (states: number) => `Looked at ${states} states so far`,
  stop: 'Stop',
  stopped: 'Stopped. Nothing was changed.',
  complete: (states: number, transitions: number, ends: number, depth: number) =>
    `All ${states} states were looked at, with ${transitions} ways between them, ${ends} ends, and ${depth} events on the longest of the shortest ways.`,
  cut: (states: number) =>
    `Stopped after ${states} states. What broke is found; what holds is only known for the states looked at.`,
  holds: 'holds in every state',
  held: 'holds in the states looked at',
  breaks: (events: number, sentence: string) =>
    `breaks after ${events} ${events === 1 ? 'event' : 'events'}: ${sentence}`,
  play: 'Play it',
  played: (title: string) => `Broken: ${title}`,
  playedEntry: (title: string) => `Counterexample: ${title}`,
  noRules: 'There is nothing to break for this algorithm.',
  large: (count: number) =>
    `The drawing has ${count} nodes. With more than five, orders are mostly too many to be tried all.`,
  old: 'The drawing has changed since.',
}
