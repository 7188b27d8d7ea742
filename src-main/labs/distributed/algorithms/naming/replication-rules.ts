// What must hold in runs of replication, seen by the clients: that is where a failure shows or stays hidden.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Rule } from '../../network/properties.ts'

const texts = namingTexts.replication.rules

/** What the rules look at in a node's state. */
interface Client {
  readonly done: number
  readonly failed: number
  readonly old: number
}

export const noOldValue: Rule = {
  id: 'no-old-value',
  title: texts.old.title,
  what: texts.old.what,
  check(_, world) {
    const node = (world.states as readonly Client[]).findIndex(({ old }) => old > 0)
    if (node === -1) return { holds: true, sentence: texts.old.kept, nodes: [] }
    return { holds: false, sentence: texts.old.broken(world.setup.selves[0]?.names[node] ?? ''), nodes: [node] }
  },
}

export const noticed: Rule = {
  id: 'nothing-noticed',
  title: texts.hidden.title,
  what: texts.hidden.what,
  atRest: true,
  check(_, world) {
    const states = world.states as readonly Client[]
    const node = states.findIndex(({ failed }) => failed > 0)
    if (node === -1) {
      return { holds: true, sentence: texts.hidden.kept(states.reduce((sum, { done }) => sum + done, 0)), nodes: [] }
    }
    const name = world.setup.selves[0]?.names[node] ?? ''
    return { holds: false, sentence: texts.hidden.broken(name, states[node]?.failed ?? 0), nodes: [node] }
  },
}
