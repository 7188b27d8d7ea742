// A run's trace as JSON for other programs. The shape is described in docs/trace.md; equal runs give equal bytes.
import { z } from 'zod'
import { TraceEvent } from '../../contract/run.ts'
import type { RunTrace } from './trace.ts'

export const TRACE_FORMAT = 'interlock-trace'
export const TRACE_VERSION = 1

export const TraceFile = z.object({
  format: z.literal(TRACE_FORMAT),
  version: z.literal(TRACE_VERSION),
  title: z.string(),
  lanes: z.array(z.object({ id: z.string(), name: z.string() })),
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
