// Words of the verdict on a run, and of what stands in its way.
export const verdictTexts = {
  unknownAlgorithm: (id: string) => `The drawing names an algorithm "${id}", which this version does not have.`,
  chooseAlgorithm: 'Choose an algorithm in the panel "Run".',
  noNumber: (name: string, count: number) =>
    count === 1
      ? `${name} has no number in its name, so it has no id.`
      : `${name} and ${count - 1} more have no number in their names, so they have no id.`,
  giveNumber: 'Name it like P3: the number is its id.',
  sameNumber: (number: number, count: number) => `${count} nodes have the id ${number}.`,
  changeNumber: 'Change the number in the name of all but one.',
  needsRing: (label: string) => `${label} needs one ring through all nodes, and the links form none.`,
  makeRing: 'Arrange the drawing as a ring, or draw the links so that each node has two.',
  needsGrid: (label: string) => `${label} needs a full grid of rows and columns, and the links form none.`,
  makeGrid: 'Arrange the drawing as a grid with as many nodes in each row.',
  needsLinks: (label: string) => `${label} sends along links, and the links do not join all nodes.`,
  makeLinks: 'Draw the links that are missing.',
  planLost: (count: number) =>
    count === 1
      ? 'One entry of the plan speaks of a node that is not there.'
      : `${count} entries of the plan speak of nodes that are not there.`,
  removePlan: 'Take it out of the plan.',
  allDown: 'All nodes are crashed, so nothing can happen.',
  bringBack: 'Bring one back.',
  empty: {
    word: 'Nothing yet',
    sentence: 'Drag nodes onto the canvas, or press P. Then choose what they run.',
  },
  withheld: {
    word: 'Withheld',
    sentence: 'The run cannot begin before this is mended.',
    why: 'What happens in a run is not said while the drawing does not fit the algorithm.',
  },
  elected: (name: string) => `${name} leads`,
  disagreement: 'No agreement',
  noLeader: 'No leader',
  twoLeaders: 'Two leaders',
  served: 'All served',
  starved: 'Stuck',
  together: 'Not exclusive',
  done: 'Done',
  endless: 'No end',
  endlessSentence: (events: number) => `After ${events} events things are still to come; the run was cut there.`,
  cost: (messages: number, time: string, without: number | null) =>
    `${messages} ${messages === 1 ? 'message' : 'messages'} in ${time} ms${without === null ? '' : `, ${without} without those to crashed nodes`}.`,
  electedSentence: (name: string, count: number) =>
    count === 1
      ? `${name}, the only node that lives, takes itself for the leader`
      : `All ${count} nodes that live take ${name} for the leader`,
  after: (sentence: string, cost: string) => `${sentence}: ${cost}`,
  groups: { rules: 'What must hold', costs: 'Messages', told: 'What happened' },
  at: (time: string) => `at ${time} ms`,
  kind: (kind: string, sent: number) => `${sent} ${kind}`,
  kindDetail: (lost: number, toCrashed: number) =>
    [toCrashed > 0 ? `${toCrashed} to crashed nodes` : '', lost - toCrashed > 0 ? `${lost - toCrashed} lost` : '']
      .filter((part) => part !== '')
      .join(', '),
  formula: { exact: 'textbook', most: 'textbook, at most', least: 'textbook, at least' },
  formulaItem: (what: string, value: number, how: string, formula: string) =>
    // A difference is not torn apart at the end of a line.
    `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${value} by the ${how} (${formula.replaceAll(' - ', '\u00a0−\u00a0')})`,
  total: (sent: number) => `${sent} messages in all`,
  counting: 'Each message is counted when it is sent, once, whatever way it takes.',
  notThere: 'No formula of a textbook fits this run.',
  moreNotes: 'Only the first are listed.',
  run: (label: string) => `Run ${label}`,
}
