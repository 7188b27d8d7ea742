// Requests, grants and releases on several sites, with a central detector whose reports may be late: it may see a cycle
// that never was. Asking again tells the phantom from a deadlock. Knows no player.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_PAGE, MAX_SITES } from '../../../contract/limits.ts'
import type { Property, Simulation, StateView } from '../../../simulation/simulation.ts'
import {
  type Detector,
  type Report,
  type Wait,
  answer,
  answerOf,
  askAgain,
  beginDetector,
  deliverReport,
  nowWaiting,
  oldestReport,
  seenCycle,
} from '../distributed/detector.ts'
import { requireSingleUnits, waitGraph } from '../distributed/wait-graph.ts'
import { marksOf } from '../marks.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { siteTexts } from '../model/site-texts.ts'
import { siteOf } from '../model/sites.ts'
import type { Drawing } from '../naming.ts'
import { ResourceEvent } from './event-rules.ts'
import { type EventsState, events } from './events.ts'
import { eventsBetween } from './interpret.ts'
import { pickEvent } from './possible-events.ts'
import { readEventLine, writeEventLine } from './script-line.ts'
import { type Word, refuse, wordsOf } from './script-names.ts'
import { slotsIn } from './script-patterns.ts'

const texts = siteTexts.detector

const Site = z.number().int().min(1).max(MAX_SITES)
const DetectorEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('report'), site: Site }),
  z.strictObject({ type: z.literal('ask') }),
  z.strictObject({ type: z.literal('answer'), site: Site }),
])
export const CentralEvent = z.union([ResourceEvent, DetectorEvent])
export type CentralEvent = z.infer<typeof CentralEvent>

export interface CentralState {
  /** what is so */
  readonly truth: EventsState
  readonly detector: Detector
  /** the cycle that the detector sees, and which of its waits are over */
  readonly seen: { readonly cycle: readonly Wait[]; readonly gone: readonly Wait[] } | null
}

const isResourceEvent = (event: CentralEvent): event is ResourceEvent => 'resource' in event

const noPhantom: Property<CentralState> = {
  id: 'no-phantom',
  what: texts.foundPhantom,
  check({ truth, seen }) {
    const gone = seen?.gone[0]
    if (seen === null || gone === undefined) {
      return { holds: true, mark: 'free', sentence: texts.nothingSeen, lights: [] }
    }
    const { drawing } = truth
    return {
      holds: false,
      mark: 'impossible',
      sentence: texts.phantom(membersOf(drawing, seen.cycle), pairOf(drawing, gone), deadlocked(truth)),
      lights: seen.cycle.map(({ process }) => drawing.processes[process]!.id),
    }
  },
}

const noDeadlock: Property<CentralState> = {
  id: 'no-deadlock-seen',
  what: texts.foundDeadlock,
  check({ truth: { drawing }, seen }) {
    if (seen === null || seen.gone.length > 0) {
      return { holds: true, mark: 'free', sentence: texts.nothingFound, lights: [] }
    }
    return {
      holds: false,
      mark: 'ring',
      sentence: texts.seen(membersOf(drawing, seen.cycle)),
      lights: seen.cycle.map(({ process }) => drawing.processes[process]!.id),
    }
  },
}

export const centralDetector: Simulation<DeadlockModel, CentralState, CentralEvent> = {
  id: 'central-detector',
  label: texts.label,
  start: texts.start,
  event: CentralEvent,

  init(model) {
    const truth = events.init(model, 0)
    const { drawing } = truth
    requireSingleUnits(drawing)
    return stateOf(truth, beginDetector(drawing.processes.map(siteOf), waitGraph(drawing.graph)))
  },

  enabled(state) {
    const first = [...messages(state), ...questions(state), ...(events.enabled(state.truth) as ResourceEvent[])]
    return first.slice(0, MAX_PAGE)
  },

  pick(state, random) {
    const waiting = [...messages(state), ...questions(state)]
    const own = waiting.length > 0 && random.below(2) === 0
    return own ? waiting[random.below(waiting.length)] : (pickEvent(state.truth.drawing, random) ?? waiting[0])
  },

  apply(state, event) {
    const { truth, detector } = state
    if (isResourceEvent(event)) {
      const next = events.apply(truth, event)
      return stateOf(next, nowWaiting(detector, waitGraph(next.drawing.graph)))
    }
    if (event.type === 'report') {
      reportOf(state, event.site)
      return stateOf(truth, deliverReport(detector, event.site))
    }
    if (event.type === 'ask') return stateOf(truth, askAgain(detector, cycleToAsk(state)))
    if (detector.question?.open.includes(event.site) !== true) {
      throw new InterlockError('bad-event', texts.notAsked(event.site))
    }
    return stateOf(truth, answer(detector, event.site))
  },

  describe(event, state) {
    const { truth, detector } = state
    const { drawing } = truth
    if (isResourceEvent(event)) return events.describe(event, truth)
    const idsOf = (waits: readonly Wait[]): string[] =>
      [...new Set(waits.flatMap(({ process, holder }) => [process, holder]))].map((p) => drawing.processes[p]!.id)
    if (event.type === 'report') {
      const { wait, begins } = reportOf(state, event.site)
      const text = (begins ? texts.reportsWait : texts.reportsEnd)(event.site, ...pairOf(drawing, wait))
      return { text, lights: idsOf([wait]) }
    }
    if (event.type === 'ask') {
      const cycle = cycleToAsk(state)
      return { text: texts.asks(askAgain(detector, cycle).question?.open ?? []), lights: idsOf(cycle) }
    }
    const { still, gone } = answerOf(detector, event.site)
    const told = gone.length > 0 ? gone : still
    const pairs = told.map((wait) => pairOf(drawing, wait))
    return { text: (gone.length > 0 ? texts.answersNo : texts.answersStill)(event.site, pairs), lights: idsOf(told) }
  },

  view(state) {
    const { model, drawing, analysis } = state.truth
    // In a phantom its processes are marked as what the detector takes them for, which cannot be.
    const phantom = state.seen === null || state.seen.gone.length === 0 ? [] : state.seen.cycle
    const marks = {
      ...marksOf(drawing, analysis),
      ...Object.fromEntries(phantom.map(({ process }) => [drawing.processes[process]!.id, 'impossible' as const])),
    }
    return { model, marks, table: table(state), status: status(state) }
  },

  read(line, { truth }) {
    const words = wordsOf(line)
    const asks = slotsIn(words, 'detector asks again') ?? slotsIn(words, 'detector asks')
    if (asks !== null) return { type: 'ask' }
    const reports = slotsIn(words, 'site _ reports')
    if (reports !== null) return { type: 'report', site: siteIn(reports[0]!) }
    const answers = slotsIn(words, 'site _ answers')
    if (answers !== null) return { type: 'answer', site: siteIn(answers[0]!) }
    if (words.length < 2) return refuse(texts.line, { from: 0, to: line.length })
    return readEventLine(line, truth)
  },

  write(event, { truth }) {
    if (isResourceEvent(event)) return writeEventLine(event, truth)
    if (event.type === 'ask') return 'detector asks again'
    return `site ${event.site} ${event.type === 'report' ? 'reports' : 'answers'}`
  },

  interpret: (state, model) => eventsBetween(state.truth.model, model),

  properties: [noPhantom, noDeadlock],
}

function stateOf(truth: EventsState, detector: Detector): CentralState {
  const cycle = seenCycle(detector)
  if (cycle === null) return { truth, detector, seen: null }
  const standing = new Set(detector.waits.map(({ number }) => number))
  return { truth, detector, seen: { cycle, gone: cycle.filter(({ number }) => !standing.has(number)) } }
}

function siteIn(word: Word): number {
  const site = /^\d{1,4}$/.test(word.text) && !word.quoted ? Number(word.text) : 0
  return site >= 1 && site <= MAX_SITES ? site : refuse(siteTexts.noSiteWord(word.text), word)
}

function reportOf({ detector }: CentralState, site: number): Report {
  const report = oldestReport(detector, site)
  if (report === undefined) throw new InterlockError('bad-event', texts.noReport(site))
  return report
}

function cycleToAsk({ seen, detector }: CentralState): readonly Wait[] {
  if (seen === null) throw new InterlockError('bad-event', texts.noCycle)
  if (detector.question !== null) throw new InterlockError('bad-event', texts.askedBefore)
  return seen.cycle
}

/** The oldest report of each site that has one on its way. */
function messages({ detector }: CentralState): CentralEvent[] {
  return [...new Set(detector.reports.map(({ site }) => site))].map((site) => ({ type: 'report', site }))
}

function questions({ seen, detector }: CentralState): CentralEvent[] {
  const { question } = detector
  if (question !== null) return question.open.map((site) => ({ type: 'answer', site }))
  return seen === null || isConfirmed(detector, seen.cycle) ? [] : [{ type: 'ask' }]
}

function isConfirmed({ confirmed }: Detector, cycle: readonly Wait[]): boolean {
  return cycle.length > 0 && cycle.every(({ number }) => confirmed.includes(number))
}

const membersOf = ({ processName }: Drawing, waits: readonly Wait[]): string[] =>
  waits.map(({ process }) => processName(process))

const pairOf = ({ processName }: Drawing, { process, holder }: Wait): [string, string] => [
  processName(process),
  processName(holder),
]

/** Who is on a ring or waits behind one, in truth. */
function deadlocked({ drawing, analysis }: EventsState): string[] {
  if (analysis.deadlock !== true) return []
  return drawing.processes.flatMap(({ name }, process) => (analysis.capped.finishes[process] === 0 ? [name] : []))
}

function table({ truth: { drawing }, detector }: CentralState): StateView<DeadlockModel>['table'] {
  const { processes, processName } = drawing
  const cells = (waits: readonly Wait[]): string[][] => {
    const rows = processes.map((): string[] => [])
    const ordered = waits.toSorted((a, b) => a.holder - b.holder)
    for (const { process, holder } of ordered) rows[process]!.push(processName(holder))
    return rows
  }
  const so = cells(detector.waits)
  const known = cells(detector.known)
  const way = processes.map((): string[] => [])
  for (const { wait, begins } of detector.reports) {
    way[wait.process]!.push((begins ? texts.begins : texts.ends)(processName(wait.holder)))
  }
  const said = (parts: readonly string[]): string => (parts.length === 0 ? texts.nobody : parts.join(', '))
  return {
    columns: [...texts.columns],
    rows: processes.map((node, process) => ({
      id: node.id,
      label: node.name,
      lights: [node.id],
      cells: [String(detector.sites[process]!), said(so[process]!), said(known[process]!), said(way[process]!)],
    })),
  }
}

function status(state: CentralState): string {
  const { truth, detector, seen } = state
  const { drawing } = truth
  if (seen !== null) {
    const members = membersOf(drawing, seen.cycle)
    if (isConfirmed(detector, seen.cycle)) return texts.confirmed(members)
    if (detector.question !== null) return texts.asking(members, detector.question.open)
    const property = seen.gone.length > 0 ? noPhantom : noDeadlock
    const { sentence } = property.check(state)
    return seen.gone.length > 0 ? texts.acts(sentence) : sentence
  }
  const stuck = deadlocked(truth)
  return stuck.length === 0 ? texts.quiet(detector.reports.length) : texts.unseen(stuck, detector.reports.length)
}
