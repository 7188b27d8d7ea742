// A drawn cluster is played, and every moment of the play is a drawing again.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterBridge, clusterOf } from '../../../../../src-main/labs/topology/kubernetes/drawing.ts'
import { possibleEvents } from '../../../../../src-main/labs/topology/kubernetes/reconcile/events.ts'
import { clusterSimulation } from '../../../../../src-main/labs/topology/kubernetes/reconcile/simulation.ts'
import { kubernetesSimulations } from '../../../../../src-main/labs/topology/kubernetes/index.ts'
import { schedule } from '../../../../../src-main/labs/topology/operations/schedule.ts'
import { selfHealing } from '../../../../../src-main/labs/topology/operations/self-healing.ts'
import { topologyModel } from '../../../../../src-main/labs/topology/model/index.ts'
import { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'
import { createRandom } from '../../../../../src-main/simulation/random.ts'

const sample = JSON.parse(
  readFileSync(new URL('../../../../../src-main/labs/topology/samples/kubernetes.interlock', import.meta.url), 'utf8'),
) as { model: unknown }
const model = TopologyModel.parse(sample.model)
const simulation = clusterSimulation(clusterBridge)
type State = ReturnType<typeof simulation.init>

function settle(start: State): State {
  let state = start
  for (let event = simulation.pick?.(state, createRandom(1)); event !== undefined;) {
    state = simulation.apply(state, event)
    event = simulation.pick?.(state, createRandom(1))
  }
  return state
}

describe('a drawn cluster', () => {
  it('is read with its units, labels and places', () => {
    const spec = clusterOf(model)
    expect(spec.nodes.map(({ name, allocatable }) => [name, allocatable])).toEqual([
      ['worker 1', { cpu: 4000, memory: 8 * 2 ** 30 }],
      ['worker 2', { cpu: 4000, memory: 8 * 2 ** 30 }],
    ])
    expect(spec.pods.map(({ spec: pod, node, deployment }) => [pod.name, pod.labels, node, deployment])).toEqual([
      ['web-a', { app: 'web' }, 'worker 1', 'web'],
      ['web-b', { app: 'web' }, 'worker 2', 'web'],
    ])
    expect(spec.deployments).toMatchObject([{ name: 'web', replicas: 2, template: { labels: { app: 'web' } } }])
  })

  it('shows taints, tolerations, ports and pods kept apart to the scheduler', () => {
    const spec = clusterOf(
      TopologyModel.parse({
        nodes: [
          { id: 'n', kind: 'node', name: 'n', taints: 'gpu=yes:NoSchedule', labels: 'zone=a', cri: false },
          {
            id: 'p',
            kind: 'pod',
            name: 'twin',
            tolerations: 'gpu=yes:NoSchedule',
            spread: true,
            hostPort: 80,
            labels: 'a=b',
          },
          { id: 'q', kind: 'pod', name: 'twin' },
        ],
        edges: [],
      }),
    )
    expect(spec.nodes[0]).toMatchObject({
      unschedulable: true,
      taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
    })
    expect(spec.nodes[0]?.labels).toEqual({ 'kubernetes.io/hostname': 'n', zone: 'a' })
    expect(spec.pods.map((pod) => pod.spec.name)).toEqual(['twin (p)', 'twin (q)'])
    expect(spec.pods[0]?.spec).toMatchObject({
      tolerations: [{ key: 'gpu', operator: 'Equal', value: 'yes' }],
      hostPorts: [{ port: 80 }],
      podAntiAffinity: { required: [{ selector: { matchLabels: { a: 'b' } } }] },
    })
  })

  it('heals: the pod of a silent node is drawn anew on the other', () => {
    const silent = settle(simulation.apply(settle(simulation.init(model, 1)), { do: 'silence', node: 'worker 1' }))
    const { model: drawn, marks } = simulation.view(silent)
    expect(silent.cluster.now).toBe(342)
    expect(drawn.nodes.find(({ id }) => id === 'web~1')).toMatchObject({
      kind: 'pod',
      name: 'web-1',
      cpu: 500,
      parent: 'worker-2',
    })
    expect(drawn.edges.some(({ from, to }) => from === 'web' && to === 'web~1')).toBe(true)
    expect(marks).toMatchObject({ 'worker-1': 'impossible', 'web-a': 'impossible', 'web-b': 'free', 'web~1': 'free' })
    const back = settle(simulation.apply(silent, { do: 'return', node: 'worker 1' }))
    expect(simulation.view(back).model.nodes.some(({ id }) => id === 'web-a')).toBe(false)
  })

  it('is scheduled and played by the operations as well', () => {
    const waiting = { id: 'x', kind: 'pod', name: 'extra', cpu: 3600, parent: 'shop-cluster' }
    const drawing = { ...model, nodes: [...model.nodes, waiting] }
    expect(schedule.run({ drawing, weights: { image: 0 } })).toMatchObject({
      node: null,
      message: '0/2 nodes are available: 2 Insufficient cpu',
      placement: { 'web-a': 'worker 1', 'web-b': 'worker 2' },
    })
    const played = selfHealing.run({ drawing: model, plan: [{ at: 60, do: 'silence', node: 'worker 1' }] })
    expect(played['deployments']).toMatchObject([
      { deployment: 'web', available: 2, longestShort: 342, longestOutage: 0 },
    ])
    expect(() => schedule.run({ drawing, nodes: [] })).toThrow('either nodes or a drawing')
    expect(() => selfHealing.run({ drawing, pods: [] })).toThrow('this comes from the drawing')
  })

  it('is offered as a simulation of the lab', () => {
    expect(Object.keys(kubernetesSimulations)).toEqual(['self-healing'])
  })

  it('is a drawing without faults whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 25 }), (choices) => {
        let state = simulation.init(model, 1)
        for (const choice of choices) {
          const possible = possibleEvents(state.cluster)
          const event = possible[choice % possible.length]!
          state = simulation.apply(state, event)
          const { model: drawn, marks, table } = simulation.view(state)
          const ids = new Set(drawn.nodes.map(({ id }) => id))
          expect(TopologyModel.safeParse(drawn).success).toBe(true)
          expect(topologyModel.faults(drawn)).toEqual([])
          expect(ids.size).toBe(drawn.nodes.length)
          expect(Object.keys(marks).every((id) => ids.has(id))).toBe(true)
          expect(table.rows.flatMap(({ lights }) => lights).every((id) => ids.has(id))).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})
