// The reconcile loop against sums: when pods are evicted, when they run again, how long a deployment was short.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import { backoffOf, kubeletBackoff } from '../../../../../src-main/labs/topology/kubernetes/backoff.ts'
import {
  possibleEvents,
  readEvent,
  writeEvent,
} from '../../../../../src-main/labs/topology/kubernetes/reconcile/events.ts'
import { clusterSimulation, told } from '../../../../../src-main/labs/topology/kubernetes/reconcile/simulation.ts'
import {
  availableOf,
  dueIn,
  initialState,
  replicasOf,
} from '../../../../../src-main/labs/topology/kubernetes/reconcile/state.ts'
import { ClusterSpec } from '../../../../../src-main/labs/topology/kubernetes/spec.ts'
import { applyEvent } from '../../../../../src-main/labs/topology/kubernetes/reconcile/apply.ts'
import { quorum } from '../../../../../src-main/labs/topology/operations/quorum.ts'
import { selfHealing } from '../../../../../src-main/labs/topology/operations/self-healing.ts'
import { createRun } from '../../../../../src-main/simulation/run.ts'
import { createRandom } from '../../../../../src-main/simulation/random.ts'

interface Played {
  at: number
  timeline: { at: number; text: string; said: string }[]
  pods: { pod: string; node: string | null; phase: string; restarts: number; message?: string }[]
  deployments: {
    deployment: string
    replicas: number
    available: number
    longestShort: number
    longestOutage: number
  }[]
}

const nodes = (count: number, more: object = {}): object[] =>
  Array.from({ length: count }, (_, index) => ({ name: `n${index + 1}`, cpu: 1, memory: '1Gi', ...more }))
const web = (replicas: number, more: object = {}): object => ({
  name: 'web',
  replicas,
  cpu: '500m',
  memory: '256Mi',
  ...more,
})
const play = (input: object): Played => selfHealing.run(input) as unknown as Played
const when = (played: Played, words: string): number[] =>
  played.timeline.filter(({ text }) => text.includes(words)).map(({ at }) => at)

describe('a lost node', () => {
  it.each([
    [40, 300, 2],
    [50, 300, 2],
    [40, 0, 5],
    [10, 60, 0],
  ])(
    'with %d s of grace and %d s of toleration is replaced after their sum and the start',
    (grace, toleration, start) => {
      const onOne = { name: 'web-1', cpu: '500m', node: 'n1', deployment: 'web' }
      const plan = [{ at: 60, do: 'silence', node: 'n1' }]
      const played = play({
        nodes: nodes(2),
        deployments: [web(1)],
        pods: [onOne],
        times: { grace, toleration, start },
        plan,
        until: 1000,
      })
      expect(when(played, 'NotReady')).toEqual([60 + grace])
      expect(when(played, 'is evicted')).toEqual([60 + grace + toleration])
      expect(when(played, 'reports that web-2 runs')).toEqual([60 + grace + toleration + start])
      expect(played.deployments[0]).toMatchObject({ available: 1, longestOutage: grace + toleration + start })
      // The lost node cannot confirm that its pod has ended.
      expect(played.pods.map(({ pod, phase, node }) => [pod, phase, node])).toEqual([
        ['web-1', 'terminating', 'n1'],
        ['web-2', 'running', 'n2'],
      ])
    },
  )

  it('that comes back within the grace period costs only the silence', () => {
    const plan = [{ at: 60, do: 'silence', node: 'n1' }, { at: 90, do: 'return', node: 'n1' }] // prettier-ignore
    const played = play({ nodes: nodes(1), deployments: [web(1)], plan, until: 500 })
    expect(when(played, 'NotReady')).toEqual([])
    expect(played.deployments[0]).toMatchObject({ available: 1, longestOutage: 30 })
    expect(played.pods).toHaveLength(1)
  })

  it('that comes back before the eviction keeps its pods; after it, it deletes them', () => {
    const back = (at: number): Played =>
      play({ nodes: nodes(1), deployments: [web(1)], plan: [{ at: 60, do: 'silence', node: 'n1' }, { at, do: 'return', node: 'n1' }], until: 800 }) // prettier-ignore
    expect(back(399).pods.map(({ pod }) => pod)).toEqual(['web-1'])
    // The taint keeps the replacement away until the node is back.
    expect(back(500).pods).toMatchObject([{ pod: 'web-2', node: 'n1', phase: 'running' }])
    expect(back(500).deployments[0]?.longestOutage).toBe(500 - 60 + 2)
  })

  it('keeps pods that tolerate it, for as long as they say', () => {
    const toleration = (seconds?: number): object => ({
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists',
      effect: 'NoExecute',
      ...(seconds === undefined ? {} : { tolerationSeconds: seconds }),
    })
    const evicted = (tolerations: object[]): number[] =>
      when(play({ nodes: nodes(1), deployments: [web(1, { tolerations })], plan: [{ at: 60, do: 'silence', node: 'n1' }] }), 'is evicted') // prettier-ignore
    expect(evicted([toleration(30)])).toEqual([60 + 40 + 30])
    expect(evicted([toleration()])).toEqual([])
  })

  it('takes pods without a controller with it', () => {
    const played = play({
      nodes: nodes(2),
      pods: [{ name: 'bare', node: 'n1', cpu: '100m' }],
      plan: [{ at: 5, do: 'silence', node: 'n1' }],
    })
    expect(played.pods).toMatchObject([{ pod: 'bare', phase: 'terminating' }])
  })
})

describe('crashes', () => {
  it('wait as the back-off says, on the same node', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), (count) => {
        const { delays } = backoffOf(count, kubeletBackoff)
        const plan: object[] = []
        let at = 10
        for (const delay of delays) {
          plan.push({ at, do: 'crash', pod: 'web-1' })
          at += delay + 1
        }
        const played = play({ nodes: nodes(1), deployments: [web(1)], plan, until: 5000 })
        const crashed = when(played, 'crashes')
        expect(when(played, 'starts web-1 again').map((time, index) => time - (crashed[index] ?? 0))).toEqual(delays)
        expect(played.pods).toMatchObject([{ pod: 'web-1', node: 'n1', restarts: count }])
      }),
      { numRuns: 8 },
    )
  })

  it('begin with the first back-off again after a long time without any', () => {
    const plan = [{ at: 10, do: 'crash', pod: 'web-1' }, { at: 700, do: 'crash', pod: 'web-1' }] // prettier-ignore
    expect(when(play({ nodes: nodes(1), deployments: [web(1)], plan }), 'starts web-1 again')).toEqual([20, 710])
  })
})

describe('a person', () => {
  it('drains a node: its pods run elsewhere, and none comes back while it is cordoned', () => {
    const plan = [{ at: 10, do: 'drain', node: 'n1' }]
    const played = play({ nodes: nodes(2), deployments: [web(2)], plan, until: 100 })
    expect(played.pods.map(({ node, phase }) => [node, phase])).toEqual(Array(2).fill(['n2', 'running']))
    const full = play({
      nodes: nodes(2),
      deployments: [web(4)],
      plan: [...plan, { at: 50, do: 'uncordon', node: 'n1' }],
      until: 45,
    })
    expect(full.pods.filter(({ phase }) => phase === 'pending').map(({ message }) => message)).toEqual(
      Array(2).fill('0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable'),
    )
    const again = play({
      nodes: nodes(2),
      deployments: [web(4)],
      plan: [...plan, { at: 50, do: 'uncordon', node: 'n1' }],
      until: 60,
    })
    expect(again.deployments[0]).toMatchObject({ available: 4, longestShort: 42 })
  })

  it('scales up and down, and deletes what comes back', () => {
    const plan = [
      { at: 10, do: 'scale', deployment: 'web', replicas: 3 },
      { at: 20, do: 'scale', deployment: 'web', replicas: 1 },
      { at: 30, do: 'delete', pod: 'web-1' },
    ]
    const played = play({ nodes: nodes(3), deployments: [web(2)], plan, until: 60 })
    expect(played.pods).toMatchObject([{ pod: 'web-4', phase: 'running' }])
    expect(when(played, 'deletes one')).toEqual([20, 20])
  })

  it('learns what cannot be', () => {
    const refusal = (input: object): string => {
      try {
        play(input)
      } catch (error) {
        if (error instanceof InterlockError) return error.message
        throw error
      }
      return ''
    }
    const base = { nodes: nodes(1), deployments: [web(1)] }
    expect(refusal({ ...base, plan: [{ at: 1, do: 'crash', pod: 'web-9' }] })).toContain(
      'plan[0]: There is no pod web-9',
    )
    expect(refusal({ ...base, plan: [{ at: 1, do: 'return', node: 'n1' }] })).toContain('cannot happen now')
    expect(refusal({ ...base, plan: [{ at: 1, do: 'explode' }] })).toContain('expected crash or silence')
    expect(refusal({ ...base, plan: [{ at: 1, do: 'scale', deployment: 'web' }] })).toContain('expected such as')
    expect(refusal({ ...base, plan: [{ at: 1, do: 'scale', deployment: 'db', replicas: 1 }] })).toContain(
      'no deployment db',
    )
    expect(refusal({ ...base, times: { grace: -1 } })).toContain('times.grace: expected a time in s')
    expect(refusal({ ...base, times: { pause: 1 } })).toContain('times.pause: this field is not known')
    expect(refusal({ ...base, pods: [{ name: 'p', node: 'x' }] })).toContain('no such node')
    expect(refusal({ ...base, pods: [{ name: 'p', deployment: 'x' }] })).toContain('no such deployment')
    expect(refusal({ ...base, deployments: [web(1), web(1)] })).toContain('the name web is there twice')
    expect(refusal({ nodes: nodes(501) })).toContain('at most 500 nodes')
    expect(refusal({ nodes: [], deployments: [web(1000), { name: 'db', replicas: 1 }] })).toContain('at most 1000 pods')
    expect(refusal({})).toContain('expected nodes with deployments')
  })
})

describe('sums without a cluster', () => {
  it('are those of the textbook', () => {
    expect(selfHealing.run({ crashes: 7 })).toMatchObject({ delays: [10, 20, 40, 80, 160, 300, 300] })
    expect(selfHealing.run({ crashes: { count: 5, by: 'docker' } })).toMatchObject({ total: 3100 })
    expect(selfHealing.run({ nodeLoss: true })).toMatchObject({ eviction: 340 })
    expect(selfHealing.run({ nodeLoss: { grace: 50, start: 2, place: 1 } })).toMatchObject({
      eviction: 350,
      running: 353,
    })
    expect(quorum.run({ members: [3, 4, 5] })).toMatchObject({ quorum: [2, 3, 3], tolerated: [1, 1, 2] }) // prettier-ignore
    expect(quorum.run({ members: 5, failed: 3 })).toMatchObject({ available: false })
    expect(() => quorum.run({ members: 0 })).toThrow('expected a whole number from 1')
  })

  it('examples say what comes out', () => {
    expect(selfHealing.example.output).toEqual(selfHealing.run(selfHealing.example.input))
    expect(quorum.example.output).toMatchObject({ quorum: 3, tolerated: 1, available: true })
  })
})

interface Drawing {
  nodes: { id: string; kind: string; name: string }[]
  edges: never[]
  cluster: unknown
}

describe('the simulation', () => {
  const simulation = clusterSimulation<Drawing>({
    specOf: (model) => ClusterSpec.parse(model.cluster),
    show: (model) => ({ model, marks: {} }),
    recordOf: (_model, thing, name) => `${thing}:${name}`,
  })
  const cluster = {
    nodes: ['n1', 'n2'].map((name) => ({ name, allocatable: { cpu: 1000, memory: 2 ** 30 } })),
    deployments: [{ name: 'web', replicas: 2, template: { name: 'web', containers: [{ requests: { cpu: 500 } }] } }],
  }
  const model: Drawing = { nodes: [], edges: [], cluster }

  it('plays by itself until all run, and then rests', () => {
    const run = createRun(simulation, model, 1)
    run.continueFrom(0, 100)
    let state = simulation.init(model, 1)
    for (
      let event = simulation.pick?.(state, createRandom(1));
      event !== undefined;
      event = simulation.pick?.(state, createRandom(1))
    ) {
      state = simulation.apply(state, event)
    }
    expect(state.cluster.now).toBe(2)
    expect(simulation.view(state).status).toBe('2 s: web 2 of 2 available.')
    expect(simulation.properties.map(({ check }) => check(state).holds)).toEqual([true, true])
    const silent = simulation.apply(simulation.apply(state, { do: 'silence', node: 'n1' }), {
      do: 'silence',
      node: 'n2',
    })
    expect(simulation.properties.map(({ check }) => check(silent).sentence)).toEqual([
      'web has 0 of 2 replicas since 2 s.',
      'Nobody answers for web since 2 s.',
    ])
    expect(simulation.describe({ do: 'notReady', node: 'n1' }, silent)).toEqual({
      text: 'Nothing was heard of n1 for 40 s: it counts as NotReady and gets the taint unreachable',
      lights: ['node:n1'],
    })
  })

  it('whatever happens in whatever order, it heals when all nodes answer, and lines read back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), fc.nat(99), (choices, seed) => {
        let state = initialState(ClusterSpec.parse(cluster), seed)
        for (const choice of choices) {
          const possible = possibleEvents(state)
          const event = possible[choice % possible.length]!
          expect(told(event, state)).not.toContain('undefined')
          expect(readEvent(writeEvent(event), state)).toEqual(event)
          const before = JSON.stringify(state)
          const next = applyEvent(state, event)
          expect(JSON.stringify(state)).toBe(before)
          expect(next.now).toBeGreaterThanOrEqual(state.now)
          state = next
        }
        for (const { spec, condition, cordoned } of state.nodes) {
          if (condition !== 'ready') state = applyEvent(state, { do: 'return', node: spec.name })
          if (cordoned) state = applyEvent(state, { do: 'uncordon', node: spec.name })
        }
        state = applyEvent(state, { do: 'scale', deployment: 'web', replicas: 3 })
        for (let next = dueIn(state)[0]; next !== undefined; next = dueIn(state)[0]) {
          state = applyEvent(state, next.event)
        }
        expect(availableOf(state, 'web')).toBe(3)
        expect(replicasOf(state, 'web')).toHaveLength(3)
        expect(new Set(state.pods.map(({ spec }) => spec.name)).size).toBe(state.pods.length)
      }),
      { numRuns: 200 },
    )
  })

  it('refuses what is not due, and lines that are none', () => {
    const state = initialState(ClusterSpec.parse(cluster), 1)
    expect(() => applyEvent(state, { do: 'schedule', pod: 'web-1' })).toThrow('cannot happen now')
    expect(() => applyEvent(state, { do: 'wait', seconds: 5 })).toThrow('cannot happen now')
    expect(() => readEvent('dance', state)).toThrow('This is no event of a cluster')
    expect(() => readEvent('n7 falls silent', state)).toThrow('nothing called n7')
  })
})
