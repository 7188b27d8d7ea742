// The help on orders of delivery, on suspecting a crash, and on names, copies and remote calls.
import type { HelpEntry } from '../index.ts'

export const transparencyHelp: readonly HelpEntry[] = [
  {
    id: 'delivery-orders',
    week: 9,
    title: 'In which order messages are delivered',
    body: [
      'A message that has arrived need not be delivered at once: a node can hold it back until what belongs before it is there. What belongs before it is a matter of choice.',
      { term: 'FIFO order', text: 'the messages of one sender come in the order in which it sent them.' },
      {
        term: 'Causal order',
        text: 'nothing comes before what its sender had delivered when it sent it: no answer before its question. Messages that do not know of each other come in any order.',
      },
      {
        term: 'Total order',
        text: 'all nodes deliver in the same order. A sequencer that numbers all messages is the plainest way to it.',
      },
      'In a run, the column Waiting shows what is held back. With holding back switched off, see which delivery breaks the order.',
    ],
    see: ['causal-broadcast', 'causal-order-broken'],
  },
  {
    id: 'transparency',
    week: 9,
    title: 'Names, copies and remote calls',
    body: [
      'A distributed system is transparent where its users need not know how it is spread over computers. Three small runs show what that takes, and where it shows through.',
      {
        term: 'Location and migration',
        text: 'clients know a name, and a name server knows the place. What clients keep of its answers goes stale when the object moves: they hear MOVED and look up again, or the old place passes the call on.',
      },
      {
        term: 'Replication',
        text: 'several nodes hold the same value. When one fails, clients ask another and notice only that it takes longer.',
      },
      {
        term: 'Failure of calls',
        text: 'who gets no answer cannot know whether the request or the reply was lost. To repeat may carry the call out twice, not to repeat may leave it undone; a table of requests at the server lets it be repeated safely.',
      },
    ],
    see: ['name-server-moved', 'replica-fails', 'retry-twice', 'retry-once'],
  },
  {
    id: 'suspecting',
    week: 10,
    title: 'Suspecting a crash',
    body: [
      'A node learns of a crash only by silence, and silence can also mean a slow node, a slow network or a fast clock of its own. So a detector suspects, and takes it back when a message comes after all.',
      'A short timeout finds crashes early and is wrong more often; a long one is right more often and late. If it is made longer after each mistake, mistakes end once delays stay below some bound.',
    ],
    see: ['false-suspicion'],
  },
]
