// The help of the distributed lab by topic.
import type { HelpEntry } from '../index.ts'
import { transparencyHelp } from './help-transparency.ts'

export const help: readonly HelpEntry[] = [
  {
    id: 'drawing-networks',
    week: null,
    title: 'Drawing a network',
    body: [
      'A node is a computer that sends messages and has no other way to know anything of the others. The number in its name is its id: P7 has the id 7. Rename it with F2 or a double-click to change the id.',
      {
        term: 'Link',
        text: 'two nodes that are neighbours. Ring and grid algorithms send along links only. The others reach everybody, whether a link is drawn or not.',
      },
      { term: 'Crashed', text: 'press X with a node selected. Messages to it are lost, and nobody tells the sender.' },
      { term: 'Begins', text: 'press B. Only marked nodes begin; with none marked, the algorithm says who does.' },
      { term: 'Cut', text: 'press X with a link selected. Nothing passes between the two, in either direction.' },
      { term: 'Part', text: 'nodes in different parts of the network cannot reach each other.' },
    ],
    see: ['ring-election', 'bully-crash'],
  },
  ...transparencyHelp,
]
