// Memory that is wanted more than once: a host whose guests use all they were given; what meets a limit is told beside
// this. The arithmetic is that of `topology.memory`.
import { minFree } from '../capacity/host-memory.ts'
import { type ReclaimMachine, reclaimRun } from '../capacity/reclaim-run.ts'
import { show } from '../figures.ts'
import { isSet, numberOf, textOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { type Tree, treeOf } from '../model/tree.ts'
import { type Story, type StoryChange, storySimulation } from './story.ts'
import { clusterStoryTexts } from './cluster-story-texts.ts'
import { limited } from './memory-limit.ts'
import { storyTexts } from './story-texts.ts'
import { uniqueNames } from './unique-names.ts'
import { roomOf } from './vsphere-parts.ts'

const texts = clusterStoryTexts.memory

/** Teaching value: MiB of a guest that are equal to those of another guest of the same family. */
const EQUAL = 128
/** The tax of ESXi on idle memory (Waldspurger, Memory resource management in VMware ESX Server, 2002). */
const TAX = 0.75

/** A balloon in a guest that could have one, less memory that it uses, and no promise. */
function otherMachine(vm: TopologyNode, driver: boolean, tree: Tree<TopologyNode>): StoryChange[] {
  const os = tree.childrenOf(vm.id).find(({ kind }) => kind === 'os')
  const half = Math.floor(numberOf(vm, 'memory') / 2)
  const change = (key: string, value: number | boolean, text: string): StoryChange => ({
    node: vm.id,
    key,
    value,
    text,
  })
  return [
    ...(!driver && os !== undefined && isSet(os, 'balloonDriver')
      ? [change('balloon', true, texts.withBalloon(vm.name))]
      : []),
    ...(half > 0 && numberOf(vm, 'workingSet') !== half
      ? [change('workingSet', half, texts.usesHalf(vm.name, half))]
      : []),
    ...(numberOf(vm, 'reservation') > 0 ? [change('reservation', 0, texts.noPromise(vm.name))] : []),
  ]
}

function pressed(host: TopologyNode, hypervisor: TopologyNode, tree: Tree<TopologyNode>): Story[] {
  const machines = tree.childrenOf(hypervisor.id).filter((node) => node.kind === 'vm' && node['running'] !== false)
  const wanted = machines.reduce((sum, vm) => sum + numberOf(vm, 'memory'), 0)
  const { minFree: least, working } = minFree(numberOf(host, 'memory') / 1024)
  const free = roomOf(host) - wanted
  if (machines.length === 0 || free >= least) return []
  const nameOf = uniqueNames(machines)
  const familyOf = (vm: TopologyNode): string => {
    const os = tree.childrenOf(vm.id).find(({ kind }) => kind === 'os')
    return os === undefined ? '' : textOf(os, 'family')
  }
  const families = machines.map(familyOf)
  const given = machines.map((vm, index): ReclaimMachine => {
    const [memory, used] = [numberOf(vm, 'memory'), numberOf(vm, 'workingSet')]
    const os = tree.childrenOf(vm.id).find(({ kind }) => kind === 'os')
    return {
      name: nameOf(vm),
      shares: Math.max(1, numberOf(vm, 'shares')),
      configured: memory,
      active: used > 0 ? Math.min(1, used / memory) : 1,
      shared:
        families[index] !== '' && families.filter((one) => one === families[index]).length > 1
          ? Math.min(EQUAL, memory)
          : 0,
      reserved: Math.min(memory, numberOf(vm, 'reservation')),
      driver: isSet(vm, 'balloon') && os !== undefined && isSet(os, 'balloonDriver'),
    }
  })
  const run = reclaimRun(free, least, given, TAX)
  const idOf = (name: string): string => machines.find((vm) => nameOf(vm) === name)?.id ?? host.id
  return [
    {
      id: `${host.id} memory`,
      text: texts.begin(host.name, machines.length),
      lights: [host.id],
      status: texts.wanted(show(wanted), show(roomOf(host)), show(free)),
      columns: texts.columns,
      changes: machines.flatMap((vm, index) => otherMachine(vm, given[index]?.driver ?? false, tree)),
      steps: [
        {
          text: texts.state(run.begin.state),
          lights: [host.id],
          status: `${working[0] ?? ''}; ${run.begin.working} ${texts.actions(run.begin.actions)}`,
          marks: { [host.id]: 'unsafe' },
        },
        ...run.steps.map((step) => ({
          text: texts.gives(step.machine, show(step.amount), step.action),
          lights: [idOf(step.machine), host.id],
          status: step.sentence,
          row: [step.machine, texts.by[step.action] ?? '', show(step.amount), show(step.free), step.state],
          marks: { [idOf(step.machine)]: step.action === 'swapping' ? 'unsafe' : 'behind' } as const,
        })),
        {
          text: run.missing > 0 ? texts.missing(show(run.missing)) : texts.enough(host.name),
          lights: [host.id],
          status: texts.end(run.end.state, show(run.end.percent)),
          marks: { [host.id]: run.missing > 0 ? 'impossible' : 'free' } as const,
        },
      ],
    },
  ]
}

function storiesOf(model: TopologyModel): Story[] {
  const tree = treeOf(model.nodes)
  return model.nodes.flatMap((node): Story[] => {
    if (node.kind === 'container' || node.kind === 'cgroup') return limited(node, model, tree)
    const host = tree.around(node).find(({ kind }) => kind === 'host')
    return node.kind === 'hypervisor' && host !== undefined ? pressed(host, node, tree) : []
  })
}

export const memoryPressure = storySimulation({
  id: 'memory-pressure',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
