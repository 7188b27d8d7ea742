// The reconcile loop as a simulation that the player plays: controllers, scheduler and kubelets go on by themselves, a
// person breaks things. Knows a drawing only through the small bridge that it is given.
import type { GraphModel } from '../../../../contract/document.ts'
import type { Mark } from '../../../../contract/verdict.ts'
import type { Simulation, StateView } from '../../../../simulation/simulation.ts'
import type { ClusterSpec } from '../spec.ts'
import { applyEvent } from './apply.ts'
import { ClusterEvent, possibleEvents, readEvent, writeEvent } from './events.ts'
import {
  type ClusterState,
  type PodState,
  availableOf,
  dueIn,
  initialState,
  isAvailable,
  replicasOf,
  tolerationOf,
} from './state.ts'
import { clusterTexts as texts } from './texts.ts'

export type ClusterThing = 'node' | 'pod' | 'deployment'

/** How a lab's drawing and a cluster meet. */
export interface ClusterBridge<M extends GraphModel> {
  /** the cluster that is drawn */
  specOf(model: M): ClusterSpec
  /** the drawing at a moment: pods where they are, nodes that are silent or cordoned */
  show(model: M, state: ClusterState): { model: M; marks: Record<string, Mark> }
  /** the record of a thing, to be lit; null for what is not drawn */
  recordOf(model: M, thing: ClusterThing, name: string): string | null
}

export interface RunningCluster<M extends GraphModel> {
  readonly model: M
  readonly cluster: ClusterState
}

export function clusterSimulation<M extends GraphModel>(
  bridge: ClusterBridge<M>,
  id = 'self-healing',
): Simulation<M, RunningCluster<M>, ClusterEvent> {
  const lights = (model: M, names: readonly (readonly [ClusterThing, string | null])[]): string[] =>
    names.flatMap(([thing, name]) => {
      const record = name === null ? null : bridge.recordOf(model, thing, name)
      return record === null ? [] : [record]
    })
  return {
    id,
    label: texts.label,
    start: texts.start,
    event: ClusterEvent,
    init: (model, seed) => ({ model, cluster: initialState(bridge.specOf(model), seed) }),
    // Where nothing is, nothing happens, and time need not pass.
    enabled: ({ cluster }) =>
      cluster.nodes.length + cluster.pods.length + cluster.deployments.length === 0 ? [] : possibleEvents(cluster),
    // By itself a run does what is due, and rests when nothing is; nobody breaks anything unasked.
    pick: ({ cluster }) => dueIn(cluster)[0]?.event as ClusterEvent | undefined,
    apply: ({ model, cluster }, event) => ({ model, cluster: applyEvent(cluster, event) }),
    describe: (event, { model, cluster }) => ({
      text: told(event, cluster),
      lights: lights(model, concerned(event, cluster)),
    }),
    view: (state) => viewOf(state, bridge, lights),
    read: (line, { cluster }) => readEvent(line, cluster),
    write: (event) => writeEvent(event),
    properties: [
      {
        id: 'replicas',
        what: 'missing replica',
        check: ({ model, cluster }) => {
          const short = cluster.deployments.find(({ name, replicas }) => availableOf(cluster, name) < replicas)
          if (short === undefined) {
            return {
              holds: true,
              mark: 'free',
              sentence: texts.all(cluster.deployments.map(({ name }) => name)),
              lights: [],
            }
          }
          const since = cluster.outages[short.name]?.shortSince ?? cluster.now
          const sentence = texts.short(short.name, availableOf(cluster, short.name), short.replicas, since)
          const missing = replicasOf(cluster, short.name).filter((pod) => !isAvailable(cluster, pod))
          const all = [['deployment', short.name] as const, ...missing.map(({ spec }) => ['pod', spec.name] as const)]
          return { holds: false, mark: 'behind', sentence, lights: lights(model, all) }
        },
      },
      {
        id: 'service',
        what: 'outage',
        check: ({ model, cluster }) => {
          const out = cluster.deployments.find(({ name }) => (cluster.outages[name]?.noneSince ?? null) !== null)
          if (out === undefined) return { holds: true, mark: 'free', sentence: texts.serves, lights: [] }
          const since = cluster.outages[out.name]?.noneSince ?? cluster.now
          return {
            holds: false,
            mark: 'ring',
            sentence: texts.none(out.name, since),
            lights: lights(model, [['deployment', out.name]]),
          }
        },
      },
    ],
  }
}

type Concerned = readonly (readonly [ClusterThing, string | null])[]

function concerned(event: ClusterEvent, cluster: ClusterState): Concerned {
  if ('node' in event) return [['node', event.node]]
  if ('deployment' in event) return [['deployment', event.deployment]]
  if (!('pod' in event)) return []
  const node = cluster.pods.find(({ spec }) => spec.name === event.pod)?.node ?? null
  return [
    ['pod', event.pod],
    ['node', node],
  ]
}

/** One sentence, in the present tense, about an event that is to come. */
export function told(event: ClusterEvent, cluster: ClusterState): string {
  const pod = 'pod' in event ? cluster.pods.find(({ spec }) => spec.name === event.pod) : undefined
  switch (event.do) {
    case 'create':
    case 'reduce': {
      const want = cluster.deployments.find(({ name }) => name === event.deployment)?.replicas ?? 0
      return texts[event.do](event.deployment, replicasOf(cluster, event.deployment).length, want)
    }
    case 'run':
    case 'restart':
      return texts[event.do](event.pod, pod?.node ?? '')
    case 'evict':
      return texts.evict(event.pod, pod?.node ?? '', pod === undefined ? 0 : tolerationOf(pod, cluster.times))
    case 'notReady':
      return texts.notReady(event.node, cluster.times.grace)
    case 'schedule':
    case 'crash':
    case 'delete':
      return texts[event.do](event.pod)
    case 'scale':
      return texts.scale(event.deployment, event.replicas)
    case 'wait':
      return texts.wait(event.seconds)
    default:
      return texts[event.do](event.node)
  }
}

function stateOf(pod: PodState, cluster: ClusterState): string {
  const unheard = pod.phase === 'running' && !isAvailable(cluster, pod)
  if (unheard) return texts.unheard
  return pod.phase === 'pending' && pod.message !== '' ? pod.message : texts.phases[pod.phase]
}

function viewOf<M extends GraphModel>(
  { model, cluster }: RunningCluster<M>,
  bridge: ClusterBridge<M>,
  lights: (model: M, names: Concerned) => string[],
): StateView<M> {
  const { now, deployments, said } = cluster
  const parts = deployments.map(({ name, replicas }) => texts.available(name, availableOf(cluster, name), replicas))
  return {
    ...bridge.show(model, cluster),
    table: {
      columns: texts.columns,
      rows: cluster.pods.map((pod) => ({
        id: pod.spec.name,
        label: pod.spec.name,
        lights: lights(model, [
          ['pod', pod.spec.name],
          ['node', pod.node],
        ]),
        cells: [pod.node ?? '', stateOf(pod, cluster), String(pod.restarts), `${Math.min(now, pod.at)} s`],
      })),
    },
    status: `${said === '' ? '' : `${said} `}${texts.status(now, parts)}`,
  }
}
