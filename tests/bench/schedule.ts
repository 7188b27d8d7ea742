// The Kubernetes scheduler of the topology lab: a big cluster, plain, with constraints, and full to the brim.
import { schedule } from '../../src-main/labs/topology/operations/schedule.ts'
import { type Row, best } from './measure.ts'

const NODES = 5_000
const PODS = 20_000
/** the bound that the project set itself, ms */
const BOUND = 20_000

const nodes = Array.from({ length: NODES }, (_, index) => ({
  name: `n${index}`,
  cpu: 16,
  memory: '64Gi',
  pods: 110,
  zone: `z${index % 5}`,
  images: { [`image${index % 7}`]: '300Mi' },
  ...(index % 10 === 0 ? { taints: ['busy=yes:PreferNoSchedule'] } : {}),
}))

const plainPod = (index: number): Record<string, unknown> => ({
  name: `p${index}`,
  cpu: `${100 + (index % 9) * 100}m`,
  memory: `${256 * (1 + (index % 8))}Mi`,
})

/** Pods of 200 deployments that spread over zones and nodes, keep off their own node, and like a neighbour. */
function demanding(index: number): Record<string, unknown> {
  const app = { app: `a${index % 200}` }
  const spread = (topologyKey: string, whenUnsatisfiable: string, maxSkew: number): unknown => ({
    topologyKey,
    whenUnsatisfiable,
    maxSkew,
    labelSelector: { matchLabels: app },
  })
  const term = (labels: unknown, topologyKey: string): unknown => ({
    topologyKey,
    labelSelector: { matchLabels: labels },
  })
  return {
    ...plainPod(index),
    labels: app,
    image: `image${index % 7}`,
    topologySpreadConstraints: [
      spread('topology.kubernetes.io/zone', 'DoNotSchedule', 1),
      spread('kubernetes.io/hostname', 'ScheduleAnyway', 1),
    ],
    affinity: {
      podAntiAffinity: { required: [term(app, 'kubernetes.io/hostname')] },
      podAffinity: {
        preferred: [{ weight: 10, podAffinityTerm: term({ app: `a${(index + 1) % 200}` }, 'kubernetes.io/hostname') }],
      },
    },
  }
}

const pods = (make: (index: number) => Record<string, unknown>): unknown[] =>
  Array.from({ length: PODS }, (_, i) => make(i))

function row(name: string, input: unknown): Row {
  let pending = 0
  const ours = best(() => {
    pending = (schedule.run(input)['pending'] as unknown[]).length
  }, 1)
  return { name, ours, peer: BOUND, ratio: ours / BOUND, unit: 'ms', note: `${pending} pending; peer: the bound set` }
}

export function bench(): Row[] {
  return [
    row('scheduling 20,000 pods on 5,000 nodes', { nodes, pods: pods(plainPod) }),
    row('the same with spreading and affinity', { nodes, pods: pods(demanding) }),
    row('the same, half of them too many', {
      nodes: nodes.map((node) => ({ ...node, pods: 2 })),
      pods: pods(plainPod),
    }),
  ]
}
