// The events of a run's lanes, taken from what its steps traced, in an order in which causes stand before effects.
// Knows no lab, no clocks and nothing of how a diagram is drawn.
import type { RunStep, TraceEvent } from '../contract/run.ts'

/** An event on a lane, in the sense of Lamport (1978): something that happens in one process at one moment. */
export interface CausalEvent {
  /** the step's number; with an `s` behind it for the sending that follows a receipt in the same step */
  readonly id: string
  /** id of the record whose lane it lies on */
  readonly lane: string
  /** the number of its step in the run */
  readonly step: number
  /** simulated time */
  readonly at: number
  /** `send`: messages leave with it and nothing is received; otherwise what the trace says */
  readonly kind: 'send' | TraceEvent['kind']
  readonly label: string
  /** the message that is received, or null */
  readonly receives: string | null
  /** messages that leave with it */
  readonly sends: readonly string[]
}

/** What happens to a message on its way is no event of a process, even where a trace names the lane it was meant for. */
const onTheWay: ReadonlySet<TraceEvent['kind']> = new Set(['lost', 'delay', 'copy', 'cut', 'mend'])

/**
 * The events of one branch.
 * @param steps the steps from the initial state to the end of the branch, in this order
 * @returns in the order of the steps; a step that receives and sends is two events, the receipt first
 */
export function causalEvents(steps: readonly Pick<RunStep, 'step' | 'trace'>[]): CausalEvent[] {
  const events: CausalEvent[] = []
  for (const { step, trace } of steps) {
    if (trace === undefined || trace.lane === null || onTheWay.has(trace.kind)) continue
    const { at, lane, kind, label } = trace
    const sends = trace.sends.map(({ message }) => message)
    const shared = { lane, step, at, label }
    if (kind === 'receive') {
      events.push({ id: String(step), ...shared, kind, receives: trace.message ?? null, sends: [] })
      if (sends.length > 0) events.push({ id: `${step}s`, ...shared, kind: 'send', receives: null, sends })
    } else {
      events.push({
        id: String(step),
        ...shared,
        kind: kind === 'local' && sends.length > 0 ? 'send' : kind,
        receives: null,
        sends,
      })
    }
  }
  return events
}
