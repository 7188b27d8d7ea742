// Questions about events that are listed in the question: Lamport and vector stamps, which came first, and clocks that
// drift. Computed by the lab's operations; knows no drawing.
import { z } from 'zod'
import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH } from '../../../contract/limits.ts'
import { driftingClocks } from '../operations/drifting-clocks.ts'
import { logicalClocks } from '../operations/logical-clocks.ts'
import { choice, numeric, table } from './make.ts'
import { bad } from './run.ts'
import { texts } from './texts.ts'

const words = texts.events
const EventsOf = z.strictObject({ events: z.string().max(MAX_NOTE_LENGTH).describe(texts.params.events) })

interface Listed {
  processes: string[]
  events: { name: string; process: string; kind: string; message?: string }[]
}

const kinds: Readonly<Record<string, string>> = { sends: 'send', receives: 'recv' }

/** "P1: a sends m1, b, c receives m2", a line for each process. @throws InterlockError `bad-input` with the line */
function readEvents(text: string): Listed {
  const listed: Listed = { processes: [], events: [] }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, process, rest] = /^\s*([^\s:]+)\s*:(.*)$/.exec(line) ?? []
    if (process === undefined || rest === undefined) throw bad(words.line(index + 1))
    listed.processes.push(process)
    for (const item of rest.split(',')) {
      const [, name, does, message] = /^\s*(\S+)(?:\s+(sends|receives)\s+(\S+))?\s*$/.exec(item) ?? []
      if (name === undefined) throw bad(words.line(index + 1))
      const kind = kinds[does ?? ''] ?? 'local'
      listed.events.push({ name, process, kind, ...(message === undefined ? {} : { message }) })
    }
  }
  if (listed.events.length === 0) throw bad(words.noEvents)
  return listed
}

const byName = new Intl.Collator('en', { numeric: true })

const StampsOf = EventsOf.extend({ clock: z.enum(['lamport', 'vector']).describe(texts.params.clock) })

export const stamps = table<z.infer<typeof StampsOf>>({
  id: 'stamps',
  title: texts.titles.stamps,
  params: StampsOf,
  solve(_, { events: text, clock }) {
    const listed = readEvents(text)
    const { lamport, vector } = logicalClocks.run(listed)
    const of = (name: string): number[] => (clock === 'lamport' ? [lamport[name] ?? 0] : (vector[name] ?? []))
    // By name: where names follow the order of the events, f is not looked for between a and b.
    const events = [...listed.events].sort((a, b) => byName.compare(a.name, b.name))
    return {
      rows: events.map(({ name }) => name),
      columns: clock === 'lamport' ? [words.lamport] : listed.processes,
      cells: events.map(({ name }) => of(name)),
      rule(row) {
        const { name, kind } = events[row] ?? { name: '', kind: 'local' }
        if (clock === 'lamport') return kind === 'recv' ? words.receipt(name) : words.lamportStep(name)
        return kind === 'recv' ? words.vectorReceipt(name) : words.vectorStep(name)
      },
    }
  },
})

const EventName = z.string().min(1).max(MAX_NAME_LENGTH)
const PairOf = EventsOf.extend({
  first: EventName.describe(texts.params.first),
  second: EventName.describe(texts.params.second),
})
type PairOf = z.infer<typeof PairOf>

/** @throws InterlockError `bad-input` for an event that is not listed */
function vectorsOf({ events, first, second }: PairOf): [number[], number[]] {
  const { vector } = logicalClocks.run(readEvents(events))
  const of = (name: string): number[] => {
    const found = vector[name]
    if (found === undefined) throw bad(texts.noSuch('event', name, Object.keys(vector)))
    return found
  }
  if (first === second) throw bad(words.same)
  return [of(first), of(second)]
}

export const before = choice<PairOf>({
  id: 'before',
  title: texts.titles.before,
  params: PairOf,
  options: (_, { first, second }) => [
    { value: 'first', label: words.before(first, second) },
    { value: 'second', label: words.before(second, first) },
    { value: 'concurrent', label: words.concurrent },
  ],
  solve(_, params) {
    const [a, b] = vectorsOf(params)
    const { first, second } = params
    if (a.every((count, place) => count <= (b[place] ?? 0))) {
      return { value: 'first', because: words.becauseBefore(first, second) }
    }
    if (b.every((count, place) => count <= (a[place] ?? 0))) {
      return { value: 'second', because: words.becauseBefore(second, first) }
    }
    return { value: 'concurrent', because: words.becauseConcurrent(first, second) }
  },
  against(value, _, { first, second }) {
    if (value === 'concurrent') return words.againstConcurrent
    return value === 'first' ? words.againstOrder(first, second) : words.againstOrder(second, first)
  },
})

export const concurrent = numeric<z.infer<typeof EventsOf>>({
  id: 'concurrent',
  title: texts.titles.concurrent,
  params: EventsOf,
  solve(_, { events }) {
    const { concurrentPairs } = logicalClocks.run(readEvents(events))
    return { value: concurrentPairs.length, because: words.pairs(concurrentPairs) }
  },
  against: () => words.againstPairs,
})

/** Numbers with commas between. @throws InterlockError `bad-input` naming what is none */
export function readNumbers(text: string): number[] {
  return text.split(',').map((part) => {
    const value = Number(part)
    if (part.trim() !== '' && Number.isFinite(value)) return value
    throw bad(texts.clocks.number(part.trim()))
  })
}

const TicksOf = z.strictObject({ ticks: z.string().max(MAX_NAME_LENGTH).describe(texts.params.ticks) })

export const drifting = table<z.infer<typeof TicksOf>>({
  id: 'drifting',
  title: texts.titles.drifting,
  params: TicksOf,
  solve(_, { ticks }) {
    const rows = driftingClocks.run({ ticks: readNumbers(ticks) })
    return {
      rows: rows.map(([from, , to]) => texts.drifting.row(from, to)),
      columns: [...texts.drifting.columns],
      cells: rows.map(([, sent, , arrived, after]) => [sent, arrived, after]),
      rule: () => texts.drifting.rule,
    }
  },
})
