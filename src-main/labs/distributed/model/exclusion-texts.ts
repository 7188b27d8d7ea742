// Words of the algorithms for mutual exclusion and of their operations: what is said of a node, of a message, of a
// setting, and of an input that does not fit.
const messages = 'It assumes that every message arrives, and once.'

export const exclusionTexts = {
  none: '–',
  nobody: 'nobody',
  here: 'here',
  section: { out: 'out', waiting: 'waiting', inside: 'inside' },
  said: { waiting: 'waits', inside: 'inside', token: 'token' },
  columns: {
    section: 'Section',
    queue: 'Queue',
    grantedTo: 'Granted to',
    clock: 'Clock',
    stamp: 'Request',
    waitsFor: 'Waits for',
    deferred: 'Deferred',
    token: 'Token',
    numbers: 'Requests seen',
    generation: 'Generation',
    unused: 'Unused for',
    locks: 'Locked by',
    lockedFor: 'Locked for',
  },
  more: (names: string, rest: number) => `${names} + ${rest}`,
  stamp: (stamp: number, name: string) => `${stamp} ${name}`,
  timestamp: (stamp: number) => `timestamp ${stamp}`,
  number: (number: number) => `number ${number}`,
  hops: (hops: number) => `${hops} ${hops === 1 ? 'hop' : 'hops'}`,
  tokenQueue: (names: string) => `queue ${names}`,
  tokenOfRing: (generation: number, unused: number) =>
    `generation ${generation}, unused for ${unused} ${unused === 1 ? 'hop' : 'hops'}`,
  wakes: (name: string) => `for ${name}`,

  notes: {
    request: 'asks for the critical section',
    enter: 'enters the critical section',
    leave: 'leaves the critical section',
    grants: (name: string) => `grants the section to ${name}`,
    old: 'throws away an old token',
    rests: 'keeps the token, since nobody has used it',
    regenerates: (generation: number) => `takes the token for lost and makes generation ${generation}`,
    givesUp: 'gives up: no token that it makes comes back',
    unreached: (name: string) => `gets no word from ${name} and sends past it`,
    alone: 'finds nobody to pass the token to',
    relinquishes: (name: string) => `gives back the lock of ${name}`,
  },

  settings: {
    hold: { label: 'Time inside', hint: 'How long a node stays in the critical section.' },
    entries: { label: 'Entries', hint: 'How many times a node that begins wants the critical section.' },
    think: { label: 'Time between', hint: 'How long a node does other things before it asks again.' },
    coordinator: {
      label: 'Coordinator',
      hint: 'The id of the node that coordinates. Where no node has this id, the first node of the drawing does.',
    },
    rest: { label: 'Time at a node', hint: 'How long a node that does not want the section keeps the token.' },
    limit: {
      label: 'Idle rounds',
      hint: 'After so many rounds in which nobody wanted it the token stays where it is, so that a run comes to an end.',
    },
    repair: {
      label: 'Repair the ring',
      hint: '1: a node that gets no word from the next one passes the token to the one after it. 0: the token is lost.',
    },
    word: { label: 'Wait for word', hint: 'How long a node waits for word that the token has arrived.' },
    patience: {
      label: 'Patience',
      hint: 'So long for each node of the ring the lowest live node waits for the token before it makes a new one. 0: nobody watches. Too short a time, or a WAKE that is lost, makes a second token.',
    },
    cure: {
      label: 'Cure the deadlock',
      hint: '1: locks can be given back, by INQUIRE, FAILED and RELINQUISH. 0: nodes can lock each other out for ever.',
    },
  },

  labels: {
    central: 'Centralised mutual exclusion',
    lamport: 'Lamport mutual exclusion',
    ricartAgrawala: 'Ricart-Agrawala',
    suzukiKasami: 'Suzuki-Kasami token',
    tokenRing: 'Token ring',
    maekawa: 'Maekawa quorums',
  },
  explanations: {
    central: `Who wants the critical section sends REQUEST to the coordinator. The coordinator answers with GRANT when nobody is inside, and keeps a queue otherwise. Who leaves sends RELEASE, and the next of the queue is granted. The coordinator enters by itself without messages; when it crashes, nobody enters any more, and what it knew is gone. ${messages}`,
    lamport: `Who wants the critical section sends REQUEST with its timestamp to all. All keep the same queue, in the order of timestamps, and answer with REPLY. A node enters when its request is the first of its queue and it has heard something later from everybody; leaving, it sends RELEASE to all. It needs channels that keep the order: where messages overtake each other, two can be inside at once. ${messages}`,
    ricartAgrawala: `Who wants the critical section sends REQUEST with its timestamp to all and enters when all have sent OK. A node that is inside, or whose own request is older, keeps its OK back until it leaves. One silent node is enough to stop everybody. ${messages}`,
    suzukiKasami: `One token gives the right to enter. Who has not got it sends REQUEST with the number of its request to all. The token carries a queue, and for each node the number of its request that was served last; who leaves puts in who has a newer one, and sends the token to the first. At the beginning the first node of the drawing has the token. ${messages}`,
    tokenRing:
      'One token goes round the ring, and only who has it may enter. A node that does not want the section passes it on. When nobody has used it for some rounds it stays where it is, and who wants it then sends WAKE after it. Each token has a generation: when it is taken for lost, a new one with a higher generation is made, and an old one that turns up again is thrown away.',
    maekawa: `Nodes stand in a square grid. Who wants the critical section asks only its own row and column. Each of these locks itself for one request at a time, by LOCKED, and keeps the others waiting; RELEASE frees it. Any two such sets have a node in common, so two can never be inside at once. Without the cure they can lock each other out. ${messages}`,
  },
  sources: {
    central: 'van Steen and Tanenbaum, Distributed Systems, 4th edition, 5.3.2',
    lamport: 'L. Lamport, Time, Clocks, and the Ordering of Events in a Distributed System, CACM 21(7), 1978',
    ricartAgrawala:
      'G. Ricart and A. K. Agrawala, An Optimal Algorithm for Mutual Exclusion in Computer Networks, CACM 24(1), 1981',
    suzukiKasami: 'I. Suzuki and T. Kasami, A Distributed Mutual Exclusion Algorithm, ACM TOCS 3(4), 1985',
    tokenRing:
      'G. Le Lann, Distributed Systems: Towards a Formal Approach, IFIP 1977; van Steen and Tanenbaum, 4th edition, 5.3.4',
    maekawa:
      'M. Maekawa, A √N Algorithm for Mutual Exclusion in Decentralized Systems, ACM TOCS 3(2), 1985; the cure as mended by B. Sanders, ACM TOCS 5(3), 1987',
  },

  costs: {
    central: (entries: number) => `3 for each of ${entries} entries of nodes that do not coordinate`,
    pairs: (factor: number, count: number, entries: number) =>
      `${factor}(N - 1) with N = ${count} nodes, for ${entries} entries`,
    token: (count: number, entries: number) => `0 or N with N = ${count} nodes, for ${entries} entries`,
    ring: (count: number, entries: number, limit: number) =>
      `N(e + L(e + 1)) TOKEN and e(N - 1) WAKE with N = ${count} nodes, e = ${entries} entries, L = ${limit} idle rounds`,
    quorum: (entries: number) => `3(K - 1) for each of ${entries} entries, K nodes in the row and column together`,
    quorumCured: (entries: number) =>
      `3(K - 1) for each of ${entries} entries, K nodes in the row and column together; more when nodes compete`,
  },

  figures: {
    title: 'The critical section',
    entries: (entries: number, asked: number) =>
      `${entries} ${entries === 1 ? 'entry' : 'entries'}, asked for ${asked} ${asked === 1 ? 'time' : 'times'}`,
    messages: (each: string) => `${each} messages for an entry, on average`,
    waiting: (mean: string) => `${mean} ms from asking to entering, on average`,
    longest: (name: string, wait: string, at: string) => `longest: ${name}, ${wait} ms from ${at} ms on`,
    inOrder: 'Nobody enters before somebody who asked earlier.',
    passed: (name: string, count: number) =>
      `${name} waits while others that asked later enter ${count} ${count === 1 ? 'time' : 'times'}.`,
    asked: (at: string) => `asked at ${at} ms`,
    load: (name: string, messages: number, share: number) =>
      `${name} sends and receives most: ${messages} messages, ${share} % of all`,
    same: (messages: number) => `Each node sends and receives ${messages} messages.`,
    even: (share: number) => `with an even load each node would have ${share} %`,
  },

  operations: {
    mutexMessages: 'Counts the messages of one entry into the critical section, for each algorithm.',
    ricartAgrawala: 'Runs Ricart-Agrawala with given timestamps, and lists its messages and entries.',
    centralMutex: 'Runs mutual exclusion by a coordinator, and lists its messages and entries.',
    noTime: (most: number, found: string) => `expected a number from 0 to ${most}, found ${found}.`,
    noRequests: (found: string, form: string) => `expected requests such as ${form}, found ${found}.`,
    noRequest: (found: string, form: string) => `expected a request such as ${form}, found ${found}.`,
    noProcess: (found: string, most: number) =>
      `expected the number of a process, from 0 to ${most}, found ${found}. Name another one, or raise "processes".`,
    tooMany: (requests: number, processes: number, most: number) =>
      `${requests} requests of ${processes} processes would make more than ${most} messages. Leave out requests or processes.`,
  },
}
