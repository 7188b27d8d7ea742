// Words of the runs about naming, replication and remote calls.
export const namingTexts = {
  none: '–',
  role: 'Role',
  client: 'client',
  /** a call by its client and its number there */
  call: (client: string, number: number) => `${client}.${number}`,
  times: (call: string, times: number) => (times === 1 ? call : `${call} ×${times}`),
  ofCalls: (done: number, begun: number) => `${done} of ${begun}`,
  pause: { label: 'Pause', hint: 'How long a client waits after a call before it makes the next one.' },
  calls: { label: 'Calls', hint: 'How many calls each client makes.' },
  nameServer: {
    label: 'Name server and a moving object',
    source: 'Tanenbaum and van Steen, Distributed Systems, 6.2; Fowler 1985 on forwarding addresses',
    explanation:
      'Clients know an object by its name only. The name server, the highest node, tells where it is, and clients keep the answer. The object stands at the second highest node and moves to the third highest. Who calls the old place then hears MOVED and has to look up again, or the old place forwards the call. Either way the client sees only that it took longer.',
    columns: { knows: 'Knows', calls: 'Calls', extra: 'Extra messages' },
    roles: { server: 'name server', home: 'home', place: 'new home' },
    here: 'object here',
    at: (name: string) => `object at ${name}`,
    cached: (name: string) => `kept: ${name}`,
    pointer: (name: string) => `moved to ${name}`,
    said: { server: 'name server', object: 'object', pointer: (name: string) => `to ${name}`, moved: 'moved away' },
    looks: 'looks up',
    calling: 'calls',
    failed: (count: number) => (count === 1 ? '1 call failed' : `${count} calls failed`),
    tell: {
      call: (number: number) => `call ${number}`,
      place: (number: number, name: string) => `call ${number}: at ${name}`,
      forward: (client: string, number: number) => `call ${number} of ${client}`,
      register: (name: string) => `at ${name}`,
    },
    told: {
      leaves: (name: string) => `sends the object to ${name}`,
      arrives: 'has the object now',
      stays: 'keeps the object: it could not be sent',
      registered: (name: string) => `notes that the object is at ${name}`,
      stale: (name: string) => `finds that ${name} has the object no more`,
      learned: (name: string) => `learns that the object is at ${name}`,
      failed: (number: number) => `gives up call ${number}`,
    },
    settings: {
      moves: { label: 'Moves at', hint: 'When the object leaves its home, by the clock there. 0: never.' },
      forward: {
        label: 'Forward',
        hint: '1: the old place forwards calls to the new one. 0: it answers MOVED, and the client looks up again.',
      },
      cache: {
        label: 'Keep answers',
        hint: '1: a client keeps what the name server said. 0: it asks before each call.',
      },
      timeout: {
        label: 'Timeout',
        hint: 'How long a client waits for a call, with all that belongs to it, before it gives up.',
      },
    },
    rule: {
      title: 'Every call is answered',
      what: 'call without an answer',
      kept: (calls: number, extra: number) =>
        calls === 0
          ? 'No calls were made.'
          : `${calls === 1 ? 'The call was' : `All ${calls} calls were`} answered; finding the object took ${extra} messages besides.`,
      broken: (name: string, failed: number) =>
        `${name} got no answer to ${failed === 1 ? 'one of its calls' : `${failed} of its calls`}.`,
    },
    cost: {
      calls: (clients: number, calls: number) => `one for each call: ${clients} clients with ${calls} calls each`,
      first: (clients: number) => `one for each of ${clients} clients, while what they keep is right`,
      each: (clients: number, calls: number) => `one before each call: ${clients} clients with ${calls} calls each`,
    },
  },
  replication: {
    label: 'Replication with a primary',
    source: 'Coulouris et al., Distributed Systems, 18.3; Budhiraja et al. 1993',
    explanation:
      'The highest nodes hold copies of a value, the highest of them is the primary. Writes go to the primary, which passes them on to its backups and answers when all that live, or a majority, have confirmed. Reads go to the copies in turn; a client that gets no answer asks the next one, so one failed copy stays hidden. When the primary fails, reads go on and writes have to wait for a new one, which is a matter for an election.',
    columns: { value: 'Value', used: 'Copies in use', answered: 'Answered', failed: 'Not answered', old: 'Old values' },
    roles: { primary: 'primary', backup: 'backup' },
    version: (version: number, value: string) => (version === 0 ? 'nothing yet' : `${version}: ${value}`),
    value: (client: string, number: number) => `${client}.${number}`,
    joining: 'catching up',
    writes: 'writes',
    reads: (name: string) => `reads at ${name}`,
    confirming: (count: number) => `${count} to confirm`,
    old: (count: number) => (count === 1 ? '1 old value' : `${count} old values`),
    failed: (count: number) => `${count} not answered`,
    tell: {
      operation: (number: number) => `operation ${number}`,
      value: (number: number, value: string) => `operation ${number}: ${value}`,
      update: (value: string) => value,
      ack: (version: number) => `version ${version}`,
    },
    told: {
      without: (name: string) => `goes on without ${name}`,
      again: (name: string) => `takes ${name} in again`,
      refused: (version: number) => `found no majority for version ${version}`,
      next: (silent: string, name: string) => `gets no answer from ${silent} and asks ${name}`,
      failed: (number: number) => `gives up operation ${number}`,
      old: (name: string) => `reads an old value at ${name}`,
    },
    settings: {
      replicas: { label: 'Copies', hint: 'How many nodes hold the value; at least one node is left as a client.' },
      majority: {
        label: 'Majority',
        hint: '0: a write is answered when all copies that are taken for live have it. 1: when more than half of all have it.',
      },
      operations: { label: 'Operations', hint: 'How many operations each client does: a write, a read, a write …' },
      timeout: { label: 'Wait for backups', hint: 'How long the primary waits for confirmations.' },
      patience: {
        label: 'Patience',
        hint: 'How long a client waits for an answer before it asks another copy or gives up.',
      },
    },
    rules: {
      old: {
        title: 'No client reads an old value',
        what: 'old value',
        kept: 'No client read anything older than it had read or written before.',
        broken: (name: string) => `${name} read a value older than one it had read or written before.`,
      },
      hidden: {
        title: 'Clients notice no failure',
        what: 'operation without an answer',
        kept: (done: number) =>
          done === 0
            ? 'No client asked for anything.'
            : `${done === 1 ? 'The operation' : `All ${done} operations`} of clients ${done === 1 ? 'was' : 'were'} answered.`,
        broken: (name: string, failed: number) =>
          `${name} got no answer to ${failed === 1 ? 'one operation' : `${failed} operations`}.`,
      },
    },
    cost: (copies: number, writes: number, reads: number) =>
      `2R for each of ${writes} writes and 2 for each of ${reads} reads, with R = ${copies} copies`,
  },
  retry: {
    label: 'Remote calls with retries',
    source: 'Birrell and Nelson 1984; Coulouris et al., Distributed Systems, 5.3',
    explanation:
      'Clients call a server, the highest node; a request or a reply can be lost, and the client cannot tell which. Maybe: it does not repeat, and cannot know whether the call was carried out. At least once: it repeats until an answer comes, and the call may be carried out twice. At most once: it repeats, and the server knows numbers of requests, so it answers a repeated one from its table.',
    columns: { calls: 'Answered', tries: 'Sent', executed: 'Carried out', total: 'Total' },
    server: 'server',
    waits: (number: number, tries: number) => (tries === 1 ? `call ${number}` : `call ${number}, try ${tries}`),
    busy: 'at work',
    unanswered: (count: number) => `${count} not answered`,
    twice: 'carried out twice',
    tell: {
      request: (number: number, tries: number) => (tries === 1 ? `call ${number}` : `call ${number}, again`),
      reply: (number: number, result: number) => `call ${number}: ${result}`,
    },
    told: {
      executes: (call: string) => `carries out ${call}`,
      again: (call: string) => `carries out ${call} again`,
      fromTable: (call: string) => `answers ${call} from its table`,
      ignores: (call: string) => `takes ${call} for an old copy`,
      repeats: (number: number) => `repeats call ${number}`,
      failed: (number: number) => `gives up call ${number} and does not know whether it was carried out`,
    },
    settings: {
      semantics: {
        label: 'Semantics',
        hint: '0: maybe, without retry. 1: at least once. 2: at most once, with a table of requests.',
      },
      timeout: { label: 'Timeout', hint: 'How long a client waits for the answer before it repeats or gives up.' },
      tries: { label: 'Tries', hint: 'How often a client sends a request at most, when it repeats at all.' },
      work: { label: 'Work', hint: 'How long the server needs for a call.' },
      stable: {
        label: 'Table on disk',
        hint: '1: the table of requests outlives a crash of the server. 0: it is lost.',
      },
    },
    rules: {
      once: {
        title: 'No call is carried out twice',
        what: 'second execution',
        kept: (count: number) =>
          count === 0
            ? 'Nothing was carried out.'
            : count === 1
              ? '1 call was carried out, once.'
              : `${count} calls were carried out, each once.`,
        broken: (call: string, times: number) => `${call} was carried out ${times} times.`,
      },
      answered: {
        title: 'Every call is answered',
        what: 'call without an answer',
        kept: 'Every call was answered.',
        broken: (name: string, failed: number, executed: number) =>
          failed === 1
            ? `${name} got no answer to one call, which was ${executed === 1 ? 'carried out all the same' : 'not carried out'}.`
            : `${name} got no answer to ${failed} calls; so many of them were carried out all the same: ${executed}.`,
      },
    },
    cost: (clients: number, calls: number) => `one for each call: ${clients} clients with ${calls} calls each`,
  },
} as const
