// All rules of the topology lab, and how a drawing is asked.
import type { TopologyModel } from '../model/schema.ts'
import { cgroups } from './cgroups.ts'
import { isolation } from './containers.ts'
import { hardwareRules } from './hardware.ts'
import { kubernetes } from './kubernetes.ts'
import { placement } from './placement.ts'
import { resources } from './resources.ts'
import type { Rule, Severity, Violation } from './rule.ts'
import { Topology } from './topology.ts'
import { vsphere } from './vsphere.ts'

const numberOf = ({ id }: Rule): number => Number(id.slice(id.indexOf('-') + 1))
const areas = 'PNRCKV'

/** By area in the order P, N, R, C, K, V, and by number in it. */
export const rules: readonly Rule[] = [
  ...placement,
  ...hardwareRules,
  ...resources,
  ...isolation,
  ...cgroups,
  ...kubernetes,
  ...vsphere,
].sort((a, b) => areas.indexOf(a.id[0] ?? '') - areas.indexOf(b.id[0] ?? '') || numberOf(a) - numberOf(b))

export interface Found extends Violation {
  rule: Rule
  severity: Severity
}

const order: readonly Severity[] = ['error', 'warning', 'note']

/** @returns what the rules find in a drawing, errors first; rules that the drawing mutes are not asked */
export function check(model: TopologyModel): Found[] {
  const topology = new Topology(model)
  const muted = new Set(model.muted)
  return rules
    .filter(({ id }) => !muted.has(id))
    .flatMap((rule) =>
      Array.from(rule.find(topology), (violation) => ({ severity: rule.severity, ...violation, rule })),
    )
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
}
