// Which runs a drawing offers, in which order, and what each is called on its button.
import type { Verdict } from '../../../contract/verdict.ts'
import type { TopologyModel } from '../model/schema.ts'
import type { Found } from '../rules/index.ts'
import { texts } from '../texts.ts'
import { migrationTexts } from './migration-texts.ts'
import { cpuShares } from './cpu.ts'
import { imageLayers } from './layers.ts'
import { containerLifecycle } from './lifecycle.ts'
import { drsSimulation } from './drs.ts'
import { haSimulation } from './ha.ts'
import { memoryPressure } from './memory.ts'
import { jobsOf, migration } from './migration.ts'
import { schedulingTexts } from './scheduling-texts.ts'
import { queueOf, scheduling } from './scheduling.ts'
import { privilegedInstruction } from './techniques.ts'
import { addressTranslation } from './translation.ts'

/** Rules that stand in the way of a live migration; with one of them broken it does not begin. */
const migrationRules = ['V-1', 'V-2', 'V-3', 'V-4']

const stories = [
  drsSimulation,
  haSimulation,
  memoryPressure,
  cpuShares,
  containerLifecycle,
  imageLayers,
  privilegedInstruction,
  addressTranslation,
]

/** @param found what the rules found in the drawing */
export function offers(model: TopologyModel, found: readonly Found[]): Verdict['simulations'] {
  const refused = found.some(({ rule }) => migrationRules.includes(rule.id))
  const has = (kind: TopologyModel['nodes'][number]['kind']): boolean => model.nodes.some((node) => node.kind === kind)
  const all = [
    { id: migration.id, label: migrationTexts.run, fits: !refused && jobsOf(model).length > 0 },
    { id: scheduling.id, label: schedulingTexts.label, fits: has('node') && queueOf(model).length > 0 },
    { id: 'self-healing', label: texts.heal, fits: has('node') && (has('pod') || has('deployment')) },
  ]
  const told = stories.map((simulation) => ({ ...simulation, fits: simulation.init(model, 1).stories.length > 0 }))
  return [...all, ...told].flatMap(({ id, label, fits }) => (fits ? [{ id, label }] : []))
}
