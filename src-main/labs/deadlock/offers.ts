// Which simulations fit a drawing, in the order in which they are offered. Knows no player.
import type { Verdict } from '../../contract/verdict.ts'
import type { Analysis } from './engine/analysis.ts'
import { databaseTexts } from './model/database-texts.ts'
import { recoveryTexts } from './model/recovery.ts'
import type { DeadlockModel } from './model/schema.ts'
import { siteTexts } from './model/site-texts.ts'
import { sitesOf } from './model/sites.ts'
import { texts } from './model/texts.ts'
import type { Drawing } from './naming.ts'

type Offers = Verdict['simulations']

/** Nothing is played while the answer is withheld or nobody is there to do anything. */
export function offersFor(model: DeadlockModel, drawing: Drawing, { deadlock }: Analysis): Offers {
  const { graph } = drawing
  if (deadlock === null || graph.processes === 0) return []
  const single = graph.total.every((units) => units === 1)
  return [
    { id: 'reduction', label: texts.simulations.reduction },
    { id: 'events', label: texts.simulations.events },
    ...(deadlock ? [{ id: 'recovery', label: recoveryTexts.label }] : []),
    ...(single ? withSingleUnits(model, drawing) : []),
  ]
}

function withSingleUnits(model: DeadlockModel, drawing: Drawing): Offers {
  if (sitesOf(model).length > 1) return distributed
  return fitsDatabase(drawing) ? [{ id: 'database', label: databaseTexts.label }] : []
}

/**
 * Transactions declare nothing beforehand, and each locks a row once. They are called so, as T1 or Transaction 1: offered
 * on every drawing of single units, row locks would only be in the way.
 */
function fitsDatabase({ processes, requests, assignments, claims }: Drawing): boolean {
  if (!processes.every(({ name }) => /^t(\d|x|ransaction)/i.test(name))) return false
  const held = new Set(assignments.map(({ from, to }) => `${to} ${from}`))
  return claims.size === 0 && !requests.some(({ from, to }) => held.has(`${from} ${to}`))
}

const distributed: Offers = [
  { id: 'probes', label: siteTexts.probes.label },
  { id: 'central-detector', label: siteTexts.detector.label },
]
