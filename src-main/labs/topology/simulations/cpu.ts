// Who gets how much of a processor: shares under contention, round by round, and a quota, period by period.
// The arithmetic is that of `topology.cpu`.
import { type Claimant, shareCpu } from '../capacity/shares.ts'
import { runUnderQuota } from '../capacity/throttling.ts'
import { show } from '../figures.ts'
import { numberOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { type Tree, treeOf } from '../model/tree.ts'
import { type Story, type StoryChange, type StoryStep, storySimulation } from './story.ts'
import { asSentence, storyTexts } from './story-texts.ts'

const texts = storyTexts.cpu
/** How much is to be done under a quota, in quotas: enough for two periods that are cut short and one that is not. */
const WORK = 2.5
/** Shares that no kind of record may exceed, and the longest quota in us. */
const [MOST_SHARES, MOST_QUOTA] = [262_144, 10_000_000]

const claim = (node: TopologyNode, capacity: number): Claimant => {
  const [quota, period] = [numberOf(node, 'quota'), numberOf(node, 'period')]
  const busy = numberOf(node, 'busy')
  const most = node.kind === 'vm' ? numberOf(node, 'cpus') : capacity
  return {
    name: node.name,
    weight: Math.max(1, numberOf(node, 'shares')),
    demand: busy > 0 ? Math.min(busy, most) : most,
    limit: quota > 0 && period > 0 ? quota / period : null,
  }
}

/** Those who share processors: machines of a hypervisor that are on, or containers of an engine. */
function rivals(model: TopologyModel, tree: Tree<TopologyNode>): { on: TopologyNode; of: TopologyNode[] }[] {
  return model.nodes.flatMap((on) => {
    const kind = on.kind === 'hypervisor' ? 'vm' : on.kind === 'engine' ? 'container' : null
    if (kind === null) return []
    const of = tree.childrenOf(on.id).filter((node) => node.kind === kind && node['running'] !== false)
    return of.length > 0 ? [{ on, of }] : []
  })
}

/** Processors of the machine that something runs on: the nearest virtual or physical one. */
function processors(node: TopologyNode, tree: Tree<TopologyNode>): number {
  const machine = tree.around(node).find(({ kind }) => kind === 'vm' || kind === 'host')
  return machine === undefined ? 1 : Math.max(1, numberOf(machine, 'cpus'))
}

/** Twice the shares; and one busy processor where it keeps more busy, or all where it keeps one busy. */
function otherDemands(node: TopologyNode, demand: number): StoryChange[] {
  const shares = 2 * Math.max(1, numberOf(node, 'shares'))
  const text = texts.shares(node.name, shares)
  return [
    ...(shares <= MOST_SHARES ? [{ node: node.id, key: 'shares', value: shares, text }] : []),
    ...(demand > 1 ? [{ node: node.id, key: 'busy', value: 1, text: texts.busyOne(node.name) }] : []),
    ...(numberOf(node, 'busy') > 0 ? [{ node: node.id, key: 'busy', value: 0, text: texts.busyAll(node.name) }] : []),
  ]
}

function sharing(on: TopologyNode, of: readonly TopologyNode[], capacity: number): Story {
  const claimants = of.map((node) => claim(node, capacity))
  const result = shareCpu(capacity, claimants)
  const idOf = (index: number): string => of[index]?.id ?? on.id
  const given = claimants.map(() => 0)
  const open = claimants.map((_, index) => index)
  const steps = result.rounds.map(({ left, weights, offers }, round): StoryStep => {
    // Offers come in the order of those who are not satisfied yet.
    const here = [...open]
    const lines = offers.map(({ offer, satisfied }, at) => {
      const index = here[at] ?? 0
      const { name, weight } = claimants[index] ?? { name: '', weight: 1 }
      given[index] = satisfied ? (result.allocations[index] ?? 0) : offer
      if (satisfied) open.splice(open.indexOf(index), 1)
      return texts.offer(name, show(left), show(weight), show(weights), show(offer), satisfied, show(given[index] ?? 0))
    })
    return {
      text: texts.round(round + 1, show(left), offers.length),
      lights: here.map(idOf),
      status: asSentence(lines),
      row: [String(round + 1), show(left), ...claimants.map((_, index) => show(given[index] ?? 0))],
    }
  })
  const starved = claimants.flatMap(({ demand }, index) =>
    (result.allocations[index] ?? 0) < Math.min(demand ?? Infinity, claimants[index]?.limit ?? Infinity) ? [index] : [],
  )
  return {
    id: `${on.id} shares`,
    text: texts.share(on.name, show(capacity), of.length),
    lights: [on.id, ...of.map(({ id }) => id)],
    status: texts.wanted(
      claimants.map(({ name, weight, demand, limit }) =>
        texts.wants(name, weight, show(Math.min(demand ?? 0, limit ?? Infinity))),
      ),
      show(capacity),
    ),
    columns: [texts.left, ...claimants.map(({ name }) => name)],
    changes: of.flatMap((node, index) => otherDemands(node, claimants[index]?.demand ?? 1)),
    steps: [
      ...steps,
      {
        text: result.contended ? texts.contended : texts.enough,
        lights: starved.map(idOf),
        status: `${result.working.at(-1) ?? ''}`,
        marks: Object.fromEntries(
          of.map(({ id }, index) => [id, starved.includes(index) ? 'unsafe' : 'free'] as const),
        ),
      },
    ],
  }
}

function throttled(container: TopologyNode, cores: number): Story[] {
  const [quota, period] = [numberOf(container, 'quota') / 1000, numberOf(container, 'period') / 1000]
  if (quota <= 0 || period <= 0) return []
  const threads = Math.max(1, Math.min(cores, numberOf(container, 'busy')))
  const work = WORK * quota
  const run = runUnderQuota({ work, quota, period, threads })
  const done = (at: number): string => show(work - (run.periods[at]?.workLeft ?? 0))
  return [
    {
      id: `${container.id} quota`,
      text: texts.quota(container.name, show(quota), show(period)),
      lights: [container.id],
      status: texts.job(container.name, show(work), threads, show(work / threads)),
      columns: texts.columns,
      steps: [
        ...run.periods.map(({ start, used, throttledFor, runsUntil }, index) => ({
          text:
            throttledFor > 0
              ? texts.cut(index + 1, show(used), show(runsUntil), show(throttledFor))
              : texts.through(index + 1, show(used), show(runsUntil)),
          lights: [container.id],
          status: texts.after(done(index), show(work)),
          row: [show(start), show(used), show(throttledFor), done(index)],
          marks: { [container.id]: throttledFor > 0 ? 'unsafe' : 'free' } as const,
        })),
        {
          text: texts.finished(container.name, show(run.wall)),
          lights: [container.id],
          status: asSentence(run.working),
        },
      ],
      changes: [0.5, 2].flatMap((times) => {
        const value = Math.round(numberOf(container, 'quota') * times)
        const fits = value >= 1000 && value <= MOST_QUOTA
        const text = texts.newQuota(container.name, show(value / 1000))
        return fits ? [{ node: container.id, key: 'quota', value, text }] : []
      }),
    },
  ]
}

function storiesOf(model: TopologyModel): Story[] {
  const tree = treeOf(model.nodes)
  return rivals(model, tree).flatMap(({ on, of }) => {
    const capacity = processors(on, tree)
    return [...(of.length > 1 ? [sharing(on, of, capacity)] : []), ...of.flatMap((node) => throttled(node, capacity))]
  })
}

export const cpuShares = storySimulation({
  id: 'cpu-shares',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
