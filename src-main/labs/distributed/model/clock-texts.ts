// What the operations on clocks say: summaries, and refusals that name what is wrong and the remedy. The place in the
// input stands before each refusal.

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

export const clockTexts = {
  summaries: {
    logicalClocks:
      'Lamport and vector stamps of events, what happened before what, and how many cuts and orders there are.',
    driftingClocks: 'Clocks that tick at different rates, put forward by Lamport’s rule where a message shows it.',
    cristian: 'Cristian’s algorithm: what a client sets its clock to, and how wrong that can be.',
    berkeley: 'The Berkeley algorithm: the average of the clocks, and how far each has to move.',
    ntp: 'Offset, delay and accuracy from the four timestamps of NTP; of several samples the one with the least delay.',
  },

  noObject: 'expected an object with the fields that --help lists.',
  noList: (what: string, found: string, form: string): string =>
    `expected a list, found ${found}. Write ${what} as ${form}.`,
  tooMany: (found: number, what: string, most: number): string =>
    `there are ${number(found)} ${what}, and ${number(most)} are the most. Leave some out.`,
  noName: (found: string): string => `expected a name that is not empty, found ${found}.`,
  twice: (name: string): string => `"${name}" is there twice. Give each a name of its own.`,
  noNumber: (found: string, most: number): string =>
    `expected a number from -${number(most)} to ${number(most)}, found ${found}.`,
  noLength: (found: string): string => `expected a number that is not negative, found ${found}.`,
  noRound: (found: string, most: number): string =>
    `expected a whole number from 1 to ${number(most)}, found ${found}.`,
  noProcess: (found: string, names: readonly string[]): string =>
    `there is no process ${found}. There ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}.`,
  names: (found: number, wanted: number): string =>
    `there are ${counted(found, 'name')} for ${counted(wanted, 'clock')}. Give each clock one.`,

  events: {
    noEvent: (found: string): string =>
      `expected an event such as {"name": "a", "process": "P1", "kind": "local"}, found ${found}.`,
    kind: (found: string): string => `expected "local", "send" or "recv", found ${found}.`,
    message: (kind: string): string => `an event of kind "${kind}" needs the name of its message.`,
    local: (message: string): string =>
      `a local event has no message. Make it a "send" or "recv", or leave out ${message}.`,
    sentTwice: (message: string, first: string): string =>
      `${message} is sent by "${first}" already. Give each message a name of its own.`,
    notSent: (message: string): string => `no event sends ${message}. Add the event that does, or make this one local.`,
    circle: (waits: readonly { receipt: string; sending: string }[]): string => {
      const parts = waits.map(({ receipt, sending }) => `"${receipt}" receives what "${sending}" sends`)
      return `these events cannot have happened: ${parts.slice(0, 6).join(', ')}${parts.length > 6 ? ' …' : ''}, and each sending comes after such a receipt. List each process’s events in the order in which they happen.`
    },
    moreCuts: (most: number): string => `more than ${most}`,
    notCounted: (most: number): string => `not counted: there are more than ${most} consistent cuts`,
  },

  drifting: {
    tick: (found: string): string => `expected a number above 0, found ${found}.`,
    two: 'a message needs two processes. Give at least two tick counts.',
    message: (found: string): string =>
      `expected a message as ["P1", 1, "P2", 2]: from, round in which it leaves, to, round in which it arrives; found ${found}.`,
    later: (sent: number, received: number): string =>
      `the message leaves in round ${sent} and arrives in round ${received}. It has to arrive later.`,
    itself: (name: string): string => `${name} sends the message to itself. Name another process.`,
  },

  cristian: {
    neither: 'expected either samples, a list of [round trip, server time], or there, back and trueOffset.',
    both: 'give either samples or there and back, not both.',
    sample: (found: string): string => `expected a sample as [round trip, server time], found ${found}.`,
    none: 'expected at least one sample.',
    least: (least: number, roundTrip: number): string =>
      `a message that takes at least ${least} each way cannot be there and back within ${roundTrip}. Lower min.`,
    ways: (least: number): string => `a way is shorter than min, which is ${least}. Lower min.`,
  },

  berkeley: {
    noClocks: 'expected one list of clock readings, such as "minutes": [180, 205, 170].',
    severalLists: (fields: readonly string[]): string =>
      `${fields.join(' and ')} are both lists. Keep the one with the clock readings.`,
    noMaster: (found: string, most: number): string =>
      `expected the place of the master in the list, a whole number from 0 to ${most}, found ${found}.`,
  },

  ntp: {
    sample: (found: string): string =>
      `expected a sample as [t1, t2, t3, t4] or [offset, delay], or with these fields, found ${found}.`,
    none: 'expected at least one sample.',
    both: 'give either t1, t2, t3 and t4, or samples, not both.',
    client: 't4 is before t1, but by the client’s clock the reply comes after the request.',
    server: 't3 is before t2, but by the server’s clock the reply leaves after the request has come.',
    delay: 't4 - t1 is less than t3 - t2: the exchange cannot be shorter than the time at the server.',
  },
} as const
