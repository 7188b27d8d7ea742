// Questions in words about the ideas of the lab, each with answers to choose from and what is to be said for or against
// each. They stand here and not in documents, so that a hand-out does not hold its own key.
import type { Concept } from '../../../contract/check-forms.ts'

export const concepts: Readonly<Record<string, Concept>> = {
  'physical-or-logical': [
    {
      value: 'order',
      label: 'NTP brings clocks near to true time; Lamport stamps only keep causes before their effects.',
      right: true,
      why: 'A logical clock says nothing about how long something took, and needs no time server.',
    },
    {
      value: 'precision',
      label: 'Both tell the time; Lamport stamps are the more exact ones.',
      why: 'A Lamport stamp counts events. What time of day it is cannot be read from it.',
    },
    {
      value: 'network',
      label: 'Lamport stamps work without messages, NTP does not.',
      why: 'Stamps travel in messages: without them each process would count for itself alone.',
    },
  ],
  'central-drawback': [
    {
      value: 'messages',
      label: 'It needs more messages for an entry than any other way.',
      why: 'It needs three, which is few. Look at who takes part in each entry.',
    },
    {
      value: 'single',
      label: 'All depends on one node: when it fails nobody enters, and all load falls on it.',
      right: true,
      why: 'A single point of failure and a bottleneck. That is the price of its simplicity.',
    },
    {
      value: 'safety',
      label: 'Two nodes can be inside at once.',
      why: 'The coordinator lets in one at a time, so it is safe while it works.',
    },
  ],
  'smaller-stamp': [
    {
      value: 'before',
      label: 'Yes. A smaller Lamport stamp means that the event happened before.',
      why: 'Two events of processes that never talk have stamps too, and neither is a cause of the other.',
    },
    {
      value: 'maybe',
      label: 'No. They may as well be concurrent; only the larger one cannot have come first.',
      right: true,
      why: 'A cause has a smaller stamp than its effect, but not every smaller stamp is a cause. Vectors tell the two apart.',
    },
    {
      value: 'never',
      label: 'No. Lamport stamps say nothing at all about order.',
      why: 'They do rule something out: an effect never has a smaller stamp than its cause.',
    },
  ],
  'coordinator-message': [
    {
      value: 'direct',
      label: 'In Bully the winner tells all others itself; on the ring the news is passed on from node to node.',
      right: true,
      why: 'Bully sends one to each other node at once. On the ring one message goes round, naming the highest id that was found.',
    },
    {
      value: 'same',
      label: 'There is none: both send it to the next node.',
      why: 'Bully knows no next node. Who gets the message, and from whom?',
    },
    {
      value: 'winner',
      label: 'On the ring it is always the winner who sends it first.',
      why: 'On the ring of the course the initiator sends it first, whoever has won.',
    },
  ],
  'broken-ring': [
    {
      value: 'nothing',
      label: 'Nothing: the message finds another way by itself.',
      why: 'Each node knows its next one. Somebody has to find that it is silent, and to know the one behind it.',
    },
    {
      value: 'stops',
      label: 'The message is lost there, unless nodes know whom to pass over.',
      right: true,
      why: 'A ring holds only while each node answers. The repair needs a timeout and the node after next.',
    },
    {
      value: 'second',
      label: 'Two leaders are elected, one on each side.',
      why: 'The message goes one way only. It does not come home, so nobody is elected.',
    },
  ],
}
