// A run's trace as a Mermaid sequence diagram: an arrow for each message in the order of arrival, a cross for one that is
// lost, notes for what happens on a lane. Messages still under way at the end are open arrows.
import type { TraceEvent } from '../../contract/run.ts'
import { type RunTrace, namesOf } from './trace.ts'

/** Told by the whole sentence of the step: what is written at the event itself is a word for a diagram with lanes. */
const told: ReadonlySet<TraceEvent['kind']> = new Set(['crash', 'recover', 'pause', 'resume'])
/** Told across all lanes. */
const everywhere: ReadonlySet<TraceEvent['kind']> = new Set(['cut', 'mend'])

interface Sent {
  from: string
  to: string
  text: string
}

export function traceToMermaid(run: RunTrace): string {
  const names = namesOf(run)
  const alias = new Map(run.lanes.map(({ id }, index) => [id, `n${index + 1}`]))
  const known = (id: string | null): id is string => id !== null && alias.has(id)
  const sent = new Map<string, Sent>()
  const under = new Set<string>()
  const lines: string[] = []
  const arrow = ({ from, to, text }: Sent, kind: '->>' | '-x' | '-)'): void => {
    lines.push(`${alias.get(from) ?? ''}${kind}${alias.get(to) ?? ''}: ${escaped(text)}`)
  }
  const all = [...new Set([alias.get(run.lanes[0]?.id ?? ''), alias.get(run.lanes.at(-1)?.id ?? '')])].join(',')
  for (const { text, trace } of run.events) {
    const { lane, kind, label, message = '', sends, down = [] } = trace
    for (const id of down) if (known(id)) lines.push(`Note over ${alias.get(id) ?? ''}: crashed`)
    const arrived = kind === 'receive' || kind === 'lost' ? sent.get(message) : undefined
    if (arrived !== undefined) {
      // One that was copied arrives a second time.
      under.delete(message)
      arrow(arrived, kind === 'lost' ? '-x' : '->>')
    }
    if (everywhere.has(kind) && all !== '') lines.push(`Note over ${all}: ${escaped(text)}`)
    if (!known(lane)) continue
    const note = told.has(kind) ? text : label
    if (note !== '') lines.push(`Note over ${alias.get(lane) ?? ''}: ${escaped(note)}`)
    for (const { message: leaving, to, label: what, detail } of sends) {
      if (!known(to)) continue
      sent.set(leaving, { from: lane, to, text: `${what} ${detail}`.trim() })
      under.add(leaving)
    }
  }
  for (const message of under) {
    const found = sent.get(message)
    if (found !== undefined) arrow(found, '-)')
  }
  return [
    'sequenceDiagram',
    ...(run.title.trim() === '' ? [] : [`    title ${escaped(run.title)}`]),
    ...run.lanes.map(({ id }) => `    participant ${alias.get(id) ?? ''} as ${escaped(names.get(id) ?? id)}`),
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n')
}

/**
 * Semicolons and hashes end a statement or begin an entity, a percent sign may begin a comment, brackets and quotes are
 * markup in some places; a line break ends a line. As entities they are shown as they are.
 */
function escaped(text: string): string {
  const plain = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return plain === '' ? '#160;' : plain.replace(/[#;:<>{}"%]/g, (sign) => `#${sign.charCodeAt(0)};`)
}
