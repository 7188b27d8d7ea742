// Words of the algorithms for physical clocks.

/** At most three digits behind the point, and no sign before zero. */
const ms = (length: number): string => `${Math.round(length * 1000) / 1000 || 0} ms`

export const timeTexts = {
  columns: {
    correction: 'Correction',
    samples: 'Round trips',
    bound: 'Bound',
    round: 'Round',
    differences: 'Differences',
    source: 'Source',
    delays: 'Delays',
  },
  server: 'server',
  master: 'master',
  none: '–',
  noAnswer: 'no answer',
  listed: (parts: readonly string[], more: number) => [...parts, ...(more > 0 ? [`and ${more} more`] : [])].join(', '),
  left: (difference: string) => `(${difference})`,
  /** with a sign, as corrections are read */
  signed: (by: number): string => (by > 0 ? `+${ms(by)}` : ms(by)),
  slewing: (done: string, target: string) => `${done} of ${target}`,
  stratum: (stratum: number, source: string) => `${source}, stratum ${stratum}`,
  ms,

  sets: (by: number) =>
    by === 0
      ? 'leaves its clock as it is'
      : by > 0
        ? `sets its clock forward by ${ms(by)}`
        : `sets its clock back by ${ms(-by)}`,
  slews: (by: number) =>
    by === 0
      ? 'leaves its clock as it is'
      : by > 0
        ? `lets its clock run faster until ${ms(by)} are gained`
        : `lets its clock run slower until ${ms(-by)} are lost; it never goes back`,
  silent: (name: string) => `gets no answer from ${name}`,
  noSample: 'has no answer to set its clock by',
  average: (by: number, left: readonly string[]) =>
    `the average is ${by === 0 ? 'its own time' : `${ms(Math.abs(by))} ${by > 0 ? 'ahead' : 'behind'}`}` +
    (left.length === 0 ? '' : `, ${left.join(', ')} left out`),
  chooses: (name: string, stratum: number) => `takes its time from ${name}, stratum ${stratum}`,
  lost: 'has no source any more',

  settings: {
    server: 'Server',
    serverHint: 'Number of the node that the others take their time from; 0: the one with the highest number.',
    master: 'Master',
    masterHint: 'Number of the node that polls the others; 0: the one with the highest number.',
    period: 'Period',
    periodHint: 'From the beginning of one round to that of the next, by the node’s own clock.',
    rounds: 'Rounds',
    roundsHint: 'After so many rounds a node asks no more; 0: it never stops.',
    samples: 'Samples',
    samplesHint: 'How often a client asks in one round; the answer with the shortest round trip is used.',
    timeout: 'Timeout',
    timeoutHint: 'How long a node waits for an answer before it goes on without.',
    least: 'Least delay',
    leastHint:
      'What a message is known to take at least; it makes the bound smaller. Said too high, the bound is wrong.',
    slew: 'Slew',
    slewHint:
      'By so many of a hundred ms a clock runs faster or slower until it is right; 0: it is set at once, also back.',
    softSlewHint: 'By so many of a hundred ms a clock runs faster or slower until it is right. It never goes back.',
    limit: 'Limit',
    limitHint: 'A clock further than this from the master’s is left out of the average, but is told how to adjust.',
    work: 'Work',
    workHint: 'How long a server has a request before it answers; it is not counted as delay.',
  },

  rule: {
    title: 'No clock is wronger than its bound',
    what: 'clock beyond its bound',
    holds: (widest: string) =>
      `Every clock that was set is within its bound of the server’s; the largest error is ${widest}.`,
    unset: 'No clock has been set yet.',
    fails: (name: string, error: string, bound: string) =>
      `${name} is ${error} off the server’s clock, and its bound says ${bound}.`,
  },

  agreement: {
    title: 'The clocks agree in the end',
    what: 'disagreement of clocks',
    none: 'No clock has answered the master.',
    holds: (apart: string) => `The clocks that answered are led to the same time, ${apart} apart at most.`,
    fails: (first: string, last: string, apart: string, most: string) =>
      `${first} and ${last} are led ${apart} apart, more than the longest round trip of ${most} explains.`,
  },
} as const
