// The operation `distributed.logicalClocks`: Lamport and vector stamps of events that are listed for each process.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_CLOCK_EVENTS, MAX_CLOCKS, MAX_COUNTED_CUTS } from '../../../contract/limits.ts'
import { anything, bad, readFields, said } from '../../../contract/operation-input.ts'
import { causality, type Occurrence } from '../../../simulation/causality.ts'
import { countCuts } from '../clocks/cuts.ts'
import { clockTexts } from '../model/clock-texts.ts'
import { readList, readName, readNames } from './clock-input.ts'

const texts = clockTexts.events

export interface LogicalClocksInput {
  processes?: unknown
  events?: unknown
  matrix?: unknown
}

export interface LogicalClocksOutput {
  lamport: Record<string, number>
  vector: Record<string, number[]>
  matrix?: Record<string, number[][]>
  totalOrder: string[]
  concurrentPairs: [string, string][]
  happensBeforePairs: number
  consistentCuts: number | string
  linearExtensions: number | string
}

/** An event as it was listed; its id is its name. */
interface Listed extends Occurrence {
  /** where it stands in the input */
  place: number
}

const kinds: Readonly<Record<string, 'local' | 'send' | 'recv'>> = {
  local: 'local',
  internal: 'local',
  send: 'send',
  recv: 'recv',
  receive: 'recv',
}

function readEvents(input: LogicalClocksInput): { processes: string[]; events: Listed[] } {
  const fields = readFields(input)
  const listed = readList(fields['events'], 'events', '[{"name": "a", …}]', MAX_CLOCK_EVENTS, 'events')
  const listedProcesses = fields['processes']
  const known = listedProcesses === undefined ? null : new Set(readNames(listedProcesses, 'processes', MAX_CLOCKS))
  const processes = known ?? new Set<string>()
  const names = new Set<string>()
  const senders = new Map<string, string>()
  const events = listed.map((item, place): Listed => {
    const at = `events[${place}]`
    const event = readFields(item, at, texts.noEvent(said(item)))
    const id = readName(event['name'], `${at}.name`)
    if (names.has(id)) throw bad(`${at}.name`, clockTexts.twice(id))
    names.add(id)
    const lane = readName(event['process'], `${at}.process`)
    if (known === null) processes.add(lane)
    else if (!known.has(lane)) throw bad(`${at}.process`, clockTexts.noProcess(said(lane), [...known]))
    const message = event['message'] ?? null
    const given = event['kind'] ?? (message === null ? 'local' : undefined)
    const kind = typeof given === 'string' && Object.hasOwn(kinds, given) ? kinds[given]! : null
    if (kind === null) throw bad(`${at}.kind`, texts.kind(said(given)))
    if (kind === 'local') {
      if (message !== null) throw bad(`${at}.message`, texts.local(said(message)))
      return { id, lane, place, receives: null, sends: [] }
    }
    if (message === null) throw bad(`${at}.message`, texts.message(kind))
    const named = readName(message, `${at}.message`)
    if (kind === 'recv') return { id, lane, place, receives: named, sends: [] }
    const first = senders.get(named)
    if (first !== undefined) throw bad(`${at}.message`, texts.sentTwice(named, first))
    senders.set(named, id)
    return { id, lane, place, receives: null, sends: [named] }
  })
  for (const { receives, place } of events) {
    if (receives !== null && !senders.has(receives)) throw bad(`events[${place}].message`, texts.notSent(receives))
  }
  return { processes: [...processes], events: causesFirst(events, senders) }
}

/** The events with each receipt behind its sending; those of one process keep their order. */
function causesFirst(events: readonly Listed[], senders: ReadonlyMap<string, string>): Listed[] {
  const waiting = new Map<string, Listed[]>()
  for (const event of events) waiting.set(event.lane, [...(waiting.get(event.lane) ?? []), event])
  const sent = new Set<string>()
  const sorted: Listed[] = []
  for (let before = -1; before < sorted.length;) {
    before = sorted.length
    for (const queue of waiting.values()) {
      while (queue.length > 0 && (queue[0]!.receives === null || sent.has(queue[0]!.receives))) {
        const event = queue.shift()!
        for (const message of event.sends) sent.add(message)
        sorted.push(event)
      }
    }
  }
  const stuck = [...waiting.values()].flatMap(([first]) => (first === undefined ? [] : [first]))
  if (stuck.length === 0) return sorted
  const waits = stuck.map(({ id, receives }) => ({ receipt: id, sending: senders.get(receives!)! }))
  throw bad(`events[${stuck[0]!.place}]`, texts.circle(waits))
}

function run(input: LogicalClocksInput): LogicalClocksOutput {
  const { processes, events } = readEvents(input)
  const order = causality(events, processes)
  // By index in `events`, in the order in which they were listed.
  const listed = events.map((_, event) => event).sort((a, b) => events[a]!.place - events[b]!.place)
  const name = (event: number): string => events[event]!.id
  const named = <T>(value: (event: number) => T): Record<string, T> =>
    Object.fromEntries(listed.map((event) => [name(event), value(event)]))
  const concurrentPairs: [string, string][] = []
  let happensBeforePairs = 0
  listed.forEach((a, index) => {
    for (const b of listed.slice(index + 1)) {
      if (order.concurrent(a, b)) concurrentPairs.push([name(a), name(b)])
      else happensBeforePairs += 1
    }
  })
  const total = listed.toSorted((a, b) => order.lamport(a) - order.lamport(b) || order.lane(a) - order.lane(b))
  const counted = countCuts(order, MAX_COUNTED_CUTS)
  return {
    lamport: named((event) => order.lamport(event)),
    vector: named((event) => Array.from(order.vector(event))),
    ...(input.matrix === true ? { matrix: named((event) => order.matrix(event).map((row) => Array.from(row))) } : {}),
    totalOrder: total.map(name),
    concurrentPairs,
    happensBeforePairs,
    consistentCuts: counted === null ? texts.moreCuts(MAX_COUNTED_CUTS) : exact(counted.cuts),
    linearExtensions: counted === null ? texts.notCounted(MAX_COUNTED_CUTS) : exact(counted.extensions),
  }
}

/** A number as long as JSON readers take it exactly, else its digits. */
const exact = (count: bigint): number | string =>
  count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : String(count)

const example: LogicalClocksInput = {
  processes: ['P1', 'P2', 'P3'],
  events: [
    { name: 'a', process: 'P1', kind: 'send', message: 'm1' },
    { name: 'b', process: 'P2', kind: 'local' },
    { name: 'c', process: 'P2', kind: 'recv', message: 'm1' },
    { name: 'd', process: 'P2', kind: 'send', message: 'm2' },
    { name: 'e', process: 'P3', kind: 'recv', message: 'm2' },
  ],
}

export const logicalClocks: Operation<LogicalClocksInput, LogicalClocksOutput> = {
  summary: clockTexts.summaries.logicalClocks,
  input: anything(),
  help: [
    'Input, a JSON object:',
    '  events              the events; those of one process in the order in which they happen, else in any order:',
    '                        name     of the event',
    '                        process  where it happens',
    '                        kind     "local", "send" or "recv"',
    '                        message  name of the message that is sent or received; one event sends it, any number of',
    '                                 events may receive it, also none',
    '  processes           optional: names of the processes, in the order of the vectors',
    '  matrix              optional: true to get matrix stamps too',
    'Output:',
    '  lamport             for each event its Lamport stamp: 1 more than that of every event before it',
    '  vector              for each event how many events of each process it knows of',
    '  matrix              if asked: for each event one row for each process, what it knows that process to know',
    '  totalOrder          events by Lamport stamp; equal stamps by the order of the processes',
    '  concurrentPairs     pairs of events of which neither happened before the other',
    '  happensBeforePairs  how many pairs there are in which one did',
    '  consistentCuts      how many cuts contain with each event all that happened before it',
    '  linearExtensions    in how many orders the events can have happened',
    `                      Both are counted up to ${MAX_COUNTED_CUTS} cuts; beyond, a text says so. Above 2^53 they are`,
    '                      texts of digits.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
