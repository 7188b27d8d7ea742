// Containers: what isolates them from the system they run on, and from each other.
import { overlap } from '../images/id-map.ts'
import { containerNamespaces, isSet, listOf, numberOf, textOf } from '../model/properties.ts'
import type { TopologyNode } from '../model/schema.ts'
import { type Rule, type Violation, named, set } from './rule.ts'
import type { Topology } from './topology.ts'

/** Words for what a container sees when it keeps a namespace of the host. */
const kept: readonly (readonly [string, string, string])[] = [
  ['pid', 'PID', 'the processes of the host'],
  ['net', 'network', 'the interfaces and ports of the host'],
  ['ipc', 'IPC', 'the queues and shared memory of the host'],
]

const isolates = (container: TopologyNode): boolean => containerNamespaces.some((type) => isSet(container, type))

interface Listener {
  node: TopologyNode
  scope: TopologyNode
  address: string
  port: string
}

/** Who listens where: processes by their address, containers by their port on every address. */
function* listeners(topology: Topology): Iterable<Listener> {
  for (const process of topology.of('process')) {
    const found = /^(.*):(\d+)$/.exec(textOf(process, 'listens'))
    const scope = topology.netScope(process)
    if (found !== null && scope !== null) {
      const address = ['', '*', '0.0.0.0', '[::]'].includes(found[1] ?? '') ? '*' : (found[1] ?? '')
      yield { node: process, scope, address, port: found[2] ?? '' }
    }
  }
  for (const container of topology.of('container')) {
    const port = numberOf(container, 'port')
    const scope = isSet(container, 'net') ? container : topology.netScope(container)
    // Containers of one pod are the business of another rule.
    if (port === 0 || scope === null || topology.around(container, 'pod') !== null) continue
    yield { node: container, scope, address: '*', port: String(port) }
  }
}

export const isolation: readonly Rule[] = [
  {
    id: 'C-1',
    severity: 'error',
    week: 7,
    title: 'A container has namespaces of its own',
    *find(topology) {
      for (const container of topology.of('container')) {
        if (isolates(container)) continue
        yield {
          at: [container.id],
          sentence: `${container.name} has no namespace of its own: it is only a process.`,
          remedy: 'Give it namespaces, at least mnt and pid.',
          fix: {
            title: `Give ${container.name} the usual namespaces`,
            edits: containerNamespaces.filter((type) => type !== 'user').map((type) => set(container.id, type, true)),
          },
        }
      }
    },
  },
  {
    id: 'C-2',
    severity: 'warning',
    week: 7,
    title: 'A namespace of the host is no isolation',
    *find(topology) {
      for (const container of topology.of('container')) {
        if (!isolates(container)) continue
        const shares = kept.filter(([type]) => !isSet(container, type))
        if (shares.length === 0) continue
        yield {
          at: [container.id],
          sentence: `${container.name} keeps the ${shares.map(([, name]) => name).join(' and the ')} namespace of the host, so it sees ${shares.map(([, , what]) => what).join(' and ')}.`,
          remedy: 'Give it a namespace of its own, unless that is what you want.',
          fix: { title: `Isolate ${container.name}`, edits: shares.map(([type]) => set(container.id, type, true)) },
        }
      }
    },
  },
  {
    id: 'C-3',
    severity: 'error',
    week: 7,
    title: 'An interface lives in one network namespace',
    *find(topology) {
      for (const nic of topology.of('interface')) {
        const joined = topology
          .targets(nic, 'member')
          .filter((one) => one.kind === 'namespace' && textOf(one, 'type') === 'net')
        const own = topology.parent(nic)
        const inside = own?.kind === 'namespace' && textOf(own, 'type') === 'net' ? [own] : []
        const all = [...new Set([...inside, ...joined])]
        if (all.length < 2) continue
        yield {
          at: [nic.id, ...all.map(({ id }) => id)],
          sentence: `${nic.name} is drawn in ${all.length} network namespaces, ${named(all)}; it can live in one only.`,
          remedy: 'Leave it in one, and connect the two with a veth pair.',
        }
      }
    },
  },
  {
    id: 'C-4',
    severity: 'error',
    week: 7,
    title: 'A veth is a pair',
    *find(topology) {
      for (const nic of topology.of('interface')) {
        if (textOf(nic, 'type') !== 'veth') continue
        if (topology.targets(nic, 'veth').length + topology.sources(nic, 'veth').length > 0) continue
        yield {
          at: [nic.id],
          sentence: `${nic.name} is one end of a veth pair, and there is no other end. When one end is deleted, the other goes with it.`,
          remedy: 'Draw the other end and connect the two, or delete it.',
        }
      }
    },
  },
  {
    id: 'C-5',
    severity: 'error',
    week: 7,
    title: 'One listener for an address and port',
    *find(topology) {
      const taken = new Map<string, Listener[]>()
      for (const one of listeners(topology)) {
        const key = `${one.scope.id} ${one.port}`
        taken.set(key, [...(taken.get(key) ?? []), one])
      }
      for (const all of taken.values()) {
        const clash = all.filter((one) =>
          all.some((two) => one !== two && (one.address === two.address || one.address === '*' || two.address === '*')),
        )
        const [first] = clash
        if (first === undefined) continue
        yield {
          at: clash.map(({ node }) => node.id),
          sentence: `${named(clash.map(({ node }) => node))} listen on port ${first.port} in the same network namespace, that of ${first.scope.name}; only the first one can.`,
          remedy: 'Give them different ports, or network namespaces of their own.',
        }
      }
    },
  },
  {
    id: 'C-6',
    severity: 'error',
    week: 7,
    title: 'Ids inside map to ids that exist outside',
    *find(topology) {
      for (const space of topology.of('namespace')) {
        if (textOf(space, 'type') === 'user') yield* badMap(topology, space)
      }
    },
  },
  {
    id: 'C-7',
    severity: 'warning',
    week: 7,
    title: 'Root in the container is root on the host',
    *find(topology) {
      for (const container of topology.of('container')) {
        const engine = topology.around(container, 'engine')
        if (!isSet(container, 'root') || isSet(container, 'user') || !isolates(container)) continue
        if (engine !== null && isSet(engine, 'rootless')) continue
        yield {
          at: [container.id],
          sentence: `${container.name} runs as root and has no user namespace: whoever gets out of it is root on the host.`,
          remedy: 'Give it a user namespace, or run it as a plain user.',
          fix: { title: `Give ${container.name} a user namespace`, edits: [set(container.id, 'user', true)] },
        }
      }
    },
  },
  {
    id: 'C-8',
    severity: 'warning',
    week: 7,
    title: 'What switches isolation off',
    *find(topology) {
      for (const container of topology.of('container')) {
        const found = [
          ['privileged', 'is privileged'],
          ['sysAdmin', 'has CAP_SYS_ADMIN'],
          ['hostRoot', 'has the root directory of the host mounted'],
        ].filter(([key]) => isSet(container, key ?? ''))
        if (found.length === 0) continue
        yield {
          at: [container.id],
          sentence: `${container.name} ${found.map(([, what]) => what).join(' and ')}; that switches its isolation off.`,
          remedy: 'Give it only the capabilities and directories that it needs.',
        }
      }
    },
  },
  {
    id: 'C-14',
    severity: 'error',
    week: 7,
    title: 'An overlay has lower layers, and upper and work lie together',
    *find(topology) {
      for (const overlay of topology.of('overlay')) {
        const [lower, upper] = [listOf(overlay, 'lower'), textOf(overlay, 'upper').trim()]
        const [upperFs, workFs] = [textOf(overlay, 'upperFs').trim(), textOf(overlay, 'workFs').trim()]
        const wrong =
          lower.length === 0
            ? ['has no lower layer.', 'Name at least one lower directory.']
            : upper !== '' && lower.includes(upper)
              ? [
                  `has ${upper} as upper directory and as lower layer.`,
                  'Use a directory of its own for what is changed.',
                ]
              : upperFs !== workFs && upperFs !== '' && workFs !== ''
                ? [
                    `has its upper directory on ${upperFs} and its work directory on ${workFs}; files are moved between them in one step.`,
                    'Put both on one file system.',
                  ]
                : null
        if (wrong === null) continue
        yield { at: [overlay.id], sentence: `${overlay.name} ${wrong[0] ?? ''}`, remedy: wrong[1] ?? '' }
      }
    },
  },
  {
    id: 'C-15',
    severity: 'warning',
    week: 7,
    title: 'PID 1 has duties',
    *find(topology) {
      for (const container of topology.of('container')) {
        if (isSet(container, 'reaps')) continue
        yield {
          at: [container.id],
          sentence: `PID 1 of ${container.name} neither collects children nor handles SIGTERM. Signals that PID 1 has no handler for are ignored, so stopping it waits and then kills.`,
          remedy: 'Start a small init in it.',
          fix: { title: `Start an init in ${container.name}`, edits: [set(container.id, 'reaps', true)] },
        }
      }
    },
  },
  {
    id: 'C-16',
    severity: 'note',
    week: 7,
    title: 'A runtime that brings a machine',
    *find(topology) {
      for (const runtime of topology.of('runtime')) {
        const product = textOf(runtime, 'product')
        if (product !== 'kata' && product !== 'firecracker') continue
        yield {
          at: [runtime.id],
          sentence: `${runtime.name} gives each container a small virtual machine with a kernel of its own.`,
          remedy: 'Draw that machine if isolation is the question.',
        }
      }
    },
  },
]

type Range = { inner: number; outer: number; count: number }
const rangesOf = (node: TopologyNode): Range[] =>
  textOf(node, 'map')
    .split(';')
    .flatMap((line) => {
      const [inner, outer, count] = line.trim().split(/\s+/).map(Number)
      return inner === undefined || outer === undefined || count === undefined ? [] : [{ inner, outer, count }]
    })

function* badMap(topology: Topology, space: TopologyNode): Iterable<Violation> {
  const own = rangesOf(space)
  const clash = overlap(own)
  if (clash !== null) {
    yield {
      at: [space.id],
      sentence: `Lines ${clash.first + 1} and ${clash.second + 1} of the id map of ${space.name} overlap ${clash.side === 'inner' ? 'inside' : 'outside'}: an id would mean two.`,
      remedy: 'Let every id stand in one line only.',
    }
  }
  const outer = topology.tree.around(space).find((one) => one.kind === 'namespace' && textOf(one, 'type') === 'user')
  if (outer === undefined) return
  const there = rangesOf(outer)
  const missing = own.find(
    (line) => !there.some(({ inner, count }) => line.outer >= inner && line.outer + line.count <= inner + count),
  )
  if (missing === undefined) return
  yield {
    at: [space.id, outer.id],
    sentence: `${space.name} maps to the ids ${missing.outer} to ${missing.outer + missing.count - 1} of ${outer.name}, which has only ${there.map(({ inner, count }) => `${inner} to ${inner + count - 1}`).join(', ') || 'none'}.`,
    remedy: `Map to ids that exist in ${outer.name}.`,
  }
}
