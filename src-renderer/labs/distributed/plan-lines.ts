// Entries of the plan as sentences. Pure.
import { handTexts } from '@labs/distributed/model/hand-texts.ts'
import type { DistributedModel, PlanEntry } from '@labs/distributed/model/schema.ts'
import { texts } from './texts.ts'

export function told(entry: PlanEntry, { nodes }: DistributedModel): string {
  const name = (id: string): string => nodes.find((node) => node.id === id)?.name ?? id
  const { plan } = texts
  if (entry.do === 'act') return plan.told(entry.at, handTexts.doing.act(name(entry.node), entry.label ?? ''))
  if (entry.do === 'send') {
    const sent = handTexts.doing.send(name(entry.from), name(entry.to), entry.label ?? '')
    return plan.told(entry.at, entry.takes === undefined ? sent : plan.takesSo(sent, entry.takes))
  }
  const does = plan.does[entry.do]
  const what =
    entry.do === 'heal'
      ? does
      : entry.do === 'part'
        ? plan.nodes(entry.nodes.map(name).join(', '))
        : entry.do === 'cut' || entry.do === 'mend'
          ? plan.link(name(entry.from), name(entry.to), does)
          : plan.node(name(entry.node), does)
  return plan.told(entry.at, what)
}
