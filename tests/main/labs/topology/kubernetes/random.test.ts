// The scheduler against a slow one that looks at everything, on random clusters; and what must hold of any placement.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Cluster } from '../../../../../src-main/labs/topology/kubernetes/cluster.ts'
import { PodFilter } from '../../../../../src-main/labs/topology/kubernetes/filter.ts'
import { messageOf } from '../../../../../src-main/labs/topology/kubernetes/message.ts'
import { Scheduler, usualOptions } from '../../../../../src-main/labs/topology/kubernetes/schedule.ts'
import { scorers } from '../../../../../src-main/labs/topology/kubernetes/score/index.ts'
import { NodeSpec, PodSpec } from '../../../../../src-main/labs/topology/kubernetes/spec.ts'
import { nodesArbitrary, podsArbitrary } from './clusters.ts'
import { type Placed, interPodSum, reasons, resourceScores } from './naive.ts'

const quiet = { ...usualOptions, preemption: false }

describe('on random clusters', () => {
  it('filters refuse for the same reasons as the slow ones, however pods came and went', () => {
    fc.assert(
      fc.property(nodesArbitrary, podsArbitrary, fc.array(fc.nat(), { maxLength: 10 }), (nodes, pods, removals) => {
        const cluster = new Cluster(nodes)
        const placed: Placed[] = []
        for (const [index, pod] of pods.entries()) {
          const filter = new PodFilter(cluster, pod)
          const found = nodes.map((_, node) => filter.findings(node).map(({ reason }) => reason))
          expect(found).toEqual(nodes.map((node) => reasons(pod, node, nodes, placed)))
          expect(nodes.map((_, node) => filter.fits(node))).toEqual(found.map(({ length }) => length === 0))
          // Wherever it goes, also where it would not fit: the counts must follow.
          const to = (removals[index] ?? index) % nodes.length
          cluster.place(pod, to)
          placed.push({ pod, node: nodes[to]! })
          if (index % 3 === 2) {
            const [gone] = placed.splice((removals[index] ?? 0) % placed.length, 1)
            cluster.remove(gone!.pod, nodes.indexOf(gone!.node))
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('scores are what looking at every pod gives, and the best total wins', () => {
    fc.assert(
      fc.property(nodesArbitrary, podsArbitrary, fc.nat(1000), (nodes, pods, seed) => {
        const scheduler = new Scheduler(new Cluster(nodes), { ...quiet, seed })
        const placed: Placed[] = []
        for (const pod of pods) {
          const fitting = nodes.filter((node) => reasons(pod, node, nodes, placed).length === 0)
          const decision = scheduler.decide(pod)
          expect(decision.feasible.map((index) => nodes[index]).sort(byName)).toEqual([...fitting].sort(byName))
          decision.feasible.forEach((index, at) => {
            const node = nodes[index]!
            const rawOf = (name: string): number | undefined =>
              decision.scores.find(({ plugin }) => plugin === name)?.raw[at]
            const slow = resourceScores(pod, node, placed)
            expect(rawOf('NodeResourcesFit')).toBe(slow.fit)
            expect(rawOf('NodeResourcesBalancedAllocation') ?? slow.balanced).toBe(slow.balanced)
            expect(rawOf('InterPodAffinity') ?? 0).toBe(interPodSum(pod, node, placed))
          })
          const top = Math.max(...decision.totals)
          expect(decision.best).toEqual(decision.feasible.filter((_, at) => decision.totals[at] === top))
          const node = scheduler.carryOut(decision)
          if (node === null) expect(fitting).toEqual([])
          else {
            expect(decision.best).toContain(node)
            placed.push({ pod, node: nodes[node]! })
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('every normalised score lies between 0 and 100', () => {
    fc.assert(
      fc.property(
        nodesArbitrary,
        podsArbitrary,
        fc.constantFrom('even' as const, 'change' as const),
        (nodes, pods, balancedForm) => {
          const scheduler = new Scheduler(new Cluster(nodes), { ...quiet, balancedForm })
          for (const pod of pods) {
            const decision = scheduler.decide(pod)
            for (const { normalised } of decision.scores) {
              for (const score of normalised) {
                expect(Number.isInteger(score)).toBe(true)
                expect(score >= 0 && score <= 100).toBe(true)
              }
            }
            scheduler.carryOut(decision)
          }
        },
      ),
    )
  })

  it('the message counts every reason', () => {
    fc.assert(
      fc.property(nodesArbitrary, podsArbitrary, (nodes, pods) => {
        const [pod] = pods
        const findings = new Scheduler(new Cluster(nodes), quiet).findings(pod!)
        const message = messageOf(nodes.length, findings)
        const counts = [...message.matchAll(/(\d+) [A-Zn]/g)]
          .slice(1)
          .reduce((sum, [, count]) => sum + Number(count), 0)
        expect(message.startsWith(`0/${nodes.length} nodes are available: `)).toBe(true)
        expect(counts).toBe(findings.flat().length)
      }),
    )
  })

  it('preemption takes only lower priorities, only as many as needed, and leaves the rest as it was', () => {
    fc.assert(
      fc.property(nodesArbitrary, podsArbitrary, (nodes, pods) => {
        const cluster = new Cluster(nodes)
        const scheduler = new Scheduler(cluster, usualOptions)
        for (const pod of pods) {
          const before = cluster.pods.map((list) => list.map(({ name }) => name).sort())
          const decision = scheduler.decide(pod)
          expect(cluster.pods.map((list) => list.map(({ name }) => name).sort())).toEqual(before)
          const chosen = decision.refusal?.preemption
          if (chosen !== null && chosen !== undefined && chosen.node !== null) {
            const there = cluster.pods[chosen.node] ?? []
            expect(chosen.victims.every((victim) => there.includes(victim) && victim.priority < pod.priority)).toBe(
              true,
            )
            const rest = cluster.pods.flatMap((list, node) =>
              list.filter((one) => !chosen.victims.includes(one)).map((one) => ({ pod: one, node: nodes[node]! })),
            )
            const node = nodes[chosen.node]!
            expect(reasons(pod, node, nodes, rest)).toEqual([])
            // The least important victims alone would not have been enough to spare the most important.
            const [top] = [...chosen.victims].sort((a, b) => b.priority - a.priority)
            expect(reasons(pod, node, nodes, [...rest, { pod: top!, node }])).not.toEqual([])
          }
          scheduler.carryOut(decision)
        }
      }),
      { numRuns: 300 },
    )
  })
})

const byName = (a: NodeSpec | undefined, b: NodeSpec | undefined): number => (a!.name < b!.name ? -1 : 1)

describe('spreading and affinity', () => {
  const zones = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 2, maxLength: 8 })
  const nodesIn = (list: readonly string[]): NodeSpec[] =>
    list.map((zone, index) =>
      NodeSpec.parse({
        name: `n${index}`,
        allocatable: { cpu: 64_000, memory: 2 ** 36 },
        labels: { zone, host: `n${index}` },
      }),
    )
  const selector = { matchLabels: { app: 'web' } }
  const web = (index: number, rules: unknown): PodSpec =>
    PodSpec.parse({
      name: `p${index}`,
      labels: { app: 'web' },
      containers: [{ requests: { cpu: 100 } }],
      ...(rules as object),
    })
  const placeAll = (nodes: NodeSpec[], count: number, rules: unknown, seed: number): (number | null)[] => {
    const scheduler = new Scheduler(new Cluster(nodes), { ...quiet, seed })
    return Array.from({ length: count }, (_, index) => scheduler.carryOut(scheduler.decide(web(index, rules))))
  }
  const perZone = (nodes: NodeSpec[], places: readonly (number | null)[]): number[] => {
    const counts = new Map(nodes.map(({ labels }) => [labels['zone'], 0]))
    for (const place of places) {
      const zone = nodes[place ?? -1]?.labels['zone']
      if (zone !== undefined) counts.set(zone, (counts.get(zone) ?? 0) + 1)
    }
    return [...counts.values()]
  }

  it('a hard constraint never lets zones differ by more than its skew', () => {
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(99),
        (list, count, maxSkew, seed) => {
          const nodes = nodesIn(list)
          const places = placeAll(nodes, count, { spread: [{ maxSkew, topologyKey: 'zone', selector }] }, seed)
          const counts = perZone(nodes, places)
          expect(places.every((place) => place !== null)).toBe(true)
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(maxSkew)
        },
      ),
    )
  })

  it('required anti-affinity gives each zone one pod, and the rest waits', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 1, max: 6 }), fc.nat(99), (list, count, seed) => {
        const nodes = nodesIn(list)
        const term = { topologyKey: 'zone', selector }
        const places = placeAll(nodes, count, { podAntiAffinity: { required: [term] } }, seed)
        const zonesThere = new Set(list).size
        expect(perZone(nodes, places).every((number) => number <= 1)).toBe(true)
        expect(places.filter((place) => place === null).length).toBe(Math.max(0, count - zonesThere))
      }),
    )
  })

  it('required affinity keeps all in the zone of the first', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 1, max: 6 }), fc.nat(99), (list, count, seed) => {
        const nodes = nodesIn(list)
        const places = placeAll(nodes, count, { podAffinity: { required: [{ topologyKey: 'zone', selector }] } }, seed)
        expect(perZone(nodes, places).filter((number) => number > 0)).toEqual([count])
      }),
    )
  })
})

describe('with many nodes', () => {
  it('stops when enough nodes are found, and begins behind them the next time', () => {
    const nodes = Array.from({ length: 1000 }, (_, index) =>
      NodeSpec.parse({ name: `n${index}`, allocatable: { cpu: 1000 } }),
    )
    const scheduler = new Scheduler(new Cluster(nodes), usualOptions)
    const pods = ['a', 'b', 'c'].map((name) => PodSpec.parse({ name, containers: [{ requests: { cpu: 100 } }] }))
    const looked = pods.map((pod) => scheduler.decide(pod).examined)
    expect(looked.map(({ length }) => length)).toEqual([420, 420, 420])
    expect(looked.map(([first]) => first)).toEqual([0, 420, 840])
    expect(looked[2]?.at(-1)).toBe(259)
  })

  it('has a scorer for every plugin that has a weight', () => {
    expect(Object.keys(scorers).sort()).toEqual(Object.keys(usualOptions.weights).sort())
  })
})
