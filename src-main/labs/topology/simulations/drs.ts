// DRS as a run: the loads of the hosts, the move that evens them out most, again and again until the target.
// The arithmetic is that of `topology.drs`.
import { type BalancingPlan, type ClusterHost, type Resource, balanceGreedily, balanceOf } from '../cluster/drs.ts'
import { show } from '../figures.ts'
import { numberOf, textOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { treeOf } from '../model/tree.ts'
import { type Story, storySimulation } from './story.ts'
import { clusterStoryTexts } from './cluster-story-texts.ts'
import { asSentence, storyTexts } from './story-texts.ts'
import { uniqueNames } from './unique-names.ts'
import { busyCpus, membersOf, movedTo, roomOf } from './vsphere-parts.ts'

const texts = clusterStoryTexts.drs

/** Teaching values: the spread that is good enough, and what a move has to gain. */
const TARGET = 0.05
const COST = 0.02
const MOST_MOVES = 20

/** Machines of one group of `apart` must not meet. */
function apartIn(machines: readonly TopologyNode[], nameOf: (node: TopologyNode) => string): string[][] {
  const groups = new Map<string, string[]>()
  for (const vm of machines) {
    const group = textOf(vm, 'apart')
    if (group !== '') groups.set(group, [...(groups.get(group) ?? []), nameOf(vm)])
  }
  return [...groups.values()]
}

function storiesOf(model: TopologyModel): Story[] {
  const tree = treeOf(model.nodes)
  return model.nodes.flatMap((cluster): Story[] => {
    if (cluster.kind !== 'vcluster' || cluster['drs'] === false) return []
    const members = membersOf(cluster, tree)
    const machines = members.flatMap((member) => member.machines)
    if (members.length < 2 || machines.length === 0) return []
    const nameOf = uniqueNames([...members.map(({ host }) => host), ...machines])
    const hosts = members.map(({ host, machines: own }): ClusterHost => ({
      name: nameOf(host),
      capacity: { cpu: Math.max(1, numberOf(host, 'cpus')), memory: roomOf(host) },
      machines: own.map((vm) => ({ name: nameOf(vm), demand: { cpu: busyCpus(vm), memory: numberOf(vm, 'memory') } })),
    }))
    const byName = new Map([...members.map(({ host }) => host), ...machines].map((node) => [nameOf(node), node]))
    const rules = { apart: apartIn(machines, nameOf), pinned: {} }
    return (['cpu', 'memory'] as const).map((resource: Resource): Story => {
      const begin = balanceOf(hosts, resource)
      const plan = balanceGreedily(hosts, resource, { target: TARGET, cost: COST, most: MOST_MOVES, rules })
      const ended: Readonly<Record<BalancingPlan['ended'], string>> = {
        target: texts.reached(show(TARGET)),
        'no-gain': texts.noGain(show(COST)),
        'most-moves': texts.enough(MOST_MOVES),
      }
      let now = model
      const idOf = (name: string): string => byName.get(name)?.id ?? cluster.id
      const loads = (values: readonly number[]): string[] => values.map((load) => `${show(100 * load)} %`)
      return {
        id: `${cluster.id} ${resource}`,
        text: texts.begin(cluster.name, resource),
        lights: [cluster.id],
        status: texts.target(show(TARGET), show(COST)),
        columns: [...hosts.map(({ name }) => name), texts.spread],
        steps: [
          {
            text: texts.compare(hosts.length),
            lights: members.map(({ host }) => host.id),
            status: asSentence(begin.working),
            row: ['0', ...loads(begin.loads), show(begin.sigma)],
          },
          ...plan.steps.map((step, index) => {
            const to = members.find(({ host }) => nameOf(host) === step.to)?.hypervisor.id ?? cluster.id
            now = movedTo(now, idOf(step.machine), to)
            return {
              text: texts.move(step.machine, step.from, step.to),
              lights: [idOf(step.machine), idOf(step.from), idOf(step.to)],
              status: `${step.working}.`,
              row: [String(index + 1), ...loads(step.loads), show(step.sigma)],
              marks: { [idOf(step.machine)]: 'free' } as const,
              model: now,
            }
          }),
          {
            text: ended[plan.ended],
            lights: [cluster.id],
            status: texts.end(show(begin.sigma), show(plan.sigma), plan.steps.length),
          },
        ],
      }
    })
  })
}

export const drsSimulation = storySimulation({
  id: 'drs',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
