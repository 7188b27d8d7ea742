// The help of the distributed lab by topic.
import type { HelpEntry } from '../index.ts'
import { coordinationHelp } from './help-coordination.ts'
import { electionHelp } from './help-elections.ts'
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
  {
    id: 'running-networks',
    week: null,
    title: 'Running, and breaking by hand',
    body: [
      'The verdict always tells how the run of your drawing ends: the algorithm above the drawing is run to its end after each edit, with the settings, the plan and the seed of the panels below the inspector.',
      'Run it yourself to see how it comes about. A step takes what comes next in time. Under Possible now stands whatever else could happen: any message first, one dropped, one copied, one delayed, a node crashed or paused. Click a message in the drawing to choose for it, right-click a node to choose for the node, or press X to crash what is selected.',
      'Every choice is a branch that stays. Going back loses nothing.',
      {
        term: 'Plan',
        text: 'what happens at a time by itself: a crash, a cut, a partition, a recovery. It is a part of the drawing and the same for every algorithm.',
      },
      {
        term: 'Predict',
        text: 'with the lamp beside the transport, or Alt+A, each step is asked about before it is shown.',
      },
      {
        term: 'Seed',
        text: 'all chance of a run (lengths of ways, losses, copies) comes from this number. The same drawing and seed give the same run on every machine.',
      },
    ],
    see: ['two-leaders', 'partition', 'coordinator-crash'],
  },
  {
    id: 'counting-messages',
    week: null,
    title: 'What is counted, and how',
    body: [
      'A message counts once, when it is sent, whatever way it takes through the network. Those to crashed nodes count as well, and the number without them is given beside it: textbooks do it either way.',
      'Beside the counts stand the figures of the textbook with your numbers put in, with a check where they agree. They are left out where the formulas say nothing about the run: when nodes or links change on the way, or a message is lost by chance.',
      'Compare runs all algorithms of one kind on your drawing, and on growing networks over many placements: the line is the average, the band goes from the best to the worst.',
    ],
    see: ['chang-roberts-best', 'chang-roberts-worst', 'bully-crash'],
  },
  {
    id: 'every-order',
    week: null,
    title: 'Every order',
    body: [
      'One run shows one order of events. A small network can be tried in all of them: every order of deliveries, and crashes and losses as many as you allow. Time plays no part; a message takes as long as it likes.',
      'The answer says how many states were looked at and whether these were all. What breaks is opened in the player, by a shortest way there. If the search had to stop, what holds is only known for the states looked at.',
      { term: 'State', text: 'what all nodes know, who is up, what is on its way and which timers run.' },
      'A timeout means: nothing is on its way any more. Let timeouts run out at any time, and see which algorithms trusted them.',
    ],
    see: ['maekawa-deadlock', 'ricart-agrawala', 'chang-roberts-worst'],
  },
  ...coordinationHelp,
  ...transparencyHelp,
  ...electionHelp,
]
