// What a run of mutual exclusion says beside its rules: messages and waiting for an entry, whether nodes enter in the
// order of asking, and who bears the load.
import type { EvidenceGroup, EvidenceItem } from '../../contract/verdict.ts'
import { exclusionTexts } from './model/exclusion-texts.ts'
import { type RunOutcome, totalsOf } from './network/outcome.ts'
import { waitOf } from './network/visits.ts'
import { time } from './simulations/texts.ts'

const texts = exclusionTexts.figures

/** Empty when nobody has asked. */
export function sectionEvidence({ world, visits }: RunOutcome): EvidenceGroup[] {
  if (visits.all.length === 0) return []
  const { ids, selves } = world.setup
  const name = (node: number): string => selves[0]?.names[node] ?? ''
  const lights = (...nodes: number[]): string[] => nodes.map((node) => ids[node] ?? '')
  const { entries, mean, longest, passed } = visits.waiting()
  const { sent } = totalsOf(world)
  const first = { text: texts.entries(entries, visits.all.length), lights: [] }
  if (entries === 0) return [{ id: 'section', title: texts.title, items: [first] }]
  const items: EvidenceItem[] = [first, { text: texts.messages(time(sent / entries)), lights: [] }]
  if (mean !== null && longest !== null) {
    items.push({
      text: texts.waiting(time(mean)),
      detail: texts.longest(name(longest.node), time(waitOf(longest)), time(longest.asked)),
      lights: lights(longest.node),
    })
  }
  // Not to keep the order of asking is no fault: few algorithms promise it.
  items.push(
    passed === null
      ? { text: texts.inOrder, mark: 'free', lights: [] }
      : {
          text: texts.passed(name(passed.node), passed.passed),
          detail: texts.asked(time(passed.asked)),
          mark: 'behind',
          lights: lights(passed.node),
        },
  )
  const load = world.sentBy.map((out, node) => out + (world.receivedBy[node] ?? 0))
  const total = load.reduce((sum, one) => sum + one, 0)
  const busiest = load.reduce((most, one, node) => (one > (load[most] ?? 0) ? node : most), 0)
  if (total > 0 && load.every((one) => one === load[0])) {
    items.push({ text: texts.same(load[0] ?? 0), lights: [] })
  } else if (total > 0) {
    const share = Math.round(((load[busiest] ?? 0) / total) * 100)
    const text = texts.load(name(busiest), load[busiest] ?? 0, share)
    items.push({ text, detail: texts.even(Math.round(100 / load.length)), lights: lights(busiest) })
  }
  return [{ id: 'section', title: texts.title, items }]
}
