// Questions in words about the ideas of the lab, each with answers to choose from and what is to be said for or against
// each. They stand here and not in documents, so that a hand-out does not hold its own key.
import type { Concept } from '../../../contract/check-forms.ts'

const conditions = {
  exclusion: 'Mutual exclusion',
  'hold-and-wait': 'Hold and wait',
  preemption: 'No preemption',
  'circular-wait': 'Circular wait',
} as const

/** Which condition a strategy takes away: all four are offered, with one reason for the right one. */
function breaks(which: keyof typeof conditions, why: string, others: Partial<Record<string, string>> = {}): Concept {
  return Object.entries(conditions).map(([value, label]) =>
    value === which
      ? { value, label, right: true, why }
      : { value, label, why: others[value] ?? `${label} stays as it was: look at what this strategy forbids.` },
  )
}

export const concepts: Readonly<Record<string, Concept>> = {
  'cycle-several-units': [
    {
      value: 'always',
      label: 'Yes. A cycle always is a deadlock.',
      why: 'A process off the cycle may hold a unit that somebody on it waits for, and give it back.',
    },
    {
      value: 'possible',
      label: 'No. It is needed for a deadlock, yet it does not prove one.',
      right: true,
      why: 'Without a cycle there is no deadlock. With one, a unit that comes back from outside the cycle can still break it.',
    },
    {
      value: 'never',
      label: 'No. With several units there is never a deadlock.',
      why: 'Two processes that each hold one of two units and want both of them wait for ever.',
    },
  ],
  'preemption-prevents': [
    {
      value: 'taken',
      label: 'A unit can be taken from a waiting process, so nobody waits for it without end.',
      right: true,
      why: 'What is held no longer stays out of reach: the ring of waiting can be opened by force.',
    },
    {
      value: 'all',
      label: 'A process then asks for everything at once.',
      why: 'That takes away hold and wait, which is another condition.',
    },
    {
      value: 'shared',
      label: 'Several processes then use a unit at the same time.',
      why: 'That takes away mutual exclusion, which is another condition.',
    },
  ],
  'one-resource': [
    {
      value: 'cannot',
      label: 'No. One of them holds it and lacks nothing, so it can finish.',
      right: true,
      why: 'To wait for each other, both would have to hold something and want something: with a single unit only one can hold.',
    },
    {
      value: 'always',
      label: 'Yes, as soon as both have asked for it.',
      why: 'The one that gets it has all it asked for. The other waits, and its turn comes.',
    },
    {
      value: 'order',
      label: 'Yes, if they ask in different orders.',
      why: 'There is only one thing to ask for, so there are no two orders.',
    },
  ],
  'unsafe-means-deadlock': [
    {
      value: 'yes',
      label: 'Yes. An unsafe state is a deadlock.',
      why: 'In an unsafe state it can be that nobody waits at all.',
    },
    {
      value: 'maybe',
      label: 'No. It may become one if processes ask for all they have declared.',
      right: true,
      why: 'Unsafe says that no order lets everybody ask for the declared maximum and finish. Processes may ask for less.',
    },
    {
      value: 'never',
      label: 'No. An unsafe state never leads to a deadlock.',
      why: 'If all processes do ask for their declared maximum, an unsafe state does end in a deadlock.',
    },
  ],
  'prevention-or-avoidance': [
    {
      value: 'same',
      label: 'They are two words for the same.',
      why: 'One sets a rule once and for all, the other decides request by request.',
    },
    {
      value: 'rule',
      label:
        'Prevention rules out one of the four conditions beforehand; avoidance judges each request by what may still be asked.',
      right: true,
      why: 'Prevention needs no knowledge of what is to come. Avoidance needs the declared maxima.',
    },
    {
      value: 'after',
      label: 'Prevention waits until a deadlock is there; avoidance ends it.',
      why: 'What waits for a deadlock and then ends it is detection with recovery.',
    },
  ],
  'global-order': [
    {
      value: 'locks',
      label: 'A bank transfer locks the account with the smaller number first.',
      right: true,
      why: 'Every transfer goes upward in one order, so no ring of transfers can close.',
    },
    {
      value: 'first-come',
      label: 'Whoever comes to the printer first is served first.',
      why: 'That orders the processes at one resource; what is needed is one order of the resources.',
    },
    {
      value: 'timeout',
      label: 'A transfer gives up when it has waited for a second.',
      why: 'That is a timeout: it lets a wait end, but puts nothing in an order.',
    },
  ],
  'cycle-is-deadlock-when': [
    {
      value: 'single',
      label: 'When each resource type has a single unit.',
      right: true,
      why: 'Then each process on the cycle waits for the one unit that the next one holds, and nobody else can bring it back.',
    },
    {
      value: 'several',
      label: 'When each resource type has several units.',
      why: 'Then a unit may come back from a process that is not on the cycle.',
    },
    {
      value: 'any',
      label: 'In any drawing.',
      why: 'There are drawings with a cycle in which everybody finishes.',
    },
  ],
  'detection-trade-off': [
    {
      value: 'use',
      label:
        'Resources are used more freely; in return deadlocks happen, and finding and ending them costs time and work.',
      right: true,
      why: 'Nothing is forbidden beforehand. The price is paid when a deadlock stands: lost work and the running of the search.',
    },
    {
      value: 'safe',
      label: 'Deadlocks never happen; in return processes have to declare their maxima.',
      why: 'That describes avoidance.',
    },
    {
      value: 'order',
      label: 'Processes ask in a fixed order; in return nothing needs to be searched for.',
      why: 'That describes prevention by an order of the resources.',
    },
  ],
  'detection-or-safety': [
    {
      value: 'requests',
      label:
        'Not at all: it looks at what is asked for now; whether a state is safe depends on what may still be asked.',
      right: true,
      why: 'The two searches run alike, but one takes the requests and the other the needs. A state can be free of deadlock and unsafe.',
    },
    {
      value: 'order',
      label: 'If it finds a finishing order, the state is safe.',
      why: 'The order it finds lets everybody have what is asked for now. Later requests are not in it.',
    },
    {
      value: 'work',
      label: 'If Work ends as large as all units together, the state is safe.',
      why: 'Work ends so whenever everybody finishes with the present requests. Later requests are not in it.',
    },
  ],
  'strategy-share': breaks('exclusion', 'What several can use at once need not be waited for.'),
  'strategy-all-at-once': breaks(
    'hold-and-wait',
    'Whoever waits holds nothing, and whoever holds something has all it needs.',
    {
      'circular-wait':
        'A ring cannot close either, yet for another reason: say what a waiting process may no longer do.',
    },
  ),
  'strategy-release-first': breaks(
    'hold-and-wait',
    'Before it asks, a process gives back what it holds, so nobody waits with something in hand.',
  ),
  'strategy-take-away': breaks('preemption', 'What a waiting process holds can be taken from it and returned later.'),
  'strategy-order': breaks(
    'circular-wait',
    'Everybody asks upward in one order, so no ring can come back to where it began.',
  ),
  'strategy-timeout': breaks(
    'preemption',
    'When its time is over, a process gives back what it holds: a hold does not last against its will to wait.',
    {
      'hold-and-wait': 'For as long as the time runs, a process does hold and wait.',
    },
  ),
}
