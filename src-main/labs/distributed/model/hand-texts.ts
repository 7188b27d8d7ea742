// Words of runs that are drawn by hand: what nodes do, the algorithm's explanation, and what the verdict says of them.
export const handTexts = {
  label: 'By hand',
  explanation:
    'Nothing is sent by itself. What nodes do stands in the plan, or is chosen in a run: a node does something, or sends to another. Each event moves the clocks of its node, and each message carries those of its sender.',
  source: 'Lamport 1978; Fidge 1988, Mattern 1989; Wuu and Bernstein 1984',
  columns: ['Lamport', 'Vector', 'Matrix'],
  none: '–',
  shown: {
    label: 'Show the clocks',
    hint: '1: nodes and messages show their Lamport and vector clocks. 0: they do not, so that a class can work them out; the view Space-time still gives them.',
  },
  /** below a node, and on a message */
  stamps: (lamport: number, vector: string) => (vector === '' ? String(lamport) : `${lamport} · ${vector}`),
  doing: {
    act: (name: string, label: string) => (label === '' ? `${name} does something` : `${name}: ${label}`),
    send: (from: string, to: string, label: string) => `${from} sends${label === '' ? '' : ` ${label}`} to ${to}`,
  },
  itself: 'A message goes to another node. Name one.',
  plannedItself: 'In the plan a node sends to itself, and nothing comes of it.',
  notByHand: (label: string) => `${label} says itself what nodes do. Choose "By hand" to have them do something else.`,
  empty: {
    word: 'Nothing yet',
    sentence: 'Nothing happens by itself. Plan events in the panel "Plan", or run the drawing and right-click a node.',
  },
  word: (events: number) => (events === 1 ? '1 event' : `${events} events`),
  /** how many of all pairs of events are concurrent */
  concurrent: (pairs: number, all: number) =>
    pairs === 0
      ? 'No two events are concurrent.'
      : `Of ${all} pairs of events ${pairs} ${pairs === 1 ? 'is' : 'are'} concurrent.`,
  events: {
    title: 'Events and their clocks',
    receives: (name: string, message: string, from: string) => `${name} gets ${message} from ${from}`,
    sends: (name: string, messages: string) => `${name} sends ${messages}`,
    to: (message: string, to: string) => `${message} to ${to}`,
    stamps: (lamport: number, vector: string) => `Lamport ${lamport}, vector ${vector}`,
    more: 'Only the first are listed; the run has all of them.',
  },
  planned: (count: number) =>
    count === 1
      ? 'One entry of the plan has a node do something, which only a run by hand does.'
      : `${count} entries of the plan have nodes do something, which only a run by hand does.`,
  choose: 'Choose the algorithm "By hand", or take them out of the plan.',
}
