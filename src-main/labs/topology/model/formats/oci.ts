// Containers of engines as bundles for an OCI runtime (runc, crun): a shell script that makes a directory with a
// `config.json` for each, since a bundle is a directory. What an image would say (command, files) is not in a drawing.
// Field names and defaults: OCI runtime specification 1.0.2, config.md and config-linux.md. Written only.
import { InterlockError } from '../../../../contract/errors.ts'
import type { TextFormat } from '../../../../contract/lab.ts'
import { type IdMap, ociConfig } from '../../../../formats/oci/config.ts'
import { capabilities, mounts } from '../../../../formats/oci/defaults.ts'
import { containerNamespaces, isSet, numberOf, textOf } from '../properties.ts'
import type { TopologyModel, TopologyNode } from '../schema.ts'
import { type Tree, treeOf } from '../tree.ts'
import { comment } from './comment.ts'
import { labelsFor } from './names.ts'
import { texts } from './texts.ts'

const MIB = 1_048_576

export const oci: TextFormat<TopologyModel> = {
  id: 'oci',
  label: texts.oci.label,
  extensions: ['sh'],
  media: 'text/x-shellscript',
  recognises: () => false,
  write({ model, title, verdict }) {
    const tree = treeOf(model.nodes)
    const all = model.nodes.filter((node) => node.kind === 'container' && tree.parentOf(node)?.kind === 'engine')
    const containers = all.filter((container) => textOf(container, 'family') === 'linux')
    if (containers.length === 0) throw new InterlockError('bad-input', texts.oci.nothing)
    const left = all.filter((container) => !containers.includes(container)).map(({ name }) => texts.oci.left(name))
    const names = labelsFor(containers)
    const maps = idMaps(model, tree)
    const bundles = containers.map((container) => {
      const name = names.get(container.id) ?? 'container'
      const config = JSON.stringify(configOf(container, name, maps.get(container.id) ?? []), null, 2)
      const about = comment([texts.oci.fill(name, textOf(container, 'image'))], '# ')
      return `${about}mkdir -p ${name}/rootfs\ncat > ${name}/config.json <<'JSON'\n${config}\nJSON\n`
    })
    return [`#!/bin/sh\n${comment([title, verdict ?? '', ...left], '# ')}set -e\n`, ...bundles].join('\n')
  },
}

/** Used where a container has a user namespace of which nothing more is drawn: the range of the first plain user. */
const usualMap: readonly IdMap[] = [{ containerID: 0, hostID: 100_000, size: 65_536 }]

/** By container: the map of the user namespace that is drawn in it or that it is a member of. */
function idMaps({ nodes, edges }: TopologyModel, tree: Tree<TopologyNode>): ReadonlyMap<string, IdMap[]> {
  const found = new Map<string, IdMap[]>()
  const note = (container: TopologyNode | null | undefined, space: TopologyNode | undefined): void => {
    if (container?.kind !== 'container' || space?.kind !== 'namespace' || textOf(space, 'type') !== 'user') return
    const lines = textOf(space, 'map').matchAll(/(\d{1,10}) (\d{1,10}) (\d{1,10})/g)
    const map = [...lines].map(([, inner, outer, size]) => ({
      containerID: Number(inner),
      hostID: Number(outer),
      size: Number(size),
    }))
    if (map.length > 0) found.set(container.id, map)
  }
  for (const node of nodes) note(tree.parentOf(node), node)
  for (const { kind, from, to } of edges) if (kind === 'member') note(tree.byId.get(from), tree.byId.get(to))
  return found
}

function configOf(container: TopologyNode, name: string, map: readonly IdMap[]): object {
  const privileged = isSet(container, 'privileged')
  const has = (type: string): boolean => isSet(container, type)
  const id = isSet(container, 'root') ? 0 : 1000
  return ociConfig({
    args: ['sh'],
    user: { uid: id, gid: id },
    capabilities: capabilities(privileged, isSet(container, 'sysAdmin')),
    noNewPrivileges: !privileged,
    hostname: name,
    mounts: mounts({ privileged, hostRoot: isSet(container, 'hostRoot'), has }),
    namespaces: containerNamespaces.filter(has),
    map: map.length > 0 ? map : usualMap,
    resources: resourcesOf(container, privileged),
    hides: !privileged,
  })
}

function resourcesOf(container: TopologyNode, privileged: boolean): object {
  const [limit, reservation] = [numberOf(container, 'memory'), numberOf(container, 'request')]
  const [quota, period] = [numberOf(container, 'quota'), numberOf(container, 'period')]
  return {
    devices: [{ allow: privileged, access: 'rwm' }],
    ...((limit > 0 || reservation > 0) && {
      memory: { ...(limit > 0 && { limit: limit * MIB }), ...(reservation > 0 && { reservation: reservation * MIB }) },
    }),
    ...(quota > 0 && { cpu: { quota, ...(period > 0 && { period }) } }),
  }
}
