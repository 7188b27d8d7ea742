// How the operations on mutual exclusion read their requests: each value is checked where it stands, and a refusal names
// the place and the remedy. Knows no algorithm.
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_LOGGED_MESSAGES, MAX_NETWORK_NODES } from '../../../contract/limits.ts'
import { bad, readWhole, said } from '../../../contract/operation-input.ts'
import { exclusionTexts } from '../model/exclusion-texts.ts'

const texts = exclusionTexts.operations
/** Latest time, and longest duration, of an input, in whatever unit. */
const MOST_TIME = 100_000

/** A process asks at a time; `stamp` is the timestamp that its request is to have. */
export interface Asking {
  readonly process: number
  readonly at: number
  readonly stamp: number
  /** where it stands in the input */
  readonly place: string
}

type Fields = Readonly<Record<string, unknown>>

/** A point in time or a duration. @throws InterlockError `bad-input` */
export function readTime(value: unknown, place: string, usual: number): number {
  if (value === undefined) return usual
  if (typeof value === 'number' && value >= 0 && value <= MOST_TIME) return value
  throw bad(place, texts.noTime(MOST_TIME, said(value)))
}

/** One request, as an object or as a list in the order of `fields`. */
function fieldsOf(item: unknown, place: string, fields: readonly string[], form: string): Fields {
  if (Array.isArray(item) && item.length <= fields.length) {
    return Object.fromEntries(fields.map((field, index) => [field, item[index] as unknown]))
  }
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) return item as Fields
  throw bad(place, texts.noRequest(said(item), form))
}

const named = (item: unknown, place: string, field: string, index: number): string =>
  Array.isArray(item) ? `${place}[${index}]` : `${place}.${field}`

/**
 * A list of requests, `{p, ts, at}` or `[p, ts, at]`; without `stamped` there is no `ts` in them.
 * @throws InterlockError `bad-input`
 */
export function readAskings(value: unknown, form: string, stamped: boolean): Asking[] {
  if (!Array.isArray(value)) throw bad('requests', texts.noRequests(said(value), form))
  const fields = stamped ? ['p', 'ts', 'at'] : ['p', 'at']
  return value.map((item: unknown, index) => {
    const place = `requests[${index}]`
    const found = fieldsOf(item, place, fields, form)
    const where = (field: string): string => named(item, place, field, fields.indexOf(field))
    return {
      process: readWhole(found['p'], where('p'), 0, Number.MAX_SAFE_INTEGER - 1),
      at: readTime(found['at'], where('at'), 0),
      stamp: stamped ? readWhole(found['ts'], where('ts'), 0, Number.MAX_SAFE_INTEGER - 1) : 0,
      place,
    }
  })
}

/**
 * How many processes there are: as said, or as many as the requests need.
 * @param messages most messages that one request makes, by the number of processes
 * @throws InterlockError `bad-input` for a request of a process that is not there, `too-large` for too many messages
 */
export function readProcesses(
  value: unknown,
  askings: readonly Asking[],
  messages: (processes: number) => number,
): number {
  const needed = askings.reduce((most, { process }) => Math.max(most, process + 1), 1)
  const usual = Math.min(needed, MAX_NETWORK_NODES)
  const processes = value === undefined ? usual : readWhole(value, 'processes', 1, MAX_NETWORK_NODES)
  const strange = askings.find(({ process }) => process >= processes)
  if (strange !== undefined) throw bad(strange.place, texts.noProcess(String(strange.process), processes - 1))
  if (askings.length * messages(processes) > MAX_LOGGED_MESSAGES) {
    const sentence = texts.tooMany(askings.length, processes, MAX_LOGGED_MESSAGES)
    throw new InterlockError('too-large', `input.requests: ${sentence}`, { place: 'requests' })
  }
  return processes
}
