// Help about deadlocks beyond one machine's processes: transactions of a database, and processes on several sites.
import type { HelpEntry } from '../index.ts'

export const wider: readonly HelpEntry[] = [
  {
    id: 'database',
    week: 5,
    title: 'Deadlocks in a database',
    body: [
      'A transaction locks the rows that it works on and keeps all its locks until it commits or is rolled back (strict two-phase locking). Two transactions that lock the same rows in another order can close a ring.',
      'Play as transactions with row locks takes processes for transactions and types for rows. A script has lines such as T1 locks A, T1 commits, T2 rolls back. Each begins with a time stamp, the older the smaller.',
      {
        term: 'Detection',
        text: 'Everybody may wait. After each wait the wait-for graph is searched, and the youngest on a ring is rolled back, since it has worked least. One that begins again keeps its time stamp (T2 begins again), or it may be the victim over and over (T2 begins anew): that is starvation.',
      },
      {
        term: 'Wait-die',
        text: 'Only an older transaction waits for a younger one. A younger one is rolled back at once. Waits lead from old to young, so no ring can close. The line rule wait-die, before all others, chooses it.',
      },
      {
        term: 'Wound-wait',
        text: 'Only a younger transaction waits for an older one. An older one has the younger holder rolled back and takes the row. Waits lead from young to old.',
      },
    ],
    see: ['database-two-rows', 'database-youngest-victim'],
  },
  {
    id: 'sites',
    week: 5,
    title: 'Deadlocks over several sites',
    body: [
      'When processes run on several machines, no machine sees the whole wait-for graph. Give processes a site in the inspector; as soon as there are two sites, each process says where it runs, and two more ways to play are offered.',
      {
        term: 'Probes',
        text: 'A process that waits sends a probe along its waits. Within a site it costs nothing, from site to site it is a message. Whoever waits passes it on, once for each who began. If it comes back to the one who began, that one is deadlocked (Chandy, Misra and Haas, 1983, for processes that need all they ask for).',
      },
      {
        term: 'A central detector',
        text: 'Each site reports to one place when a wait begins and when it ends. Reports of different sites may overtake each other.',
      },
      {
        term: 'A phantom deadlock',
        text: 'The detector sees a ring of waits that never stood at the same time, because the end of one of them is still on its way. Who acts on it kills a process for nothing.',
      },
      'The cure is to ask again. Each wait has a number; if every wait of the ring still stands under the number that was reported, all of them stood together when the question was asked.',
    ],
    see: ['probes-three-sites', 'phantom-deadlock'],
  },
]
