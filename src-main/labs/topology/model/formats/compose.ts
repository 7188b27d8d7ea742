// Containers of engines as services of a compose file. Containers of pods belong to Kubernetes.
import { stringify } from 'yaml'
import { InterlockError } from '../../../../contract/errors.ts'
import type { TextFormat } from '../../../../contract/lab.ts'
import { isSet, numberOf, textOf } from '../properties.ts'
import type { TopologyModel, TopologyNode } from '../schema.ts'
import { treeOf } from '../tree.ts'
import { comment } from './comment.ts'
import { readCompose } from './compose-read.ts'
import { labelsFor } from './names.ts'
import { texts } from './texts.ts'

export const compose: TextFormat<TopologyModel> = {
  id: 'compose',
  label: texts.compose.label,
  extensions: ['yaml', 'yml'],
  media: 'application/yaml',
  recognises: (text, name) => /^services\s*:/m.test(text) || /^(docker-)?compose[.\w-]*\.ya?ml$/.test(name),
  read: readCompose,
  write({ model, title, verdict }) {
    const tree = treeOf(model.nodes)
    const containers = model.nodes.filter((node) => node.kind === 'container' && tree.parentOf(node)?.kind === 'engine')
    if (containers.length === 0) throw new InterlockError('bad-input', texts.compose.nothing)
    const services = labelsFor(containers)
    const joined = joinedTo(model, containers)
    const nets = [...new Set([...joined.values()].flat())].flatMap((id) => tree.byId.get(id) ?? [])
    const networks = labelsFor(nets)
    const file = {
      services: Object.fromEntries(
        containers.map((container) => [
          services.get(container.id) ?? 'service',
          serviceOf(
            container,
            (joined.get(container.id) ?? []).map((id) => networks.get(id) ?? id),
          ),
        ]),
      ),
      ...(nets.length > 0 && { networks: Object.fromEntries([...networks.values()].map((name) => [name, {}])) }),
    }
    return comment([title, verdict ?? ''], '# ') + stringify(file, { lineWidth: 0 })
  },
}

/** By container: the bridges and networks that it is attached to. */
function joinedTo({ nodes, edges }: TopologyModel, containers: readonly TopologyNode[]): ReadonlyMap<string, string[]> {
  const own = new Set(containers.map(({ id }) => id))
  const nets = new Set(nodes.flatMap(({ id, kind }) => (kind === 'bridge' || kind === 'network' ? [id] : [])))
  const found = new Map<string, string[]>()
  for (const { kind, from, to } of edges) {
    if (kind === 'attached' && own.has(from) && nets.has(to)) found.set(from, [...(found.get(from) ?? []), to])
  }
  return found
}

function serviceOf(container: TopologyNode, networks: readonly string[]): object {
  const [port, hostPort] = [numberOf(container, 'port'), numberOf(container, 'hostPort')]
  const [quota, period] = [numberOf(container, 'quota'), numberOf(container, 'period')]
  const arch = textOf(container, 'arch')
  const host = !isSet(container, 'net')
  return {
    image: textOf(container, 'image') || 'busybox',
    ...(arch !== '' && { platform: `${textOf(container, 'family')}/${arch === 'x86-64' ? 'amd64' : arch}` }),
    ...(port > 0 && hostPort > 0 && !host && { ports: [`${hostPort}:${port}`] }),
    ...(port > 0 && hostPort === 0 && { expose: [String(port)] }),
    ...(host && { network_mode: 'host' }),
    ...(!isSet(container, 'pid') && { pid: 'host' }),
    ...(!isSet(container, 'ipc') && { ipc: 'host' }),
    ...(isSet(container, 'privileged') && { privileged: true }),
    ...(isSet(container, 'sysAdmin') && { cap_add: ['SYS_ADMIN'] }),
    ...(!isSet(container, 'root') && { user: '1000:1000' }),
    ...(isSet(container, 'hostRoot') && { volumes: ['/:/host'] }),
    ...(numberOf(container, 'memory') > 0 && { mem_limit: `${numberOf(container, 'memory')}m` }),
    ...(numberOf(container, 'request') > 0 && { mem_reservation: `${numberOf(container, 'request')}m` }),
    ...(quota > 0 && { cpu_quota: quota, cpu_period: period }),
    ...(networks.length > 0 && !host && { networks: [...networks] }),
  }
}
