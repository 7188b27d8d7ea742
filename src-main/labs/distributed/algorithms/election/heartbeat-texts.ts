// Words of the failure detector.
export const heartbeatTexts = {
  label: 'Failure detector with heartbeats',
  source: 'Chandra and Toueg 1996; Coulouris et al., Distributed Systems, 15.1',
  explanation:
    'The coordinator, at first the highest node, sends HEARTBEAT to all others in a fixed rhythm. Who hears nothing for too long by its own clock suspects it of having crashed. Silence proves nothing: the coordinator may be slow, or its message late. When a heartbeat arrives after all, the suspicion was wrong and the node trusts again.',
  columns: {
    leader: 'Coordinator',
    trust: 'State',
    patience: 'Waits',
    suspicions: 'Suspicions',
    wrong: 'Wrong',
  },
  none: '–',
  coordinator: 'coordinator',
  trusts: 'trusts',
  suspects: (name: string) => `suspects ${name}`,
  electing: 'electing',
  over: 'stopped watching',
  ms: (time: number) => `${time} ms`,
  beat: (number: number, last: boolean) => (last ? `${number}, the last one` : String(number)),
  told: {
    suspects: (name: string, wait: number) => `suspects ${name} after ${wait} ms of silence`,
    suspectsNow: (name: string) => `suspects ${name}`,
    wrong: (name: string) => `trusts ${name} again: the suspicion was wrong`,
    back: (name: string) => `trusts ${name} again: it had crashed and is back`,
    longer: (wait: number) => `waits ${wait} ms from now on`,
  },
  settings: {
    period: { label: 'Period', hint: 'How long the coordinator waits between two heartbeats, by its own clock.' },
    timeout: {
      label: 'Timeout',
      hint: 'How long a node bears silence, by its own clock, before it suspects the coordinator.',
    },
    raise: {
      label: 'Learn',
      hint: 'By how much a node waits longer after each wrong suspicion. With more than 0, suspicions end once delays have a bound.',
    },
    elect: { label: 'Elect', hint: '1: who suspects the coordinator begins a Bully election. 0: it only suspects.' },
    answers: {
      label: 'Wait for OK',
      hint: 'In an election: how long a node waits for OK before it takes itself for the highest.',
    },
    result: {
      label: 'Wait for the result',
      hint: 'In an election: how long a node that was answered waits for COORDINATOR before it begins anew.',
    },
    horizon: {
      label: 'Watch for',
      hint: 'How long the nodes send and watch before the run ends, by their own clocks.',
    },
  },
  rules: {
    accuracy: {
      title: 'Nobody is suspected wrongly',
      what: 'wrong suspicion',
      kept: 'Nobody suspects a coordinator that lives.',
      broken: (node: string, coordinator: string) => `${node} suspects ${coordinator}, which has not crashed.`,
    },
    completeness: {
      title: 'A crash is noticed',
      what: 'crash that nobody noticed',
      kept: 'Nobody trusts a coordinator that has crashed.',
      broken: (node: string, coordinator: string) => `${node} trusts ${coordinator}, which has crashed.`,
    },
  },
  cost: (n: number, beats: number) => `N - 1 for each of ${beats} heartbeats, with N = ${n}`,
} as const
