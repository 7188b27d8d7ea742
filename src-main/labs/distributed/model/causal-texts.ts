// Words of the broadcast algorithms.
export const causalTexts = {
  columns: { delivered: 'Delivered', order: 'Last deliveries', waiting: 'Waiting', next: 'Next number' },
  none: '–',
  /** a message by its sender and its number */
  message: (sender: string, number: number) => `${sender}.${number}`,
  answers: (message: string) => `answers ${message}`,
  numbered: (order: number) => `number ${order}`,
  holds: (count: number) => `holds ${count}`,
  early: (count: number) => (count === 1 ? '1 too early' : `${count} too early`),
  sequencer: 'sequencer',
  told: {
    delivers: (message: string) => `delivers ${message}`,
    holds: (message: string, first: string) => `holds ${message} until ${first}`,
    holdsNumber: (message: string, order: number) => `holds ${message} until number ${order}`,
    early: (message: string, first: string) => `delivers ${message} before ${first}`,
    orders: (message: string, order: number) => `gives ${message} the number ${order}`,
  },
  settings: {
    count: { label: 'Messages', hint: 'How many messages each node that begins sends to all others.' },
    pause: { label: 'Pause', hint: 'How long a node waits between two messages of its own.' },
    answers: {
      label: 'Answers',
      hint: '1: a node that delivers a message of another answers it with one to all. Answers are not answered.',
    },
    causal: {
      label: 'Hold back',
      hint: '1: a message waits until all that its sender had delivered before is delivered here. 0: messages are delivered as they arrive.',
    },
    fifo: {
      label: 'Hold back',
      hint: '1: a message waits until the earlier ones of its sender are delivered here. 0: messages are delivered as they arrive.',
    },
    total: {
      label: 'Sequencer',
      hint: '1: the highest node numbers all messages. 0: nodes send to all others themselves, and messages are delivered as they arrive.',
    },
  },
  rules: {
    causal: {
      title: 'Causal order',
      what: 'delivery out of causal order',
      kept: 'No message was delivered before one that it follows from.',
      broken: (node: string, second: string, first: string) =>
        `${node} delivered ${second} before ${first}, from which it follows.`,
    },
    fifo: {
      title: 'Order of each sender',
      what: "delivery out of the sender's order",
      kept: 'The messages of each sender were delivered in the order of their sending.',
      broken: (node: string, second: string, first: string) =>
        `${node} delivered ${second} before ${first} of the same sender.`,
    },
    total: {
      title: 'One order for all',
      what: 'disagreement on the order',
      kept: 'All nodes delivered in the same order.',
      broken: (a: string, b: string, first: string, second: string) =>
        `${a} delivered ${first} before ${second}, ${b} the other way round.`,
    },
    all: {
      title: 'Everybody delivers everything',
      what: 'message that is missing',
      kept: 'Every node that lives has delivered all messages.',
      broken: (node: string, other: string, message: string) =>
        `${node} has not delivered ${message}, which ${other} has, and nothing is to come any more.`,
    },
  },
  cost: {
    messages: 'messages',
    broadcasts: (n: number, broadcasts: number) => `N - 1 for each of ${broadcasts} broadcasts, with N = ${n}`,
    sequenced: (n: number, own: number, asked: number) =>
      `N for each of ${asked} broadcasts, and N - 1 for each of ${own} of the sequencer, with N = ${n}`,
  },
  causal: {
    label: 'Causal order broadcast',
    source: 'Birman, Schiper and Stephenson 1991; Tanenbaum and van Steen, Distributed Systems, 5.2',
    explanation:
      'Each message carries how many messages of each node its sender had delivered. A receiver holds it back until it has delivered as many itself. So an answer is never delivered before what it answers, whatever the delays; messages that do not know of each other may still come in different orders. No message may be lost: what depends on it would wait for ever.',
  },
  fifo: {
    label: 'FIFO order broadcast',
    source: 'Hadzilacos and Toueg 1994; Coulouris et al., Distributed Systems, 15.4',
    explanation:
      'Each node numbers its own messages. A receiver delivers the messages of one sender in the order of their numbers and holds back what comes early. Messages of different senders are not ordered: an answer can be delivered before what it answers.',
  },
  total: {
    label: 'Total order broadcast',
    source: 'Kaashoek et al. 1989 (Amoeba); Coulouris et al., Distributed Systems, 15.4',
    explanation:
      'Senders hand their messages to the sequencer, the highest node. It numbers them and sends them to all; everybody delivers in the order of these numbers, so all deliver in the same order. Each broadcast costs one message more, and without the sequencer nothing goes on.',
  },
} as const
