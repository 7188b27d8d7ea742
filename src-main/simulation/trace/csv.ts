// Counters of a run as a table of comma-separated values: messages by kind, then by lane. RFC 4180.
import { type RunTrace, namesOf } from './trace.ts'

interface Counts {
  sent: number
  received: number
  lost: number
}

export function countersToCsv(run: RunTrace): string {
  const names = namesOf(run)
  const kinds = new Map<string, Counts>()
  const lanes = new Map<string, Counts>(run.lanes.map(({ id }) => [id, { sent: 0, received: 0, lost: 0 }]))
  const kindOf = new Map<string, { label: string; to: string }>()
  const count = (of: Map<string, Counts>, key: string, field: keyof Counts): void => {
    const counts = of.get(key) ?? { sent: 0, received: 0, lost: 0 }
    of.set(key, { ...counts, [field]: counts[field] + 1 })
  }
  for (const { trace } of run.events) {
    for (const { message, label, to } of trace.sends) {
      kindOf.set(message, { label, to })
      count(kinds, label, 'sent')
      if (trace.lane !== null) count(lanes, trace.lane, 'sent')
    }
    const about = trace.message === undefined ? undefined : kindOf.get(trace.message)
    if (about === undefined || (trace.kind !== 'receive' && trace.kind !== 'lost')) continue
    const field = trace.kind === 'receive' ? 'received' : 'lost'
    count(kinds, about.label, field)
    count(lanes, about.to, field)
  }
  const rows = [
    ['what', 'name', 'sent', 'received', 'lost'],
    ...[...kinds].map(([kind, counts]) => ['message', kind, counts.sent, counts.received, counts.lost]),
    ...[...lanes].map(([id, counts]) => ['node', names.get(id) ?? id, counts.sent, counts.received, counts.lost]),
  ]
  return rows.map((row) => `${row.map((cell) => quoted(String(cell))).join(',')}\r\n`).join('')
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
