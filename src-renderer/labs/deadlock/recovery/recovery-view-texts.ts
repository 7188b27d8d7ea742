// Words of the view that recovers from a deadlock.
export const recoveryViewTexts = {
  title: 'Recovery',
  label: 'Recovery from a deadlock',
  none: { title: 'Nobody is in a deadlock', text: 'When processes wait for each other, this view ranks them by what it costs to end each, and compares ways to recover.' }, // prettier-ignore
  concealed: 'The ranking is hidden until you have committed an answer to every question.',
  weights: 'Weights',
  reset: 'Usual weights',
  weightsEntry: 'Weigh victims',
  weightOf: (factor: string) => `Weight of ${factor}`,
  ranking: 'Who costs how much',
  columns: { process: 'Process', cost: 'Cost' },
  first: 'cheapest on a ring',
  nothing: 'which counts as 0',
  saved: (saved: string, first: string) =>
    `Without the guard ${saved} would be the first victim again; its kills so far have spared it, and it is the turn of ${first}.`,
  behind: 'behind the ring: to end it does not help',
  set: (names: string, cost: number, exact: boolean) =>
    `The cheapest set that ends the deadlock: ${names}, for ${cost}.${exact ? '' : ' Found greedily: there are too many processes to try every set.'}`,
  fewest: (size: number, sets: number, more: boolean) =>
    `At least ${size} ${size === 1 ? 'has' : 'have'} to be ended; ${more ? `more than ${sets} sets` : sets === 1 ? 'one set' : `${sets} sets`} of that size would do.`,
  greedy: (size: number) => `${size} are enough; whether fewer are is not known for so many processes.`,
  guard:
    'Kills so far raise the cost, so that nobody is the victim again and again. Priority, CPU time and kills of a process are set in the inspector.',
  methods: 'Ways to recover',
  methodColumns: {
    method: 'Way',
    victims: 'Victims',
    cost: 'Cost',
    lost: 'CPU time lost',
    units: 'Units taken',
    detections: 'Detections',
  },
  play: 'Play',
  playLabel: (method: string) => `Play: ${method}`,
  played: (method: string) => `Recovery: ${method}`,
  entry: (method: string) => `Play the recovery “${method}”`,
  working: 'Working it out …',
} as const
