// The help of week 9: order of events, clocks, mutual exclusion.
import type { HelpEntry } from '../index.ts'

export const coordinationHelp: readonly HelpEntry[] = [
  {
    id: 'happened-before',
    week: 9,
    title: 'Happened before, and space-time diagrams',
    body: [
      'Without a common clock, order means: could the one have had an effect on the other? It could if there is a way from the one event to the other along the lines of nodes and along messages (Lamport, 1978).',
      {
        term: 'Concurrent',
        text: 'neither could have had an effect on the other. Which one came first nobody inside can tell.',
      },
      {
        term: 'Cut',
        text: 'a line through all nodes between past and future. It is consistent when nothing is received before it that is sent behind it: only such a cut shows a state that could have been.',
      },
      'In the view Space-time, point at an event to see its causal past in heavy lines and its future in lighter ones. Click an event and Shift+click another to compare them. Press Cut and click events to move the cut.',
    ],
    see: ['concurrent-by-hand', 'ricart-agrawala', 'causal-broadcast'],
  },
  {
    id: 'diagrams-by-hand',
    week: 9,
    title: 'Drawing a diagram by hand',
    body: [
      'Choose the algorithm By hand, and nothing is sent by itself: you say what nodes do, as on a blackboard. Both ways can be mixed.',
      {
        term: 'In the plan',
        text: 'put what a node does or sends at a time, with a name if you like. Choose an entry to change it: another time moves the event, another time on the way moves the receipt. The verdict lists all events with their clocks after each change.',
      },
      {
        term: 'In a run',
        text: 'right-click a node and choose: it does something, or sends to a neighbour. By keyboard the same stands under Possible now. Let messages arrive in the order that you want, delay, copy or drop them. Going back and choosing otherwise keeps both ways.',
      },
      {
        term: 'As a script',
        text: 'write lines such as "P1 does: x = 1", "P1 sends to P2: hello" and "m1 arrives". A message is called m1, m2 … by the order of sending.',
      },
      'Turn off Show the clocks in the panel Run when a class is to work them out.',
    ],
    see: ['lamport-by-hand', 'concurrent-by-hand'],
  },
  {
    id: 'logical-clocks',
    week: 9,
    title: 'Logical clocks',
    body: [
      {
        term: 'Lamport clock',
        text: 'a counter in each node: plus one before each event; a message carries it; on receipt the larger of the two, plus one. What happened before has the smaller stamp. The reverse does not hold: a smaller stamp proves nothing.',
      },
      {
        term: 'Vector clock',
        text: 'one counter for each node: each counts its own events and takes over the larger numbers of others. Comparing two vectors tells exactly whether one happened before the other or they are concurrent.',
      },
      {
        term: 'Matrix clock',
        text: 'a vector for each node: what this node knows of what the others know. It tells when everybody knows something.',
      },
      'Choose the stamps in the view Space-time; a step that receives and sends has two, since these are two events. With the algorithm By hand the clocks stand in the table of the run as well.',
    ],
    see: ['lamport-by-hand', 'ricart-agrawala', 'lamport-exclusion'],
  },
  {
    id: 'physical-clocks',
    week: 9,
    title: 'Setting clocks by messages',
    body: [
      'Clocks begin apart (offset) and run apart (drift). Messages to set them take time, and nobody knows how the time of a round trip divides between there and back. That is where all error comes from.',
      {
        term: 'Cristian',
        text: 'ask a time server and add half the round trip. The error is at most half the round trip; less, when the least time of a way is known. Of several samples the one with the shortest round trip is best.',
      },
      {
        term: 'Berkeley',
        text: 'a master asks all, averages, and tells each by how much to change. Clocks that are far off are left out of the average, and are told as well. No server needs the right time.',
      },
      {
        term: 'NTP',
        text: 'four timestamps: sent, received, answered, back. Offset ((t2 - t1) + (t3 - t4)) / 2, delay (t4 - t1) - (t3 - t2). If the way there and the way back differ, the offset is wrong by half the difference.',
      },
      'A clock is better slowed down than set back: programs do not expect that time runs backward.',
    ],
    see: ['cristian', 'cristian-crooked', 'berkeley', 'ntp'],
  },
  {
    id: 'exclusion',
    week: 9,
    title: 'Mutual exclusion by messages',
    body: [
      'At most one node may be in the critical section, and everybody who asks gets in some time. Without shared memory that takes messages; how many, for N nodes and each entry:',
      { term: 'Central coordinator', text: '3. Simple and fair; it is lost with its coordinator.' },
      {
        term: 'Lamport',
        text: '3(N - 1). A queue in every node, in the order of timestamps. Needs channels that keep their order.',
      },
      {
        term: 'Ricart-Agrawala',
        text: '2(N - 1). Answers are permissions, and are kept back by whoever is earlier. One crashed node stops all.',
      },
      { term: 'Suzuki-Kasami', text: '0 for the holder of the token, else N.' },
      {
        term: 'Token ring',
        text: '0 to N - 1 until the token comes; messages for nothing while nobody wants. A lost token must be made anew.',
      },
      {
        term: 'Maekawa',
        text: 'about 3 times the square root of N for a quorum: any two quorums share a node, which lets in one at a time. It can deadlock unless locks can be given back.',
      },
    ],
    see: [
      'central-exclusion',
      'coordinator-crash',
      'lamport-exclusion',
      'ricart-agrawala',
      'suzuki-kasami',
      'token-ring',
      'maekawa-deadlock',
      'maekawa-cure',
    ],
  },
]
