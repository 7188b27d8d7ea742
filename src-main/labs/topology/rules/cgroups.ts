// Control groups: hierarchies, controllers, and who may set limits.
import { isSet, listOf, numberOf, textOf } from '../model/properties.ts'
import { memory } from '../model/captions.ts'
import type { TopologyNode } from '../model/schema.ts'
import { type Rule, named, set } from './rule.ts'
import type { Topology } from './topology.ts'

const v2 = (node: TopologyNode): boolean => textOf(node, 'version') === 'v2'

/** Control groups that a process is drawn in: the box it lies in, and those it is a member of. */
function groupsOf(topology: Topology, process: TopologyNode): TopologyNode[] {
  const box = topology.parent(process)
  const own = box?.kind === 'cgroup' ? [box] : []
  return [...new Set([...own, ...topology.targets(process, 'member').filter(({ kind }) => kind === 'cgroup')])]
}

export const cgroups: readonly Rule[] = [
  {
    id: 'C-9',
    severity: 'error',
    week: 7,
    title: 'A controller is passed down from above',
    *find(topology) {
      for (const group of topology.of('cgroup')) {
        const outer = topology.parent(group)
        if (outer?.kind !== 'cgroup' || !v2(group) || !v2(outer)) continue
        const passed = listOf(outer, 'passes')
        const missing = listOf(group, 'controllers').filter((one) => !passed.includes(one))
        if (missing.length === 0) continue
        yield {
          at: [group.id, outer.id],
          sentence: `${group.name} uses ${missing.join(' and ')}, and ${outer.name} does not pass ${missing.length === 1 ? 'it' : 'them'} down: the files are not there.`,
          remedy: `Write ${missing.map((one) => `+${one}`).join(' ')} to cgroup.subtree_control of ${outer.name} first.`,
          fix: {
            title: `Let ${outer.name} pass down ${missing.join(' and ')}`,
            edits: [set(outer.id, 'passes', [...passed, ...missing].join(', '))],
          },
        }
      }
    },
  },
  {
    id: 'C-10',
    severity: 'error',
    week: 7,
    title: 'Processes stand in leaves',
    *find(topology) {
      for (const group of topology.of('cgroup')) {
        if (!v2(group) || listOf(group, 'passes').length === 0) continue
        const inner = [
          ...topology.children(group, 'process'),
          ...topology.sources(group, 'member').filter(({ kind }) => kind === 'process'),
        ]
        if (inner.length === 0) continue
        yield {
          at: [group.id, ...inner.map(({ id }) => id)],
          sentence: `${group.name} passes ${listOf(group, 'passes').join(' and ')} down and holds ${named(inner)} itself. The kernel refuses that with EBUSY.`,
          remedy: 'Move the processes to a group below that has none below it.',
        }
      }
    },
  },
  {
    id: 'C-11',
    severity: 'error',
    week: 7,
    title: 'One v2 group for a process',
    *find(topology) {
      for (const process of topology.of('process')) {
        const groups = groupsOf(topology, process).filter(v2)
        if (groups.length < 2) continue
        yield {
          at: [process.id, ...groups.map(({ id }) => id)],
          sentence: `${process.name} is drawn in ${groups.length} groups of v2, ${named(groups)}. There is one hierarchy, so it has one path.`,
          remedy: 'Leave it in one. In v1 it may be in one group of each hierarchy.',
        }
      }
    },
  },
  {
    id: 'C-12',
    severity: 'error',
    week: 7,
    title: 'A controller belongs to one hierarchy',
    *find(topology) {
      const byKernel = new Map<string, TopologyNode[]>()
      for (const group of topology.of('cgroup')) {
        const key = topology.kernel(group)?.id ?? ''
        byKernel.set(key, [...(byKernel.get(key) ?? []), group])
      }
      for (const groups of byKernel.values()) {
        const users = new Map<string, { v1: TopologyNode[]; v2: TopologyNode[] }>()
        for (const group of groups) {
          for (const controller of listOf(group, 'controllers')) {
            const both = users.get(controller) ?? { v1: [], v2: [] }
            both[v2(group) ? 'v2' : 'v1'].push(group)
            users.set(controller, both)
          }
        }
        for (const [controller, { v1, v2: newer }] of users) {
          if (v1.length === 0 || newer.length === 0) continue
          yield {
            at: [...v1, ...newer].map(({ id }) => id),
            sentence: `The controller ${controller} is used in v1 by ${named(v1)} and in v2 by ${named(newer)}; it is bound to one hierarchy.`,
            remedy: 'Use it in one of them.',
          }
        }
      }
    },
  },
  {
    id: 'C-13',
    severity: 'warning',
    week: 7,
    title: 'Limits of a plain user need v2',
    *find(topology) {
      for (const container of topology.of('container')) {
        const [engine, kernel] = [topology.around(container, 'engine'), topology.kernel(container)]
        if (engine === null || kernel === null || !isSet(engine, 'rootless')) continue
        if (textOf(kernel, 'cgroups') !== 'v1' || numberOf(container, 'memory') === 0) continue
        yield {
          at: [container.id, kernel.id],
          sentence: `${container.name} has a limit of ${memory(numberOf(container, 'memory'))}, is run by a plain user, and ${kernel.name} has cgroups v1, which cannot be handed to a user safely.`,
          remedy: 'Run it as root, or on a system with v2 and delegation.',
        }
      }
    },
  },
]
