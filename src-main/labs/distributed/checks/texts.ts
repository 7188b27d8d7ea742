// What checks say. Pure functions of names and numbers. A sentence on a wrong answer never tells the right one.
import { time } from '../simulations/texts.ts'

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

export const texts = {
  titles: {
    leader: 'Who leads in the end?',
    messages: 'How many messages are sent?',
    duration: 'When does it end?',
    entries: 'Who enters the critical section in which order?',
    range: 'Fewest and most messages of an election',
    'per-entry': 'Messages for one entry into the critical section',
    majority: 'How many nodes make a majority?',
    stamps: 'Stamps of events',
    before: 'Which of two events came first?',
    concurrent: 'How many pairs of events are concurrent?',
    drifting: 'Drifting clocks put right by messages',
    cristian: 'Cristian: what a client learns of the time',
    berkeley: 'Berkeley: the average and who moves how far',
    ntp: 'NTP: offset and delay',
    elects: 'Draw a network on which an election runs as told',
    concept: 'A question in words',
  },
  /** what an author sets for a question */
  params: {
    algorithm: 'Algorithm; the drawing’s own when left out',
    asked: 'Algorithm',
    initiators: 'Who begins, instead of those in the drawing',
    crashed: 'Who has crashed, instead of those in the drawing',
    kind: 'Messages of this kind alone',
    toCrashed: 'Messages to crashed nodes',
    requestStamps: 'Timestamp of each request (Ricart-Agrawala)',
    nodes: 'Nodes',
    which: 'Fewest or most',
    majority: 'Needed, or may fail',
    events: 'Events, a line for each process',
    clock: 'Lamport or vector',
    first: 'One event',
    second: 'The other event',
    ticks: 'Ticks of each clock in a round',
    samples: 'Samples, a line each: round trip, server’s time',
    there: 'The request takes',
    back: 'The reply takes',
    least: 'A message takes at least',
    cristian: 'What is asked for',
    clocks: 'Clocks, the master’s first',
    limit: 'Clocks further from the master’s are left out',
    berkeley: 'Number of the clock that is asked for; the average when left out',
    stamp: (number: number): string => `Timestamp t${number}`,
    ntp: 'Offset or delay',
    tolerance: 'An answer may be off by',
    question: 'Which question',
    leastNodes: 'Nodes, at least',
    rows: 'Rows of the grid, at least',
    columns: 'Columns of the grid, at least',
    leader: 'Who has to lead',
    most: 'Messages, at most',
    exactly: 'Messages, exactly',
  },

  amount: time,

  noNodes: 'This drawing has no nodes to ask about. Draw some first.',
  cannotRun: (sentence: string, remedy: string): string => `This drawing cannot be run. ${sentence} ${remedy}`,
  endless: 'The run of this drawing does not come to an end. Ask about a drawing whose run does.',
  noSuch: (what: string, name: string, known: readonly string[]): string =>
    `There is no ${what} "${name}". There ${known.length === 1 ? 'is' : 'are'}: ${list(known)}.`,
  noElection: (label: string): string => `${label} elects nobody. Ask this about an election.`,
  noSection: (label: string): string =>
    `${label} has no critical section. Ask this about an algorithm for mutual exclusion.`,

  leader: {
    nobody: 'Nobody: the nodes do not agree',
    because: (name: string, followers: number): string =>
      followers === 1
        ? `${name} is the only node that is left.`
        : `All ${followers} nodes that are up take ${name} for the leader when the run has ended.`,
    becauseNobody: 'When the run has ended, the nodes that are up do not all take the same node for the leader.',
    againstCrashed: (name: string): string => `${name} is crashed when the run ends. Somebody has to lead who answers.`,
    againstNobody: 'Follow the messages to the end: who is named in the last ones, and who hears of it?',
    against: (name: string): string => `Which nodes have a higher id than ${name}, and would they let it lead?`,
  },
  messages: {
    because: (parts: readonly string[]): string => `Counted in the run: ${parts.join(', ')}.`,
    part: (kind: string, sent: number, toCrashed: number): string =>
      toCrashed === 0 ? `${sent} ${kind}` : `${sent} ${kind} (${toCrashed} of them to crashed nodes)`,
    none: 'no messages',
    leftOut: 'Messages to crashed nodes count here too: their senders cannot know. Yours leaves them out.',
    tookIn: 'Messages to crashed nodes do not count here. Yours counts them.',
    oneKind: (kind: string): string => `That is the number of ${kind} alone. The question asks for all kinds together.`,
    allKinds: (kind: string): string =>
      `That is the number of all kinds together. The question asks for ${kind} alone.`,
    against: 'Write down each message when it is sent, node by node, and count again.',
    noKind: (kind: string, known: readonly string[]): string =>
      `No message of this run is called "${kind}". There ${known.length === 1 ? 'is' : 'are'}: ${list(known)}.`,
  },
  duration: {
    because: 'That is when the last message arrives or the last timer runs out.',
    against: 'A message takes as long as the network says, and whoever waits for an answer waits its whole timeout.',
  },
  entries: {
    none: 'nobody',
    because: 'In this order they enter, each when it has what its algorithm asks for.',
    doubled: (name: string): string => `${name} is named twice. Name each once, for its first entry.`,
    stranger: (name: string): string => `${name} never enters.`,
    next: (name: string, place: number): string =>
      `${name} does not enter as number ${place}. Who else waits then, and what decides between the two?`,
    missing: (count: number): string =>
      `Right so far, but ${plural(count, 'node')} more ${count === 1 ? 'enters' : 'enter'}.`,
    noStamp: 'Timestamps of requests belong to Ricart-Agrawala. Choose that algorithm, or leave the timestamps out.',
  },
  range: {
    because: (n: number, which: 'fewest' | 'most'): string =>
      `Counted over all placements of who begins and of rising and falling ids, with ${n} nodes: that is the ${which}.`,
    swapped: 'That is the other end of the range.',
    against: 'Play it with three nodes first, then see what each further node adds.',
  },
  perEntry: {
    because: 'Counted in the run of a single entry while nobody else asks.',
    against: 'Who is asked, who answers, and who has to be told when it is over? Add these up.',
  },
  majority: {
    becauseNeeded: (n: number, needed: number): string =>
      `Two groups of ${needed} out of ${n} always share a node, so two decisions cannot contradict each other.`,
    becauseFail: (n: number, fail: number): string => `With ${fail} gone, more than half of ${n} are still there.`,
    against: 'A majority is more than half. Could there be two of your size side by side?',
  },
  events: {
    line: (line: number): string =>
      `Line ${line} of the events cannot be read. Write "P1: a sends m1, b, c receives m2", a line for each process.`,
    noEvents: 'The question lists no events. Write "P1: a sends m1, b, c receives m2", a line for each process.',
    lamport: 'Lamport',
    receipt: (event: string): string => `${event} is a receipt: take the larger of both, then add one.`,
    lamportStep: (event: string): string => `${event} is no receipt: add one to the process’s own clock.`,
    vectorReceipt: (event: string): string =>
      `${event} is a receipt: take the larger of both in each place, then add one in the process’s own.`,
    vectorStep: (event: string): string =>
      `${event} is no receipt: add one in the process’s own place, and nowhere else.`,
    before: (first: string, second: string): string => `${first} happened before ${second}`,
    concurrent: 'Neither: they are concurrent',
    becauseBefore: (first: string, second: string): string =>
      `A path along processes and messages leads from ${first} to ${second}.`,
    becauseConcurrent: (first: string, second: string): string =>
      `No path along processes and messages leads from ${first} to ${second} or back; a smaller Lamport stamp proves nothing.`,
    againstOrder: (first: string, second: string): string =>
      `Is there a path along processes and messages from ${first} to ${second}? A smaller stamp alone proves nothing.`,
    againstConcurrent:
      'There is a path along processes and messages from one to the other. Follow each message from its sending.',
    same: 'The question asks about one event twice. Name two.',
    pairs: (pairs: readonly (readonly [string, string])[]): string =>
      pairs.length === 0
        ? 'Any two events are joined by a path.'
        : `These are ${list(pairs.map(([a, b]) => `${a} with ${b}`))}.`,
    againstPairs: 'Compare the vectors of each two events: concurrent are those where each is ahead somewhere.',
  },
  drifting: {
    columns: ['When sent', 'On arrival', 'Corrected'],
    row: (from: string, to: string): string => `${from} to ${to}`,
    rule: 'A message has to arrive at least one tick after it was sent; if it does not, the receiver puts its clock forward.',
  },
  clocks: {
    line: (line: number, found: string): string => `Line ${line}, "${found}", is not two numbers. Write "22, 23674".`,
    number: (found: string): string =>
      `"${found}" is no number. Write numbers with commas between, such as "180, 170".`,
    noClock: (number: number, count: number): string => `There is no clock number ${number}. There are ${count}.`,
    ways: 'Say both what the request and what the reply takes, or give samples.',
    noBound: 'There is no bound to ask for: what a message takes at least does not fit the round trip.',
    setTo: 'The server’s time plus half of the shortest round trip.',
    bound:
      'Half of the round trip, less what a message takes at least: the reply can have been on its way as short or as long as that.',
    error: 'Half of the difference of both ways: what half of the round trip takes for equal is not.',
    againstSetTo: 'Which sample has the shortest round trip? The server’s reading is half of it old.',
    againstBound: 'Half of the round trip is the bound where nothing else is known. What does a message take at least?',
    againstError: 'What does the client set its clock to, and what does the server’s clock show at that moment?',
    average: 'The clocks that are near the master’s, the master’s own among them, divided by how many they are.',
    adjustment: 'The average less what the clock shows. A clock that is left out of the average is moved all the same.',
    againstAverage:
      'Is a clock among them that is too far from the master’s? It does not count; the master’s own does.',
    againstAdjustment: 'Take the average, and subtract what this clock shows. Mind the sign.',
    offset: 'Half of the sum of what the request and the reply say: ((t2 − t1) + (t3 − t4)) / 2.',
    delay: 'The whole time less the time at the server: (t4 − t1) − (t3 − t2).',
    againstOffset: 'Each way tells a difference: t2 − t1 and t3 − t4. The offset lies in the middle of the two.',
    againstDelay: 'Of the time between t1 and t4, what was spent at the server is no delay.',
    sign: 'The size is right. Who is ahead of whom?',
  },
  elects: {
    wanted: (parts: readonly string[]): string => `a drawing with ${list(parts)}`,
    nodes: (least: number): string => `at least ${plural(least, 'node')}`,
    grid: (rows: number, columns: number): string => `a full grid of at least ${rows} × ${columns}`,
    leader: (name: string): string => `${name} as the leader`,
    most: (count: number): string => `at most ${plural(count, 'message')}`,
    exactly: (count: number): string => `exactly ${plural(count, 'message')}`,
    found: (nodes: number): string => `a drawing of ${plural(nodes, 'node')}`,
    run: (leader: string, messages: number): string => `${leader} with ${plural(messages, 'message')}`,
    lacks: (what: string): string => `The drawing does not have what was asked for: ${what}.`,
    noGrid: 'The links form no full grid.',
    leads: (leader: string, wanted: string): string => `${leader} leads here, and ${wanted} should.`,
    nobody: 'Nobody leads here when the run has ended.',
    sends: (messages: number): string =>
      `This run sends ${plural(messages, 'message')}. Change who begins, or where the ids stand.`,
    all: (leader: string, messages: number): string =>
      `${leader} leads after ${plural(messages, 'message')}, as was asked for.`,
    plan: 'Faults in the plan do not count here: take the plan away.',
  },
  tables: {
    shape: (rows: number, columns: number): string =>
      `The table needs ${plural(rows, 'row')} of ${plural(columns, 'number')}, one in every cell.`,
    place: (row: string, column: string): string => `${row}, ${column}`,
    cell: (place: string, found: string): string => `${place}: ${found} is not right.`,
    empty: (place: string): string => `${place} is still empty.`,
    some: (good: number, all: number): string => `${good} of ${all} numbers are right.`,
    all: 'Every number is right.',
  },
}

export { list as listOf }
