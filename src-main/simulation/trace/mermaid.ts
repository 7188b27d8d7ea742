// A run's trace as a Mermaid sequence diagram: an arrow for each message in the order of arrival, a cross for one that is
// lost, notes for what happens on a lane. Messages still under way at the end are open arrows.
import type { TraceEvent } from '../../contract/run.ts'
import { type RunTrace, namesOf } from './trace.ts'

const noted: Partial<Record<TraceEvent['kind'], string>> = {
  crash: 'crashes',
  recover: 'comes back',
  pause: 'pauses',
  resume: 'goes on',
}

interface Sent {
  from: string
  to: string
  text: string
}

export function traceToMermaid(run: RunTrace): string {
  const names = namesOf(run)
  const alias = new Map(run.lanes.map(({ id }, index) => [id, `n${index + 1}`]))
  const who = (id: string): string => alias.get(id) ?? 'n0'
  const under = new Map<string, Sent>()
  const lines = run.lanes.map(({ id }) => `    participant ${who(id)} as ${escaped(names.get(id) ?? id)}`)
  for (const { trace } of run.events) {
    const { lane, kind, label, message, sends } = trace
    const arrived = message === undefined ? undefined : under.get(message)
    if (arrived !== undefined && message !== undefined && (kind === 'receive' || kind === 'lost')) {
      under.delete(message)
      const arrow = kind === 'lost' ? '-x' : '->>'
      lines.push(`    ${who(arrived.from)}${arrow}${who(arrived.to)}: ${escaped(arrived.text)}`)
    }
    if (lane === null) continue
    const words = [noted[kind] ?? '', label].filter((part) => part !== '').join(': ')
    if (words !== '') lines.push(`    Note over ${who(lane)}: ${escaped(words)}`)
    for (const sent of sends) {
      under.set(sent.message, { from: lane, to: sent.to, text: `${sent.label} ${sent.detail}`.trim() })
    }
  }
  for (const { from, to, text } of under.values()) lines.push(`    ${who(from)}-)${who(to)}: ${escaped(text)}`)
  return `sequenceDiagram\n${lines.join('\n')}\n`
}

/** Semicolons and hashes end a statement or begin an entity; line breaks end a line. */
function escaped(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain === '' ? ' ' : plain.replace(/[#;:<>{}"]/g, (sign) => `#${sign.charCodeAt(0)};`)
}
