// Numbers that were worked out apart from the program: published score annotations, and sums done by hand.
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import {
  backoffOf,
  dockerBackoff,
  kubeletBackoff,
  nodeLoss,
} from '../../../../../src-main/labs/topology/kubernetes/backoff.ts'
import { quorumOf } from '../../../../../src-main/labs/topology/kubernetes/quorum.ts'
import { schedule } from '../../../../../src-main/labs/topology/operations/schedule.ts'

interface Score {
  raw: number | null
  normalised: number
  weighted: number
  working: string[]
}
interface Told {
  pod: string
  node: string | null
  ties: string[]
  message?: string
  event?: string
  nodes: {
    node: string
    fits: boolean
    total?: number
    scores?: Record<string, Score>
    filters: { reason: string }[]
  }[]
}

const nodes = [
  { name: 'n1', cpu: '4000m', memory: '8Gi', used: '1500m/2Gi' },
  { name: 'n2', cpu: 4, memory: '8Gi', used: { cpu: 0.5, memory: '5Gi' } },
  { name: 'n3', allocatable: '2000m/4Gi', used: '200m/1Gi' },
]

const run = (input: unknown): Record<string, unknown> => schedule.run(input)
const podsOf = (input: unknown): Told[] => run(input)['pods'] as Told[]
const scores = (input: unknown, plugin: string): number[] =>
  podsOf(input)[0]!.nodes.map(({ scores }) => scores?.[plugin]?.normalised ?? -1)

const FIT = 'NodeResourcesFit'
const BALANCED = 'NodeResourcesBalancedAllocation'
const noOthers = { taint: 0, affinity: 0, spread: 0, interPod: 0, image: 0 }

describe('scores of nodes', () => {
  it('agree with two published annotations of the real scheduler', () => {
    const node = { name: 'n1', cpu: 4, memory: '32Gi' }
    const pods = ['a', 'b'].map((name) => ({ name, cpu: '100m', memory: '16Gi' }))
    const found = podsOf({ nodes: [node], pods }).map(({ nodes }) => [
      nodes[0]?.scores?.[FIT]?.raw,
      nodes[0]?.scores?.[BALANCED]?.raw,
    ])
    expect(found).toEqual([
      [73, 76],
      [47, 52],
    ])
  })

  it('prefer empty nodes, or full ones', () => {
    const least = podsOf({ nodes, pod: '500m/1Gi' })[0]!.nodes.map(({ scores }) => scores?.[FIT]?.working)
    expect(scores({ nodes, pod: '500m/1Gi' }, FIT)).toEqual([56, 50, 57])
    expect(least[0]).toEqual([
      'cpu: floor((4 - 2) * 100 / 4) = 50',
      'memory: floor((8Gi - 3Gi) * 100 / 8Gi) = 62',
      'LeastAllocated: floor((50 + 62) / 2) = 56',
      '56 * 1 = 56',
    ])
    expect(scores({ nodes, pod: '500m/1Gi', strategy: 'MostAllocated' }, FIT)).toEqual([43, 50, 42])
  })

  it('follow a shape', () => {
    const shape = [
      [0, 0],
      [100, 10],
    ]
    const input = { nodes, pod: '500m/1Gi', strategy: 'RequestedToCapacityRatio', shape }
    expect(scores(input, FIT)).toEqual([43, 50, 42])
    // n1 is used 50 and 37 %: 100 + (0 - 100) * 37 / 100 cut to 63
    expect(scores({ ...input, shape: [[0, 10], [100, 0]] }, FIT)).toEqual([56, 50, 57]) // prettier-ignore
    expect(podsOf(input)[0]!.nodes[0]?.scores?.[FIT]?.working).toContain(
      'Kubernetes rounds to the nearest number here and passes over resources that score 0: 44.',
    )
  })

  it('reward even use in both forms', () => {
    expect(scores({ nodes, pod: '500m/1Gi' }, BALANCED)).toEqual([93, 75, 92])
    expect(scores({ nodes, pod: '500m/1Gi', balanced: 'change' }, BALANCED)).toEqual([75, 75, 75])
  })

  it('report a tie, and break it by the seed', () => {
    const input = { nodes, pod: '500m/1Gi', weights: noOthers }
    const [pod] = podsOf(input)
    expect(pod?.nodes.map(({ total }) => total)).toEqual([149, 125, 149])
    expect(pod?.ties).toEqual(['n1', 'n3'])
    const chosen = new Set(Array.from({ length: 20 }, (_, seed) => podsOf({ ...input, seed })[0]?.node))
    expect([...chosen].sort()).toEqual(['n1', 'n3'])
    expect(podsOf({ ...input, seed: 7 })[0]?.node).toBe(podsOf({ ...input, seed: 7 })[0]?.node)
  })
})

describe('filters', () => {
  it('say why a pod fits nowhere', () => {
    const [pod] = podsOf({ nodes, pod: '3000m/4Gi' })
    expect(pod?.message).toBe('0/3 nodes are available: 2 Insufficient cpu, 2 Insufficient memory')
    expect(pod?.event).toBe(
      '0/3 nodes are available: 2 Insufficient cpu, 2 Insufficient memory. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
    )
    expect(pod?.nodes.map(({ filters }) => filters.map(({ reason }) => reason))).toEqual([
      ['Insufficient cpu'],
      ['Insufficient memory'],
      ['Insufficient cpu', 'Insufficient memory'],
    ])
  })

  it('let through what fits', () => {
    expect(podsOf({ nodes, pod: '2500m/1Gi' })[0]?.nodes.map(({ fits }) => fits)).toEqual([true, true, false])
  })
})

describe('small questions', () => {
  it('about raw numbers of a plugin', () => {
    expect(run({ taintCounts: [0, 1, 2] })).toMatchObject({ scores: [100, 50, 0] })
    expect(run({ taintCounts: [0, 0, 0] })).toMatchObject({ scores: [100, 100, 100] })
    expect(run({ affinitySums: [80, 20, 0] })).toMatchObject({ scores: [100, 25, 0] })
    expect(run({ interPodSums: [-10, 0, 30] })).toMatchObject({ scores: [0, 25, 100] })
    expect(run({ interPodSums: [4, 4] })).toMatchObject({ scores: [0, 0] })
    expect(run({ spreadCounts: { counts: [0, 1, 3], maxSkew: 1 } })).toMatchObject({
      raw: [0, 2, 5],
      scores: [100, 60, 0],
    })
    expect(run({ spreadCounts: { counts: [0, 1, 3], maxSkew: 5 } })).toMatchObject({
      raw: [4, 6, 9],
      scores: [100, 77, 44],
    })
  })

  it('about resources', () => {
    expect(run({ fractions: [0.2, 0.5, 0.8] })).toMatchObject({
      score: 75,
      deviation: expect.closeTo(0.2449, 4) as number,
    })
    expect(run({ fractions: { before: [0.5, 0.5], after: [1, 0] } })).toMatchObject({ score: 50 })
    expect(run({ fractions: { before: [1, 0], after: [1, 1] } })).toMatchObject({ score: 100 })
    expect(run({ fit: { scores: [50, 62], weights: [2, 1] } })).toMatchObject({ score: 54 })
    expect(run({ fit: { resources: [{ capacity: 4000, requested: 2000, weight: 2 }, { capacity: 8, requested: 3 }] } })).toMatchObject({ score: 54 }) // prettier-ignore
    // 600 Mi on 1 of 2 nodes is 300 Mi: 100 * (300 - 23) / 977 = 28.3
    expect(run({ images: { images: [{ size: '600Mi', nodes: 1 }], nodes: 2 } })).toMatchObject({ score: 28 })
    expect(run({ images: { images: [{ size: '10Mi', nodes: 2 }], nodes: 2 } })).toMatchObject({ score: 0 })
    expect(run({ images: { images: [{ size: '5Gi', nodes: 2 }], nodes: 2 } })).toMatchObject({ score: 100 })
  })

  it('about totals', () => {
    const weighted = [
      { taint: 100, affinity: 0, spread: 100, interPod: 0, fit: 56, balanced: 93, image: 0 },
      { taint: 50, affinity: 100, spread: 60, interPod: 0, fit: 57, balanced: 92, image: 14 },
    ]
    expect(run({ weighted })).toMatchObject({ totals: [649, 633] })
  })

  it('about how many nodes are looked at', () => {
    const nodesExamined = run({ nodesExamined: [50, 100, 500, 1000, 5000, 6000] })
    expect(nodesExamined).toMatchObject({ counts: [50, 100, 230, 420, 500, 300] })
    expect(run({ nodesExamined: 5000 })).toMatchObject({ count: 500 })
  })

  it('about who is killed first', () => {
    const asked = ['1Gi', '4Mi', '8Gi'].map((request) => ({ request, capacity: '8Gi' }))
    expect(run({ oomScoreAdj: asked })).toMatchObject({ adj: [875, 999, 2] })
  })
})

describe('clocks and quorums', () => {
  it('double the wait after each crash, up to the most', () => {
    expect(backoffOf(7, kubeletBackoff).delays).toEqual([10, 20, 40, 80, 160, 300, 300])
    expect(backoffOf(5, kubeletBackoff).total).toBe(310)
    expect(backoffOf(5, dockerBackoff).total).toBe(3100)
  })

  it('evict after the grace period and the toleration', () => {
    expect(nodeLoss(40, 300).eviction).toBe(340)
    expect(nodeLoss(50, 300).eviction).toBe(350)
  })

  it('need more than half', () => {
    expect([3, 4, 5].map((members) => quorumOf(members)).map(({ quorum, tolerated }) => [quorum, tolerated])).toEqual([
      [2, 1],
      [3, 1],
      [3, 2],
    ])
  })
})

describe('what cannot be read', () => {
  const refusal = (input: unknown): string => {
    try {
      run(input)
    } catch (error) {
      if (error instanceof InterlockError && error.code === 'bad-input') return error.message
      throw error
    }
    return ''
  }

  it('is refused with place and remedy', () => {
    expect(refusal({ nodes: [{ cpu: '500q' }] })).toContain('nodes[0].cpu: "500q" ends with the unknown suffix')
    expect(refusal({ nodes: [{ memory: '8GB' }] })).toContain('Did you mean 8G?')
    expect(refusal({ nodes: [{ cpu: -1 }] })).toContain('negative')
    expect(refusal({ nodes: [{ cpus: 1 }] })).toContain('nodes[0].cpus: this field is not known. Did you mean')
    expect(refusal({ nodes: [{ name: 'a' }, { name: 'a' }] })).toContain('two nodes called a')
    expect(refusal({ nodes: [], pods: [{ name: 'p' }, { name: 'p' }] })).toContain('two pods called p')
    expect(refusal({ nodes: [], pods: [{ node: 'x' }] })).toContain('there is no node x')
    expect(refusal({ nodes: [{ taints: ['a=b'] }] })).toContain('expected key=value:Effect')
    expect(refusal({ nodes: [], strategy: 'Full' })).toContain('expected LeastAllocated or')
    expect(refusal({ nodes: [], weights: { speed: 1 } })).toContain('there is no plugin of this name')
    expect(refusal({ nodes: [], shape: [[50, 1], [50, 2]] })).toContain('has to rise') // prettier-ignore
    expect(refusal({})).toContain('expected nodes with pods, or a drawing, or one of')
    expect(refusal({ taintCounts: 3 })).toContain('expected a list')
    expect(refusal({ nodes, pods: [{ count: 20_000 }], detail: 'full' })).toContain('more than the')
    expect(refusal({ nodes: [], pod: { affinity: { nodeAffinity: { required: [{ matchExpressions: [{ key: 'a', operator: 'Is' }] }] } } } })).toContain('operator: expected In or') // prettier-ignore
    expect(refusal({ nodes: [], pod: { tolerations: [{ operator: 'Equal' }] } })).toContain(
      'without a key it has to be Exists',
    )
  })

  it('is no example', () => {
    expect(schedule.example.output).toEqual(run(schedule.example.input))
    expect(run(schedule.example.input)['placement']).toEqual({ web: 'n1' })
  })
})
