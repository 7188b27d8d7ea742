// HA as a run: a host fails, and its machines are started anew where their reservations fit, with the seconds that takes.
// Slots and outage are those of `topology.ha`.
import { outageOf, slotAdmission } from '../cluster/ha.ts'
import { isSet, numberOf, textOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { treeOf } from '../model/tree.ts'
import { type Story, type StoryStep, storySimulation } from './story.ts'
import { clusterStoryTexts } from './cluster-story-texts.ts'
import { asSentence, storyTexts } from './story-texts.ts'
import { type ClusterMember, membersOf, movedTo, roomOf } from './vsphere-parts.ts'

const texts = clusterStoryTexts.ha

/** Teaching values, in s: until a silent host counts as failed, until a place is found, until a guest has booted. */
const [DETECT, PLACE, BOOT] = [15, 5, 60]

const reserved = (vm: TopologyNode): number => numberOf(vm, 'reservation')
const held = (member: ClusterMember): number => member.machines.reduce((sum, vm) => sum + reserved(vm), 0)

function slotsStep(members: readonly ClusterMember[], cluster: TopologyNode): StoryStep {
  const machines = members.flatMap((member) => member.machines)
  const pairs = machines.map((vm) => ({ cpu: numberOf(vm, 'cpuReservation'), memory: reserved(vm) }))
  const hosts = members.map(({ host }) => ({
    name: host.name,
    cpu: numberOf(host, 'cpus') * numberOf(host, 'mhz'),
    memory: numberOf(host, 'memory'),
  }))
  const nobody = pairs.every(({ cpu, memory }) => cpu === 0 && memory === 0)
  const { working } = slotAdmission(hosts, pairs)
  return {
    text: texts.slots,
    lights: [cluster.id],
    status: nobody ? texts.noReservations : asSentence(working),
  }
}

function fails(
  failed: ClusterMember,
  cluster: TopologyNode,
  members: readonly ClusterMember[],
  model: TopologyModel,
): StoryStep[] {
  const survivors = members.filter((member) => member !== failed)
  const free = new Map(survivors.map((member) => [member, roomOf(member.host) - held(member)]))
  let now = model
  const restarts = failed.machines.map((vm): StoryStep => {
    const lost = (why: string): StoryStep => ({
      text: texts.stays(vm.name),
      lights: [vm.id],
      status: why,
      marks: { [vm.id]: 'impossible' },
      row: [vm.name, texts.nowhere, '–'],
    })
    if (textOf(vm, 'storage') === 'local') return lost(texts.local(vm.name, failed.host.name))
    const best = survivors
      .filter((member) => (free.get(member) ?? 0) >= reserved(vm))
      .sort((a, b) => (free.get(b) ?? 0) - (free.get(a) ?? 0))[0]
    if (best === undefined) return lost(texts.noRoom(vm.name, reserved(vm)))
    const before = free.get(best) ?? 0
    free.set(best, before - reserved(vm))
    now = movedTo(now, vm.id, best.hypervisor.id)
    const { outage, working } = outageOf(DETECT, PLACE, BOOT)
    return {
      text: texts.restart(vm.name, best.host.name),
      lights: [vm.id, best.host.id],
      status: `${texts.fits(best.host.name, before, reserved(vm))} ${texts.outage(vm.name, working[0] ?? '')}`,
      marks: { [vm.id]: 'free' },
      row: [vm.name, best.host.name, `${outage} s`],
      model: now,
    }
  })
  return [
    slotsStep(members, cluster),
    {
      text: texts.silent(failed.host.name),
      lights: [failed.host.id],
      status: texts.others(failed.machines.length),
      marks: {
        [failed.host.id]: 'unsafe',
        ...Object.fromEntries(failed.machines.map(({ id }) => [id, 'unsafe' as const])),
      },
    },
    {
      text: texts.declared(failed.host.name, DETECT),
      lights: [failed.host.id],
      status: texts.notIsolated,
      marks: { [failed.host.id]: 'impossible' },
    },
    ...(isSet(cluster, 'ha')
      ? restarts
      : [{ text: texts.off(cluster.name), lights: [cluster.id], status: texts.byHand }]),
  ]
}

function storiesOf(model: TopologyModel): Story[] {
  const tree = treeOf(model.nodes)
  return model.nodes.flatMap((cluster): Story[] => {
    if (cluster.kind !== 'vcluster') return []
    const members = membersOf(cluster, tree)
    if (members.length < 2) return []
    return members
      .filter(({ machines }) => machines.length > 0)
      .map((failed) => ({
        id: failed.host.id,
        text: texts.begin(failed.host.name, failed.machines.length),
        lights: [failed.host.id],
        status: texts.begun(DETECT, PLACE, BOOT),
        columns: texts.columns,
        steps: fails(failed, cluster, members, model),
      }))
  })
}

export const haSimulation = storySimulation({
  id: 'ha',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
