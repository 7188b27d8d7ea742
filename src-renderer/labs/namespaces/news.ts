// What a run has told so far, and what of it is new: the sentences of changes, and of conditions that turned to hold.
// Knows no component.
import type { Run } from './run.svelte.ts'
import { texts } from './texts.ts'

/** Most sentences that are said at once; who wants all reads the list. */
const MOST = 4

export interface News {
  run: Run | null
  moments: number
  holding: readonly string[]
  since(before: News): string[]
}

export function newsOf(run: Run | null): News {
  const moments = run?.moments ?? []
  const conditions = run === null ? [] : (run.judgedAt(run.count - 1)?.conditions ?? [])
  const holding = conditions.filter(({ state }) => state === 'holds').map(({ id }) => id)
  return {
    run,
    moments: moments.length,
    holding,
    since: (before) => {
      const turned = conditions.filter(({ id }) => holding.includes(id) && !before.holding.includes(id))
      const changes = moments.slice(before.moments).flatMap((moment) => moment.changes.map(({ says }) => says))
      return [...turned.map(({ says }) => texts.panel.turned(says)), ...changes.slice(-MOST)]
    },
  }
}
