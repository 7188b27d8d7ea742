// The policies against deadlock: what each makes processes do, which of the four conditions it takes away, and what of it
// can be set. Knows no run.

export const policyIds = [
  'none',
  'share',
  'all-at-once',
  'release-first',
  'preempt',
  'order',
  'levels',
  'timeout',
  'banker',
  'detect',
] as const
export type PolicyId = (typeof policyIds)[number]

/** A setting of a policy. `types` is some of the types, `ranking` puts all of them into an order or on levels. */
export type PolicySetting = (
  | { key: string; kind: 'number'; label: string; min: number; max: number; usual: number; unit: string }
  | { key: string; kind: 'choice'; label: string; options: readonly { value: string; label: string }[]; usual: string }
  | { key: string; kind: 'types'; label: string }
  | { key: string; kind: 'ranking'; label: string }
) & {
  /** it decides something only while another setting has one of these values */
  onlyWhen?: { key: string; among: readonly string[] }
}

export interface PolicyInfo {
  id: PolicyId
  title: string
  /** one sentence: what it makes processes do */
  rule: string
  /** which of the four conditions it takes away, and how; null when it takes away none */
  breaks: string | null
  /** of which the first run settings that nobody chose take their usual value */
  settings: readonly PolicySetting[]
}

const number = (key: string, label: string, min: number, max: number, usual: number, unit: string): PolicySetting => ({
  key,
  kind: 'number',
  label,
  min,
  max,
  usual,
  unit,
})

export const policies: readonly PolicyInfo[] = [
  {
    id: 'none',
    title: 'No policy',
    rule: 'Units go to the oldest request that fits.',
    breaks: null,
    settings: [],
  },
  {
    id: 'share',
    title: 'Shareable resource',
    rule: 'Some types can be used by any number of processes at the same time.',
    breaks: 'Mutual exclusion, for these types',
    settings: [{ key: 'types', kind: 'types', label: 'Shareable types' }],
  },
  {
    id: 'all-at-once',
    title: 'All at once',
    rule: 'At its first request a process asks for all that it will ever need, and gets all of it or nothing.',
    breaks: 'Hold and wait: nobody who waits holds anything',
    settings: [],
  },
  {
    id: 'release-first',
    title: 'Release before asking',
    rule: 'Before each request a process gives back what it holds, and asks for the old and the new together.',
    breaks: 'Hold and wait: nobody who waits holds anything',
    settings: [],
  },
  {
    id: 'preempt',
    title: 'Preemption',
    rule: 'Who has to wait loses what it holds, and goes on when it can have the old and the new together.',
    breaks: 'No preemption',
    settings: [],
  },
  {
    id: 'order',
    title: 'Global order',
    rule: 'All types stand in one order. Who asks for an earlier one first gives the later ones back and asks again.',
    breaks: 'Circular wait: everybody waits for a later type than all it holds',
    settings: [{ key: 'order', kind: 'ranking', label: 'Order' }],
  },
  {
    id: 'levels',
    title: 'Hierarchical locks',
    rule: 'Types stand on levels. A process asks for all it needs of one level together, and only for higher levels.',
    breaks: 'Circular wait: everybody waits for a higher level than all it holds',
    settings: [{ key: 'levels', kind: 'ranking', label: 'Levels' }],
  },
  {
    id: 'timeout',
    title: 'Timeout and retry',
    rule: 'Who has waited for too long gives back what it holds, pauses, and begins again.',
    breaks: 'No preemption: a process gives up by itself. A deadlock can arise, yet it does not last',
    settings: [
      number('timeout', 'Gives up after', 1, 100, 4, 'ticks'),
      number('pause', 'Pause', 1, 100, 2, 'ticks'),
      {
        key: 'back-off',
        kind: 'choice',
        label: 'Length of the pause',
        options: [
          { value: 'fixed', label: 'always the same' },
          { value: 'random', label: 'by chance, up to twice as long' },
        ],
        usual: 'fixed',
      },
    ],
  },
  {
    id: 'banker',
    title: 'Banker',
    rule: 'Each process has declared its maximum. A request is granted only when the state is safe afterwards.',
    breaks: null,
    settings: [],
  },
  {
    id: 'detect',
    title: 'Detection and recovery',
    rule: 'Deadlocks are looked for now and then; a victim gives back all it holds and begins again.',
    breaks: null,
    settings: [
      {
        key: 'when',
        kind: 'choice',
        label: 'Looks for deadlocks',
        options: [
          { value: 'request', label: 'when somebody has to wait' },
          { value: 'events', label: 'after so many requests and releases' },
          { value: 'ticks', label: 'every so many ticks' },
          { value: 'idle', label: 'when few processes run' },
        ],
        usual: 'request',
      },
      {
        ...number('every', 'From one look to the next', 1, 100, 6, 'events or ticks'),
        onlyWhen: { key: 'when', among: ['events', 'ticks'] },
      },
      {
        ...number('below', 'Looks when fewer run than', 1, 100, 50, '%'),
        onlyWhen: { key: 'when', among: ['idle'] },
      },
      {
        key: 'victim',
        kind: 'choice',
        label: 'Victim',
        options: [
          { value: 'youngest', label: 'who began last' },
          { value: 'least-held', label: 'who holds the fewest units' },
          { value: 'least-work', label: 'who has worked least' },
        ],
        usual: 'youngest',
      },
    ],
  },
]

/** The settings of a policy that decide something while these values are chosen; a choice left out has its usual one. */
export function decidingSettings({ settings }: PolicyInfo, chosen: Readonly<Record<string, unknown>>): PolicySetting[] {
  const valueOf = (key: string): unknown => {
    const other = settings.find((setting) => setting.key === key)
    return chosen[key] ?? (other?.kind === 'choice' ? other.usual : undefined)
  }
  return settings.filter(
    ({ onlyWhen }) => onlyWhen === undefined || onlyWhen.among.includes(String(valueOf(onlyWhen.key))),
  )
}

/** Those that are compared unless somebody chooses others. */
export const usualPolicies: readonly PolicyId[] = [
  'none',
  'all-at-once',
  'preempt',
  'order',
  'timeout',
  'banker',
  'detect',
]
