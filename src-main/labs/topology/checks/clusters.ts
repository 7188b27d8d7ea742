// Questions about a cluster that is drawn, answered by the engines that also run it: where pods land, how far a live
// migration comes, how many slots high availability counts.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_NAME_LENGTH } from '../../../contract/limits.ts'
import { slotAdmission } from '../cluster/ha.ts'
import { Cluster } from '../kubernetes/cluster.ts'
import { clusterOf } from '../kubernetes/drawing.ts'
import { Scheduler, inQueueOrder, usualOptions } from '../kubernetes/schedule.ts'
import { preCopy } from '../migration/pre-copy.ts'
import { isSet, numberOf } from '../model/properties.ts'
import type { TopologyModel } from '../model/schema.ts'
import { treeOf } from '../model/tree.ts'
import { jobsOf } from '../simulations/migration.ts'
import { numeric } from './make.ts'
import { texts } from './texts.ts'

const words = texts.clusters
const Name = z.string().max(MAX_NAME_LENGTH)
const bad = (sentence: string): InterlockError => new InterlockError('bad-input', sentence)

const PodsOn = z.strictObject({ node: Name.optional().describe(texts.params.node) })

/** All pods of the queue scheduled one after the other, each bound before the next. */
function placed(model: TopologyModel): { names: string[]; pods: number[]; pending: number } {
  const spec = clusterOf(model)
  if (spec.nodes.length === 0) throw bad(words.noNodes)
  const names = spec.nodes.map(({ name }) => name)
  const scheduler = new Scheduler(new Cluster(spec.nodes), { ...usualOptions, percentage: 100, preemption: false })
  const pods = names.map(() => 0)
  const bind = (pod: (typeof spec.pods)[number]['spec'], node: number): void => {
    scheduler.bind(pod, node)
    pods[node] = (pods[node] ?? 0) + 1
  }
  for (const { spec: pod, node } of spec.pods) {
    const index = names.indexOf(node ?? '')
    if (index >= 0) bind(pod, index)
  }
  const waiting = spec.pods.filter(({ node }) => !names.includes(node ?? '')).map(({ spec: pod }) => pod)
  let pending = 0
  for (const pod of inQueueOrder(waiting)) {
    const { node, ties } = chosen(scheduler, pod)
    if (ties) throw bad(words.tie(pod.name))
    if (node === null) pending += 1
    else bind(pod, node)
  }
  return { names, pods, pending }
}

function chosen(scheduler: Scheduler, pod: Parameters<Scheduler['decide']>[0]): { node: number | null; ties: boolean } {
  const { chosen: node, best } = scheduler.decide(pod)
  return { node, ties: best.length > 1 }
}

export const podsOn = numeric<z.infer<typeof PodsOn>>({
  id: 'pods-on',
  title: texts.titles['pods-on'],
  params: PodsOn,
  solve(given, { node }) {
    const { names, pods, pending } = placed(given)
    if (node === undefined) return { value: pending, because: words.pending(pending) }
    const index = names.indexOf(node)
    if (index < 0) throw bad(words.noSuch(node, names))
    return { value: pods[index]!, because: words.pods(node, pods[index]!) }
  },
  against: (_, __, { node }) => (node === undefined ? words.againstPending : words.againstPods),
})

const MigrationOf = z.strictObject({
  vm: Name.describe(texts.params.vm),
  of: z.enum(['rounds', 'downtime', 'total', 'data']).describe(texts.params.migration),
  tolerance: z.number().min(0).optional().describe(texts.params.tolerance),
})

export const liveMigration = numeric<z.infer<typeof MigrationOf>>({
  id: 'live-migration',
  title: texts.titles['live-migration'],
  params: MigrationOf,
  solve(given, { vm, of, tolerance = 0 }) {
    const job = jobsOf(given).find(({ name }) => name === vm)
    if (job === undefined) throw bad(words.noMigration(vm))
    const { memory, link, dirtyRate, workingSet, limit } = job
    const plan = { memory, link, dirtyRate, workingSet, downtimeLimit: limit }
    const run = preCopy({ ...plan, maxRounds: null, resume: 0, autoConverge: null })
    const { liveRounds, downtime, total, data } = run
    if (downtime === null || total === null || data === null) throw bad(words.endless(vm))
    const value = { rounds: liveRounds, downtime, total, data }[of]
    return { value, tolerance, because: words.migration[of](value), at: [job.vm] }
  },
  against: (_, __, { of }) => words.againstMigration[of],
})

const SlotsOf = z.strictObject({
  cluster: Name.describe(texts.params.cluster),
  of: z.enum(['slots', 'tolerated', 'slot memory', 'slot CPU']).describe(texts.params.slots),
})

export const slots = numeric<z.infer<typeof SlotsOf>>({
  id: 'slots',
  title: texts.titles.slots,
  params: SlotsOf,
  solve(given, { cluster, of }) {
    const box = given.nodes.find(({ kind, name }) => kind === 'vcluster' && name === cluster)
    if (box === undefined) throw bad(words.noCluster(cluster))
    const inside = treeOf(given.nodes).within(box.id)
    const hosts = inside
      .filter(({ kind }) => kind === 'host')
      .map((host) => ({
        name: host.name,
        cpu: numberOf(host, 'cpus') * numberOf(host, 'mhz'),
        memory: numberOf(host, 'memory'),
      }))
    const machines = inside
      .filter((node) => node.kind === 'vm' && isSet(node, 'running'))
      .map((vm) => ({ cpu: numberOf(vm, 'cpuReservation'), memory: numberOf(vm, 'reservation') }))
    if (hosts.length === 0 || !machines.some(({ cpu, memory }) => cpu + memory > 0)) throw bad(words.noSlots(cluster))
    const { slot, hostSlots, tolerated } = slotAdmission(hosts, machines)
    const all = hostSlots.reduce((sum, one) => sum + one, 0)
    const value = { slots: all, tolerated, 'slot memory': slot.memory, 'slot CPU': slot.cpu }[of]
    return {
      value,
      because: words.slots[of](value, hostSlots),
      at: [box.id],
    }
  },
  against: (_, __, { of }) => words.againstSlots[of],
})
