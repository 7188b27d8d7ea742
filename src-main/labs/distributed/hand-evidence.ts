// What the verdict says of a run that is drawn by hand: its events with their clocks, and how many pairs of them are
// concurrent. Nothing in such a run can be wrong, so nothing is judged.
import type { EvidenceGroup, EvidenceItem, Verdict } from '../../contract/verdict.ts'
import type { RunStep } from '../../contract/run.ts'
import { type CausalEvent, type Causality, causalEvents, causality } from '../../simulation/causality.ts'
import { vectorCell } from './algorithms/clocks/by-hand.ts'
import { handTexts as texts } from './model/hand-texts.ts'
import { verdictTexts } from './model/verdict-texts.ts'
import type { Setup } from './network/setup.ts'
import { World } from './network/world.ts'
import { runTexts, time } from './simulations/texts.ts'
import { traceOf } from './simulations/trace.ts'

/** A plan has up to 500 entries, and each brings two events at most. */
const MOST_EVENTS = 2_000
const MOST_LISTED = 60

type Traced = Pick<RunStep, 'step' | 'trace'> & { trace: NonNullable<RunStep['trace']> }

/** @param cost what the messages cost, as a sentence */
export function handAnswer(setup: Setup, cost: string): Pick<Verdict, 'word' | 'mark' | 'sentence' | 'evidence'> {
  const world = new World(setup)
  const steps: Traced[] = []
  while (world.events < MOST_EVENTS && world.step()) steps.push({ step: world.events, trace: traceOf(world) })
  const order = causality(causalEvents(steps), setup.ids)
  const { events } = order
  if (events.length === 0) return { ...texts.empty, mark: 'free', evidence: [] }
  const [self] = setup.selves
  const shown = self?.settings['clocks'] === 1
  const sentence = shown ? `${cost} ${concurrentIn(order)}` : cost
  return { word: texts.word(events.length), mark: 'free', sentence, evidence: [listed(order, steps, setup, shown)] }
}

function concurrentIn({ events, concurrent }: Causality): string {
  let pairs = 0
  for (let a = 0; a < events.length; a += 1) {
    for (let b = a + 1; b < events.length; b += 1) if (concurrent(a, b)) pairs += 1
  }
  return texts.concurrent(pairs, (events.length * (events.length - 1)) / 2)
}

function listed(order: Causality, steps: readonly Traced[], { ids, selves }: Setup, shown: boolean): EvidenceGroup {
  const [self] = selves
  const names = self?.names ?? []
  const nameOf = (id: string): string => names[ids.indexOf(id)] ?? id
  const sent = new Map(
    steps.flatMap(({ trace }) =>
      trace.sends.map(({ message, to, label }) => [message, { label, to, from: trace.lane ?? '' }] as const),
    ),
  )
  const say = ({ lane, kind, label, receives, sends }: CausalEvent): string => {
    const name = nameOf(lane)
    const received = receives === null ? undefined : sent.get(receives)
    if (received !== undefined) return texts.events.receives(name, received.label, nameOf(received.from))
    const messages = sends.flatMap((id) => sent.get(id) ?? [])
    if (messages.length > 0) {
      const list = messages.map((message) => texts.events.to(message.label, nameOf(message.to)))
      return texts.events.sends(name, list.join(', '))
    }
    const befalls = { crash: 'crash', recover: 'recover', pause: 'pause', resume: 'resume' } as const
    const doing = kind in befalls ? befalls[kind as keyof typeof befalls] : null
    return doing === null ? texts.doing.act(name, label) : runTexts.doing[doing](name)
  }
  const items = order.events.slice(0, MOST_LISTED).map((event, index): EvidenceItem => {
    const vector = self === undefined ? '' : vectorCell(Array.from(order.vector(index)), self)
    const stamps = texts.events.stamps(order.lamport(index), vector)
    const at = verdictTexts.at(time(event.at))
    return { text: say(event), detail: shown ? `${stamps}, ${at}` : at, lights: [event.lane] }
  })
  const more = order.events.length > MOST_LISTED ? { more: texts.events.more } : {}
  return { id: 'events', title: texts.events.title, items, ...more }
}
