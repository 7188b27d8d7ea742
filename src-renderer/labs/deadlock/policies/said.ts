// What is said of a run: how it ended, what everybody does at a tick, and which records that concerns. Pure.
import { type PoliciesOutput, type PolicyRun, policyTexts, type Span } from '@labs/deadlock/model/policies.ts'
import { holdingAt, looksSaid } from './figures.ts'
import { policyViewTexts as words } from './policies-texts.ts'

type Compared = Pick<PoliciesOutput, 'processes' | 'types'>

export function outcomeOf({ ended, episodes, livelock, ticks, measures: { makespan } }: PolicyRun): string {
  if (ended === 'finished') return words.outcome.finished(makespan ?? ticks)
  if (livelock !== null) return words.outcome.livelock(livelock.from, livelock.period)
  if (ended === 'limit') return words.outcome.limit(ticks)
  const last = episodes.at(-1)
  return last === undefined ? words.outcome.stuck : words.outcome.deadlock(last.from)
}

/** An error as it is shown: who looks at the page counts lines of the script from one, and knows no indices. */
export function faultOf(message: string): string {
  const line = /^script, line (\d+): (.*)$/s.exec(message)
  if (line !== null) return words.fault(Number(line[1]), line[2] ?? '')
  const event = /^script\[(\d+)\]: (.*)$/s.exec(message)
  return event === null ? message : words.fault(Number(event[1]) + 1, event[2] ?? '')
}

export const markOf = ({ ended }: PolicyRun): 'free' | 'ring' | 'behind' =>
  ended === 'finished' ? 'free' : ended === 'deadlock' ? 'ring' : 'behind'

/** What a process does at a tick; beyond its last stretch it stays as it is. */
function spanAt(run: PolicyRun, process: number, tick: number): Span | undefined {
  const spans = run.spans[process] ?? []
  return spans.find(({ from, to }) => from <= tick && tick < to) ?? spans.at(-1)
}

/** What each process does, holds and asks for at a tick, and which looks for deadlocks there were. */
export function saidAt({ processes, types }: Compared, run: PolicyRun, tick: number): string {
  const named = types.map(({ name }) => name)
  const parts = processes.map(({ name }, process) => {
    const activity = spanAt(run, process, tick)?.activity ?? 'finished'
    const holding = holdingAt(run.holdings[process] ?? [], tick)
    const holds = policyTexts.spoken(named, holding?.holds ?? [])
    const asks = policyTexts.spoken(named, holding?.asks ?? [])
    const more = [holds === '' ? '' : words.holds(holds), asks === '' ? '' : words.asks(asks)]
    return `${[`${name} ${words.activities[activity]}`, ...more].filter((part) => part !== '').join(', ')}.`
  })
  const looks = looksSaid(
    run,
    tick,
    processes.map(({ name }) => name),
  )
  return [...parts, ...looks].join(' ')
}

/** Ids of the processes that hold or ask for something at a tick, and of what they hold or ask for. */
export function concernedAt({ processes, types }: Compared, run: PolicyRun, tick: number): string[] {
  const ids = processes.flatMap(({ id }, process) => {
    if (spanAt(run, process, tick)?.activity === 'finished') return []
    const holding = holdingAt(run.holdings[process] ?? [], tick)
    const concerned = types.filter((_, type) => (holding?.holds[type] ?? 0) + (holding?.asks[type] ?? 0) > 0)
    return concerned.length === 0 ? [] : [id, ...concerned.map((type) => type.id)]
  })
  return [...new Set(ids)]
}
