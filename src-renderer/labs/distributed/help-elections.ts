// The help of week 10: choosing a leader.
import type { HelpEntry } from '../index.ts'

export const electionHelp: readonly HelpEntry[] = [
  {
    id: 'elections',
    week: 10,
    title: 'Choosing a leader',
    body: [
      'Many tasks are easy once one node is in charge. When it is gone, the others choose a new one: at most one at a time, in the end exactly one, and all agree who. Here the highest id of those that live is to lead.',
      'What makes it hard: silence can mean a crash, a slow node or a cut. An algorithm that trusts a timeout can elect twice.',
    ],
    see: ['two-leaders', 'partition', 'bully-recovers'],
  },
  {
    id: 'bully',
    week: 10,
    title: 'The Bully algorithm',
    body: [
      'Who misses the leader sends ELECTION to all nodes with higher ids. Each that lives answers OK and holds an election itself. Who hears nothing in time has won, and tells all others with COORDINATOR.',
      'If the highest node has crashed and k live nodes hold elections, k(k + 1)/2 ELECTION, k(k - 1)/2 OK and n - 1 COORDINATOR are sent: dearest when the lowest begins, and only n messages when the second highest does.',
      'A node that comes back holds an election at once and takes the office from a lower one.',
    ],
    see: ['bully-crash', 'bully-recovers', 'two-leaders'],
  },
  {
    id: 'ring-elections',
    week: 10,
    title: 'Elections on a ring',
    body: [
      {
        term: 'With an initiator',
        text: 'ELECTION goes round with the highest id so far, back at the initiator COORDINATOR goes round: 2N messages for N live nodes. With a list instead of a maximum everybody learns the ring as well.',
      },
      {
        term: 'Chang-Roberts',
        text: 'every node may begin; ids lower than a node are swallowed by it. Between 2N - 1 and N(N + 1)/2 messages to elect, N (1 + 1/2 + … + 1/N) on average over all arrangements.',
      },
      {
        term: 'Hirschberg-Sinclair',
        text: 'candidates ask 2, 4, 8 … nodes away on both sides, so that few are left for the long ways: at most about 8 N log N, however the ids lie.',
      },
      'A crashed node breaks the ring. With the repair switched on, a node that gets no word from the next sends to the one after it.',
    ],
    see: [
      'ring-election',
      'ring-list',
      'broken-ring',
      'chang-roberts-best',
      'chang-roberts-worst',
      'hirschberg-sinclair',
    ],
  },
  {
    id: 'grid-elections',
    week: 10,
    title: 'Elections on a grid, and on any network',
    body: [
      {
        term: 'Sweeps',
        text: 'the maximum of each row travels right, the maxima down the last column, and the result back the same way: 2 (RC - 1) messages with R rows and C columns.',
      },
      {
        term: 'Flooding',
        text: 'every node sends the highest id it knows to all neighbours, in as many rounds as the network is wide: 2 E D messages with E links and diameter D. It needs no shape. Its rounds are kept in step by counting what has come, so one lost message stops it, as it stops the sweeps.',
      },
    ],
    see: ['grid-election', 'flood-max'],
  },
]
