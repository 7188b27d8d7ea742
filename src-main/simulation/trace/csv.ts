// Counters of a run as a table of comma-separated values (RFC 4180): messages by kind, by node, and all together. A
// message is counted as sent when it leaves; the one copy of it that arrives twice is received twice.
import { type RunTrace, namesOf } from './trace.ts'

export interface Counts {
  sent: number
  received: number
  lost: number
  /** of the lost ones those whose receiver was crashed */
  toCrashed: number
}

export interface Counters {
  /** by kind of message, in the order in which kinds first appeared */
  readonly kinds: ReadonlyMap<string, Counts>
  /** by lane: what it sent, and what became of messages to it */
  readonly lanes: ReadonlyMap<string, Counts>
  readonly all: Counts
}

export function countersOf(run: RunTrace): Counters {
  const none = (): Counts => ({ sent: 0, received: 0, lost: 0, toCrashed: 0 })
  const kinds = new Map<string, Counts>()
  const lanes = new Map(run.lanes.map(({ id }) => [id, none()]))
  const all = none()
  const messages = new Map<string, { label: string; to: string }>()
  const count = (label: string, lane: string | null, field: keyof Counts): void => {
    const kind = kinds.get(label) ?? none()
    kinds.set(label, kind)
    const node = lane === null ? undefined : lanes.get(lane)
    for (const counts of [kind, all, ...(node === undefined ? [] : [node])]) counts[field] += 1
  }
  for (const { trace } of run.events) {
    for (const { message, label, to } of trace.sends) {
      messages.set(message, { label, to })
      count(label, trace.lane, 'sent')
    }
    const about = trace.message === undefined ? undefined : messages.get(trace.message)
    if (about === undefined) continue
    if (trace.kind === 'receive') count(about.label, about.to, 'received')
    if (trace.kind !== 'lost') continue
    count(about.label, about.to, 'lost')
    if (trace.why === 'crashed') count(about.label, about.to, 'toCrashed')
  }
  return { kinds, lanes, all }
}

export function countersToCsv(run: RunTrace): string {
  const names = namesOf(run)
  const { kinds, lanes, all } = countersOf(run)
  const rows: (string | number)[][] = [
    ['counts', 'name', 'sent', 'received', 'lost', 'lost to crashed nodes', 'sent without those to crashed nodes'],
    ...[...kinds].map(([kind, counts]) => ['messages of kind', kind, ...cells(counts), counts.sent - counts.toCrashed]),
    ['messages', 'all', ...cells(all), all.sent - all.toCrashed],
    // What a node sent and what was lost to it are different messages, so there is no difference to be told.
    ...[...lanes].map(([id, counts]) => ['node', names.get(id) ?? id, ...cells(counts), '']),
  ]
  return rows.map((row) => `${row.map((cell) => field(String(cell))).join(',')}\r\n`).join('')
}

const cells = ({ sent, received, lost, toCrashed }: Counts): number[] => [sent, received, lost, toCrashed]

/** A name that a spreadsheet would compute gets an apostrophe, which it then hides. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
