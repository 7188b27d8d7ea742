// A run's trace as a log for ShiViz: two lines an event, the host with its vector clock as JSON, then what happened.
// Format: I. Beschastnikh et al., Debugging Distributed Systems, Comm. ACM 59(8), 2016, and the program's own pages. Of a
// file that is opened there, the first line is the expression that parses it and the second tells executions apart.
import { causality } from '../causality.ts'
import { causalEvents } from '../causal-events.ts'
import { type RunTrace, namesOf, sendingText } from './trace.ts'

/** What has to be in the program's field for the parser, which reads it from the first line of the log. */
export const SHIVIZ_PATTERN = '(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)'

/**
 * Each event of a lane counts its own host up by one, so a step that receives and sends is two entries. What happens to a
 * message on its way is no event of a host and stands in no entry.
 */
export function traceToShiviz(run: RunTrace): string {
  const names = namesOf(run)
  const hosts = hostNames(run)
  const events = causalEvents(run.events)
  const order = causality(
    events,
    run.lanes.map(({ id }) => id),
  )
  const steps = new Map(run.events.map((event) => [event.step, event]))
  const lines = events.map(({ lane, step, id, sends }, index) => {
    const clock = Object.fromEntries(
      Array.from(order.vector(index)).flatMap((count, other) => {
        const known = order.lanes[other] ?? ''
        return count === 0 ? [] : [[hosts.get(known) ?? known, count] as const]
      }),
    )
    const found = steps.get(step)
    // The sending that follows a receipt in one step has an id of its own; the step's text tells of the receipt.
    const told = id === String(step) ? (found?.text ?? '') : ''
    const sending = sends.length > 0 && found !== undefined ? sendingText(found.trace, names) : ''
    const text = [told, sending].filter((part) => part !== '').join('; ')
    return `${hosts.get(lane) ?? lane} ${JSON.stringify(clock)}\n${text.replace(/\s+/g, ' ')}`
  })
  return `${[SHIVIZ_PATTERN, '', ...lines].join('\n')}\n`
}

/** Hosts hold no blanks and are never empty; two lanes never become one host. */
function hostNames(run: RunTrace): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    [...namesOf(run)].map(([id, name]) => {
      const plain = name.replace(/[\s{}"]+/g, '_')
      let host = plain
      for (let number = 2; taken.has(host); number += 1) host = `${plain}_${number}`
      taken.add(host)
      return [id, host]
    }),
  )
}
