// Which experiments a machine can do, and in a sentence why it cannot. Decides by what the probe has tried, never by names
// of systems alone. Knows no experiment.
import type { Lane, MachineFacts, Need } from '../../../contract/kernel.ts'
import { laneTexts as texts } from './lane-texts.ts'

export interface Needs {
  need: Need
  tools: readonly string[]
  controllers?: readonly string[]
  layout?: 'hybrid'
}

/** Whether groups can be made here that limit by a controller, in v1 or in the unified hierarchy. */
export function canLimit(machine: MachineFacts, controller: string): boolean {
  const separate = Object.keys(machine.writable).some((hierarchy) => hierarchy.split(',').includes(controller))
  return separate || ('' in machine.writable && machine.controllers.includes(controller))
}

export function laneOf({ need, tools, controllers = [], layout }: Needs, machine: MachineFacts): Lane {
  const no = (why: string): Lane => ({ real: false, why })
  if (machine.platform === 'wsl1') return no(texts.wsl1)
  if (!['linux', 'wsl2'].includes(machine.platform)) return no(texts.noLinux)
  const missing = tools.filter((tool) => !(tool in machine.tools))
  if (missing.length > 0) return no(texts.tools(missing))
  const root = machine.uid === 0
  if (need === 'root' && !root) return no(texts.root)
  if (need === 'user' && machine.userNamespaces !== null) return no(texts.restricted(machine.userNamespaces))
  if (layout !== undefined && machine.cgroups !== layout) return no(texts.notHybrid)
  const unlimited = controllers.filter((controller) => !canLimit(machine, controller))
  if (unlimited.length > 0) return no(root ? texts.noController(unlimited) : texts.notDelegated(unlimited))
  if (need === 'delegated' && Object.keys(machine.writable).length === 0) return no(texts.notDelegated([]))
  return { real: true, why: texts.real[need] }
}
