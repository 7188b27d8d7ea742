// A run's trace as JSON for other programs, and back. The shape is described in docs/trace.md; equal runs give equal
// bytes. Knows no lab.
import { z } from 'zod'
import { InterlockError } from '../../contract/errors.ts'
import { parseJson } from '../../contract/json.ts'
import { MAX_JSON_DEPTH } from '../../contract/limits.ts'
import { TraceEvent } from '../../contract/run.ts'
import type { RunTrace } from './trace.ts'

export const TRACE_FORMAT = 'interlock-trace'
export const TRACE_VERSION = 1

export const TraceFile = z.object({
  format: z.literal(TRACE_FORMAT),
  version: z.literal(TRACE_VERSION),
  title: z.string(),
  lanes: z.array(z.object({ id: z.string(), name: z.string() })),
  /** in the order in which they happened; the first is the state that the run begins with */
  events: z.array(z.object({ text: z.string(), trace: TraceEvent })),
})

/** Steps are numbered by their place, since numbers of a run depend on the order in which its branches were made. */
export function traceToJson({ title, lanes, events }: RunTrace): string {
  const file = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    title,
    lanes,
    events: events.map(({ text, trace }) => ({ text, trace })),
  }
  return `${JSON.stringify(TraceFile.parse(file), null, 2)}\n`
}

/**
 * Reads what `traceToJson` wrote; events are numbered from 0.
 * @throws InterlockError `bad-input` that names the place: no JSON, another format, a lane or a message that is not
 *   there, a time before the last one
 */
export function traceFromJson(text: string): RunTrace {
  const parsed = parseJson(text, MAX_JSON_DEPTH)
  if ('fault' in parsed) {
    const { line, column, expected, found } = parsed.fault
    throw refused(`it is no JSON: line ${line}, column ${column} should have ${expected}, and has ${found}`)
  }
  const { format, version } = z.looseObject({}).catch({}).parse(parsed.value)
  if (format === TRACE_FORMAT && typeof version === 'number' && version > TRACE_VERSION) {
    throw refused(`it has version ${version}, and this Interlock knows versions up to ${TRACE_VERSION}`)
  }
  const file = TraceFile.safeParse(parsed.value)
  if (!file.success) {
    const issue = file.error.issues[0]
    throw refused(`at ${issue?.path.join('.') || 'its beginning'}: ${issue?.message ?? ''}`)
  }
  const { title, lanes, events } = file.data
  checkReferences(lanes, events)
  return { title, lanes, events: events.map((event, step) => ({ step, ...event })) }
}

function checkReferences(lanes: RunTrace['lanes'], events: readonly { trace: TraceEvent }[]): void {
  const known = new Set(lanes.map(({ id }) => id))
  if (known.size < lanes.length) throw refused('two lanes have the same id')
  const sent = new Set<string>()
  let now = 0
  for (const [index, { trace }] of events.entries()) {
    const place = `event ${index}`
    for (const id of [trace.lane, ...(trace.down ?? []), ...trace.sends.map(({ to }) => to)]) {
      if (id !== null && !known.has(id)) throw refused(`${place} names the lane "${id}", which is not in its list`)
    }
    if (trace.at < now) throw refused(`${place} is at ${trace.at}, before the one above it at ${now}`)
    now = trace.at
    for (const { message } of trace.sends) {
      if (sent.has(message)) throw refused(`${place} sends ${message}, which was sent before`)
      sent.add(message)
    }
    if (trace.kind === 'receive' && trace.message === undefined) throw refused(`${place} receives no message`)
    if (trace.message !== undefined && !sent.has(trace.message)) {
      throw refused(`${place} is about ${trace.message}, which was not sent before`)
    }
  }
}

const refused = (why: string): InterlockError =>
  new InterlockError('bad-input', `This is no trace of a run that can be read: ${why.slice(0, 300)}.`)
