// Kubernetes: what a cluster needs, and where its pods can and should run.
import { memory } from '../model/captions.ts'
import { isSet, listOf, numberOf, textOf } from '../model/properties.ts'
import type { TopologyNode } from '../model/schema.ts'
import { type Rule, named, set } from './rule.ts'
import type { Topology } from './topology.ts'

const clusterOf = (topology: Topology, node: TopologyNode): TopologyNode | null => topology.around(node, 'cluster')
const partsOf = (topology: Topology, cluster: TopologyNode, part: string): TopologyNode[] =>
  topology.within(cluster, 'control').filter((one) => textOf(one, 'part') === part)

function pairs(node: TopologyNode, key: string): Map<string, string> {
  return new Map(
    listOf(node, key).map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return [name.trim(), value.trim()]
    }),
  )
}

interface Taint {
  key: string
  value: string
  effect: string
}
const taintsOf = (node: TopologyNode, key: string): Taint[] =>
  listOf(node, key).map((text) => {
    const [pair = '', effect = ''] = text.split(':')
    const [name = '', value = ''] = pair.split('=')
    return { key: name.trim(), value: value.trim(), effect: effect.trim() }
  })

/** Taints of a node that keep a pod away. */
export function untolerated(pod: TopologyNode, node: TopologyNode): Taint[] {
  const tolerated = taintsOf(pod, 'tolerations')
  return taintsOf(node, 'taints').filter(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' &&
      !tolerated.some(
        ({ key, value, effect }) =>
          key === taint.key && (value === '' || value === taint.value) && (effect === '' || effect === taint.effect),
      ),
  )
}

const taintText = ({ key, value, effect }: Taint): string => `${key}${value === '' ? '' : `=${value}`}:${effect}`

/** Why a node can never hold a pod, by size alone. */
function tooSmall(pod: TopologyNode, node: TopologyNode): string[] {
  const cpu = numberOf(pod, 'cpu') > numberOf(node, 'cpu')
  const bytes = numberOf(pod, 'memory') > numberOf(node, 'memory')
  return [...(cpu ? ['Insufficient cpu'] : []), ...(bytes ? ['Insufficient memory'] : [])]
}

export const kubernetes: readonly Rule[] = [
  {
    id: 'K-1',
    severity: 'error',
    week: 11,
    title: 'Some node is large enough',
    *find(topology) {
      for (const cluster of topology.of('cluster')) {
        const nodes = topology.within(cluster, 'node')
        if (nodes.length === 0) continue
        for (const pod of topology.within(cluster, 'pod')) {
          const reasons = nodes.map((node) => tooSmall(pod, node))
          if (reasons.some((list) => list.length === 0)) continue
          const counted = ['Insufficient cpu', 'Insufficient memory'].flatMap((reason) => {
            const count = reasons.filter((list) => list.includes(reason)).length
            return count === 0 ? [] : [`${count} ${reason}`]
          })
          yield {
            at: [pod.id],
            sentence: `${pod.name} asks for ${numberOf(pod, 'cpu')}m and ${memory(numberOf(pod, 'memory'))}, more than any node can give. It stays Pending: 0/${nodes.length} nodes are available: ${counted.join(', ')}.`,
            remedy: 'Ask for less, or add a larger node.',
          }
        }
      }
    },
  },
  {
    id: 'K-2',
    severity: 'error',
    week: 11,
    title: 'A node has a kubelet and a runtime',
    *find(topology) {
      for (const node of topology.of('node')) {
        const missing = [
          ...(isSet(node, 'kubelet') ? [] : (['kubelet'] as const)),
          ...(isSet(node, 'cri') ? [] : (['cri'] as const)),
        ]
        if (missing.length === 0) continue
        const words = missing.map((key) => (key === 'kubelet' ? 'kubelet' : 'CRI runtime'))
        yield {
          at: [node.id],
          sentence: `${node.name} has no ${words.join(' and no ')}: nothing on it would start a pod.`,
          remedy: `Install the ${words.join(' and the ')}.`,
          fix: {
            title: `Install the ${words.join(' and the ')}`,
            edits: missing.map((key) => set(node.id, key, true)),
          },
        }
      }
    },
  },
  {
    id: 'K-3',
    severity: 'error',
    week: 11,
    title: 'A cluster has an API server and etcd',
    *find(topology) {
      for (const cluster of topology.of('cluster')) {
        const missing = [
          ['api', 'API server'],
          ['etcd', 'etcd'],
        ].filter(([part = '']) => partsOf(topology, cluster, part).length === 0)
        if (missing.length === 0) continue
        yield {
          at: [cluster.id],
          sentence: `${cluster.name} has no ${missing.map(([, name]) => name).join(' and no ')}: all parts speak through the API server, and its state is kept in etcd.`,
          remedy: `Add the ${missing.map(([, name]) => name).join(' and the ')}.`,
          fix: {
            title: `Add the ${missing.map(([, name]) => name).join(' and the ')}`,
            edits: missing.map(([part = '', name = '']) => ({
              do: 'add' as const,
              node: { id: `${part}-of-${cluster.id}`, kind: 'control', name, part, parent: cluster.id },
            })),
          },
        }
      }
    },
  },
  {
    id: 'K-4',
    severity: 'warning',
    week: 11,
    title: 'An odd number of etcd members, more than one',
    *find(topology) {
      for (const cluster of topology.of('cluster')) {
        const members = partsOf(topology, cluster, 'etcd')
        const count = members.length
        if (count === 0 || (count % 2 === 1 && count > 1)) continue
        const quorum = Math.floor(count / 2) + 1
        yield {
          at: members.map(({ id }) => id),
          sentence:
            count === 1
              ? `${cluster.name} has one etcd member: when it fails, nothing in the cluster can change.`
              : `${cluster.name} has ${count} etcd members and needs ${quorum} of them, so it survives ${count - quorum} failure${count - quorum === 1 ? '' : 's'}, no more than with ${count - 1}.`,
          remedy: `Use ${count === 1 ? 3 : count - 1} or ${count === 1 ? 5 : count + 1} members.`,
        }
      }
    },
  },
  {
    id: 'K-5',
    severity: 'error',
    week: 11,
    title: 'A selector matches its template',
    *find(topology) {
      for (const deployment of topology.of('deployment')) {
        const template = pairs(deployment, 'template')
        const wrong = [...pairs(deployment, 'selector')].filter(([key, value]) => template.get(key) !== value)
        if (wrong.length === 0) continue
        yield {
          at: [deployment.id],
          sentence: `${deployment.name} selects pods with ${wrong.map((pair) => pair.join('=')).join(', ')}, and its template makes pods without. It would not know its own pods.`,
          remedy: 'Give the template the labels of the selector.',
          fix: {
            title: `Give the template of ${deployment.name} these labels`,
            edits: [
              set(
                deployment.id,
                'template',
                [...new Map([...template, ...wrong])].map((pair) => pair.join('=')).join(', '),
              ),
            ],
          },
        }
      }
    },
  },
  {
    id: 'K-6',
    severity: 'warning',
    week: 11,
    title: 'Anti-affinity needs a node for each replica',
    *find(topology) {
      for (const cluster of topology.of('cluster')) {
        const nodes = topology.within(cluster, 'node').length
        const groups = new Map<string, TopologyNode[]>()
        for (const pod of topology.within(cluster, 'pod')) {
          if (!isSet(pod, 'spread')) continue
          const key = topology.sources(pod, 'manages')[0]?.id ?? textOf(pod, 'labels')
          groups.set(key, [...(groups.get(key) ?? []), pod])
        }
        for (const [key, pods] of groups) {
          const deployment = topology.tree.byId.get(key)
          const wanted = Math.max(pods.length, deployment?.kind === 'deployment' ? numberOf(deployment, 'replicas') : 0)
          if (wanted <= nodes) continue
          yield {
            at: [...(deployment === undefined ? [] : [deployment.id]), ...pods.map(({ id }) => id)],
            sentence: `${wanted} replicas (${named(pods)}) must be on different nodes, and ${cluster.name} has ${nodes}: ${wanted - nodes} can never be placed.`,
            remedy: 'Use fewer replicas, add nodes, or make the anti-affinity a preference.',
          }
        }
      }
    },
  },
  {
    id: 'K-7',
    severity: 'warning',
    week: 11,
    title: 'Replicas on several nodes',
    *find(topology) {
      for (const deployment of topology.of('deployment')) {
        const pods = topology.targets(deployment, 'manages')
        const nodes = new Set(pods.map((pod) => topology.around(pod, 'node')?.id ?? ''))
        const [only = ''] = nodes
        if (pods.length < 2 || nodes.size !== 1 || only === '') continue
        const node = topology.tree.byId.get(only)
        yield {
          at: [deployment.id, only, ...pods.map(({ id }) => id)],
          sentence: `All ${pods.length} pods of ${deployment.name} are on ${node?.name ?? only}: when it fails, the service stops.`,
          remedy: 'Spread them over nodes.',
        }
      }
    },
  },
  {
    id: 'K-8',
    severity: 'error',
    week: 11,
    title: 'Some node tolerates the pod',
    *find(topology) {
      for (const cluster of topology.of('cluster')) {
        const nodes = topology.within(cluster, 'node')
        if (nodes.length === 0) continue
        for (const pod of topology.within(cluster, 'pod')) {
          const taints = nodes.map((node) => untolerated(pod, node)[0])
          const [first] = taints
          if (first === undefined || taints.some((taint) => taint === undefined)) continue
          yield {
            at: [pod.id, ...nodes.map(({ id }) => id)],
            sentence: `Every node of ${cluster.name} has a taint that ${pod.name} does not tolerate, such as ${taintText(first)}. It stays Pending.`,
            remedy: 'Let the pod tolerate one of them, or take a taint away.',
            fix: {
              title: `Let ${pod.name} tolerate ${taintText(first)}`,
              edits: [set(pod.id, 'tolerations', [...listOf(pod, 'tolerations'), taintText(first)].join(', '))],
            },
          }
        }
      }
    },
  },
  {
    id: 'K-9',
    severity: 'error',
    week: 11,
    title: 'A port of a node is used once',
    *find(topology) {
      for (const node of topology.of('node')) {
        const users = new Map<number, TopologyNode[]>()
        for (const user of [...topology.within(node, 'pod'), ...topology.within(node, 'container')]) {
          const port = numberOf(user, 'hostPort')
          if (port > 0) users.set(port, [...(users.get(port) ?? []), user])
        }
        for (const [port, all] of users) {
          if (all.length < 2) continue
          yield {
            at: all.map(({ id }) => id),
            sentence: `${named(all)} want port ${port} of ${node.name}; only one can have it.`,
            remedy: 'Put them on different nodes, or use a service instead of ports of the node.',
          }
        }
      }
    },
  },
  {
    id: 'K-10',
    severity: 'warning',
    week: 11,
    title: 'A controller looks after a pod',
    *find(topology) {
      for (const pod of topology.of('pod')) {
        if (clusterOf(topology, pod) === null || topology.sources(pod, 'manages').some(isController)) continue
        yield {
          at: [pod.id],
          sentence: `${pod.name} is managed by no controller: nobody makes it anew when its node dies.`,
          remedy: 'Draw a deployment that manages it.',
        }
      }
    },
  },
  {
    id: 'K-11',
    severity: 'error',
    week: 11,
    title: 'Containers of a pod share its ports',
    *find(topology) {
      for (const pod of topology.of('pod')) {
        const users = new Map<number, TopologyNode[]>()
        for (const container of topology.children(pod, 'container')) {
          const port = numberOf(container, 'port')
          if (port > 0) users.set(port, [...(users.get(port) ?? []), container])
        }
        for (const [port, all] of users) {
          if (all.length < 2) continue
          yield {
            at: [...all.map(({ id }) => id), pod.id],
            sentence: `${named(all)} of ${pod.name} both use port ${port}; containers of one pod share one network namespace.`,
            remedy: 'Give them different ports, or pods of their own.',
          }
        }
      }
    },
  },
]

const isController = ({ kind }: TopologyNode): boolean => kind === 'deployment'
