// Single rules of the scheduler on clusters small enough to follow by eye.
import { describe, expect, it } from 'vitest'
import { schedule } from '../../../../../src-main/labs/topology/operations/schedule.ts'

interface Answer {
  pods: {
    pod: string
    node: string | null
    message?: string
    event?: string
    preemption?: { node: string; victims: { pod: string; priority: number }[]; because: string }
    nodes: {
      node: string
      filters: { plugin: string; reason: string; detail: string }[]
      scores?: Record<string, { raw: number; normalised: number }>
    }[]
  }[]
  pending: string[]
  evicted: string[]
  placement: Record<string, string>
  spread: Record<string, { mean: number; deviation: number }>
}

const run = (input: unknown): Answer => schedule.run(input) as unknown as Answer
const node = (name: string, more: object = {}): object => ({ name, cpu: 1, memory: '1Gi', ...more })
const reasonsOf = (input: unknown): string[][] =>
  run(input).pods[0]!.nodes.map(({ filters }) => filters.map(({ reason }) => reason))

describe('filters', () => {
  it('use the words of Kubernetes', () => {
    const nodes = [
      node('a', { unschedulable: true }),
      node('b', { taints: ['key=value:NoSchedule'] }),
      node('c', { labels: { disk: 'hdd' } }),
      node('d', { labels: { disk: 'ssd' }, pods: 1, usedPods: 1 }),
      node('e', { labels: { disk: 'ssd' }, maxVolumes: 0 }),
    ]
    const pod = { name: 'p', nodeSelector: { disk: 'ssd' }, volumes: [{ name: 'v', nodes: ['z'], zone: 'eu' }] }
    const words = {
      affinity: "node(s) didn't match Pod's node affinity/selector",
      conflict: 'node(s) had volume node affinity conflict',
      zone: 'node(s) had no available volume zone',
    }
    expect(reasonsOf({ nodes, pod })).toEqual([
      ['node(s) were unschedulable', words.affinity, words.conflict, words.zone],
      ['node(s) had untolerated taint {key: value}', words.affinity, words.conflict, words.zone],
      [words.affinity, words.conflict, words.zone],
      ['Too many pods', words.conflict, words.zone],
      ['node(s) exceed max volume count', words.conflict, words.zone],
    ])
    // Kubernetes stops at the first filter that refuses a node.
    expect(run({ nodes, pod }).pods[0]?.event).toBe(
      "0/5 nodes are available: 1 Too many pods, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) exceed max volume count, 1 node(s) had untolerated taint {key: value}, 1 node(s) were unschedulable. preemption: 0/5 nodes are available: 2 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.",
    )
  })

  it('tell ports apart by protocol and address', () => {
    const nodes = [node('a')]
    const existing = [{ name: 'x', node: 'a', hostPorts: [{ hostPort: 80, hostIP: '10.0.0.1' }] }]
    const fits = (port: object): boolean => reasonsOf({ nodes, existing, pod: { hostPorts: [port] } })[0]!.length === 0
    expect(fits({ hostPort: 80 })).toBe(false)
    expect(fits({ hostPort: 80, hostIP: '10.0.0.2' })).toBe(true)
    expect(fits({ hostPort: 80, protocol: 'UDP' })).toBe(true)
    expect(fits({ hostPort: 81 })).toBe(true)
  })

  it('let one pod have a volume that only one may have', () => {
    const existing = [{ name: 'x', node: 'a', volumes: [{ name: 'v', accessMode: 'ReadWriteOncePod' }] }]
    const pod = { name: 'p', volumes: [{ name: 'v', accessMode: 'ReadWriteOncePod' }] }
    expect(reasonsOf({ nodes: [node('a'), node('b')], existing, pod }).flat()).toEqual(
      Array(2).fill('node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode'),
    )
  })

  it('count extended resources, and none where none are named', () => {
    const pod = { name: 'p', requests: { 'nvidia.com/gpu': 1 } }
    expect(reasonsOf({ nodes: [node('a'), node('b', { gpu: 1 })], pod })).toEqual([['Insufficient nvidia.com/gpu'], []])
  })

  it('read tolerations, and manifests as kubectl prints them', () => {
    const nodes = [
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'a', labels: { zone: 'x' } },
        spec: { taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] },
        status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } },
      },
    ]
    const pod = (tolerations: unknown[]): object => ({
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', resources: { requests: { cpu: '1500m' } } }], tolerations },
    })
    expect(run({ nodes, pod: pod([]) }).placement).toEqual({})
    expect(run({ nodes, pod: pod([{ key: 'k', operator: 'Exists' }]) }).placement).toEqual({ p: 'a' })
    expect(run({ nodes, pod: pod([{ key: 'k', value: 'w' }]) }).pending).toEqual(['p'])
    expect(run({ nodes, pod: pod([{ operator: 'Exists' }]) }).placement).toEqual({ p: 'a' })
  })

  it('leave nodes out of the spreading that the pod cannot go to', () => {
    const nodes = [node('a', { zone: 'x' }), node('b', { zone: 'y', taints: ['k:NoSchedule'] })]
    const web = (name: string, policy: string): object => ({
      name,
      labels: { app: 'web' },
      topologySpreadConstraints: [
        { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { app: 'web' }, nodeTaintsPolicy: policy },
      ],
    })
    expect(run({ nodes, pods: [web('p', 'Ignore'), web('q', 'Ignore')] }).pending).toEqual(['q'])
    expect(run({ nodes, pods: [web('p', 'Honor'), web('q', 'Honor')] }).pending).toEqual([])
  })
})

describe('scores', () => {
  it('of soft taints, wishes and images', () => {
    const nodes = [
      node('a', { taints: ['k:PreferNoSchedule'], images: { web: '523Mi' }, labels: { disk: 'ssd' } }),
      node('b', { labels: { disk: 'hdd' } }),
    ]
    const wish = (value: string, weight: number): object => ({
      weight,
      preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: [value] }] },
    })
    const pod = {
      name: 'p',
      image: 'web',
      affinity: {
        nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [wish('ssd', 80), wish('hdd', 20)] },
      },
    }
    const [a, b] = run({ nodes, pod }).pods[0]!.nodes
    expect([a, b].map((one) => one?.scores?.['TaintToleration']?.normalised)).toEqual([0, 100])
    expect([a, b].map((one) => one?.scores?.['NodeAffinity'])).toMatchObject([
      { raw: 80, normalised: 100 },
      { raw: 20, normalised: 25 },
    ])
    // 523 Mi on one of two nodes: 261.5 Mi; 100 * (261.5 - 23) / 977 = 24.4
    expect([a, b].map((one) => one?.scores?.['ImageLocality']?.normalised)).toEqual([24, 0])
  })

  it('count pods without requests with the usual amounts, but only in the fit score', () => {
    const nodes = [node('a', { cpu: '100m', memory: '400Mi' })]
    const [first] = run({ nodes, pods: [{ name: 'p' }, { name: 'q' }] }).pods
    // 100m of 100m and 200 of 400 Mi: (0 + 50) / 2
    expect(first?.nodes[0]?.scores?.['NodeResourcesFit']?.raw).toBe(25)
    expect(first?.nodes[0]?.scores?.['NodeResourcesBalancedAllocation']?.raw).toBeNull()
    expect(run({ nodes, pods: [{ name: 'p' }, { name: 'q' }] }).pending).toEqual([])
  })

  it('tell how evenly the cluster is filled', () => {
    const { spread } = run({ nodes: [node('a', { used: '1/1Gi' }), node('b')], pods: [] })
    expect(spread).toEqual({ cpu: { mean: 0.5, deviation: 0.5 }, memory: { mean: 0.5, deviation: 0.5 } })
  })
})

describe('preemption', () => {
  const full = (priorities: Record<string, number>, cpu = '500m'): object[] =>
    Object.entries(priorities).map(([name, priority]) => ({ name, priority, cpu, node: name[0] }))

  it('names the victims, and takes the node whose victims matter least', () => {
    const existing = full({ a1: 5, a2: 1, b1: 3, b2: 3 })
    const { pods, evicted, placement } = run({
      nodes: [node('a'), node('b')],
      existing,
      pod: { name: 'vip', cpu: '500m', priority: 10 },
    })
    // a would lose a2 (1), b one of its pods (3).
    expect(pods[0]?.preemption).toMatchObject({ node: 'a', victims: [{ pod: 'a2', priority: 1 }] })
    expect(pods[0]?.preemption?.because).toContain('highest priority')
    expect(evicted).toEqual(['a2'])
    expect(placement).toEqual({ a1: 'a', b1: 'b', b2: 'b', vip: 'a' })
  })

  it('prefers fewer victims among equal priorities, and spares the older of equals', () => {
    const existing = [...full({ a1: 1, a2: 1 }), ...full({ b1: 1 }, '1')]
    const { pods } = run({ nodes: [node('a'), node('b')], existing, pod: { name: 'vip', cpu: 1, priority: 2 } })
    expect(pods[0]?.preemption).toMatchObject({ node: 'b', victims: [{ pod: 'b1' }] })
    const half = run({
      nodes: [node('a')],
      existing: full({ a1: 1, a2: 1 }),
      pod: { name: 'vip', cpu: '500m', priority: 2 },
    })
    expect(half.evicted).toEqual(['a2'])
  })

  it('does not happen for equals, for those who never preempt, or when switched off', () => {
    const existing = full({ a1: 1, a2: 1 })
    const pod = { name: 'vip', cpu: '500m', priority: 1 }
    expect(run({ nodes: [node('a')], existing, pod }).evicted).toEqual([])
    const high = { ...pod, priority: 9 }
    expect(run({ nodes: [node('a')], existing, pod: { ...high, preemptionPolicy: 'Never' } }).pods[0]?.event).toContain(
      'preemption: not eligible due to preemptionPolicy=Never.',
    )
    expect(run({ nodes: [node('a')], existing, pod: high, preemption: false }).pending).toEqual(['vip'])
  })

  it('the queue hands out higher priorities first', () => {
    const pods = [{ name: 'low', cpu: 1 }, { name: 'high', cpu: 1, priority: 1 }] // prettier-ignore
    const answer = run({ nodes: [node('a')], pods })
    expect(answer.placement).toEqual({ high: 'a' })
    expect(answer.pods.map(({ pod }) => pod)).toEqual(['high', 'low'])
  })
})

it('tells progress on its way through many pods', () => {
  const told: number[] = []
  const nodes = Array.from({ length: 300 }, (_, index) => node(`n${index}`))
  schedule.run({ nodes, pods: [{ count: 500, cpu: '100m' }] }, (done) => told.push(done))
  expect(told.length).toBeGreaterThan(5)
  expect(told.every((done, index) => done >= (told[index - 1] ?? 0) && done <= 1)).toBe(true)
})
