// A run's trace as a log for ShiViz: two lines an event, the host with its vector clock as JSON, then what happened.
// Format: I. Beschastnikh et al., Debugging Distributed Systems, Comm. ACM 59(8), 2016, and the program's own pages.
import { causality } from '../causality.ts'
import { causalEvents } from '../causal-events.ts'
import { type RunTrace, namesOf } from './trace.ts'

/** What has to be put into the field for the parser: it is the first line of the log. */
export const SHIVIZ_PATTERN = '(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)'

export function traceToShiviz(run: RunTrace): string {
  const names = hostNames(run)
  const events = causalEvents(run.events)
  const order = causality(
    events,
    run.lanes.map(({ id }) => id),
  )
  const texts = new Map(run.events.map(({ step, text }) => [step, text]))
  const lines = events.map(({ lane, step, kind, label }, index) => {
    const clock = Object.fromEntries(
      Array.from(order.vector(index)).flatMap((count, other) => {
        const id = order.lanes[other] ?? ''
        return count === 0 ? [] : [[names.get(id) ?? id, count] as const]
      }),
    )
    const sending = kind === 'send' && label !== '' ? label : null
    const text = (sending ?? texts.get(step) ?? '').replace(/\s+/g, ' ')
    return `${names.get(lane) ?? lane} ${JSON.stringify(clock)}\n${kind === 'send' ? `sends: ${text}` : text}`
  })
  return `${SHIVIZ_PATTERN}\n\n${lines.join('\n')}\n`
}

/** Hosts hold no blanks; two lanes never become one host. */
function hostNames(run: RunTrace): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    [...namesOf(run)].map(([id, name]) => {
      const plain = name.replace(/[\s{}"]+/g, '_') || id
      const host = taken.has(plain) ? `${plain}_${id}` : plain
      taken.add(host)
      return [id, host]
    }),
  )
}
