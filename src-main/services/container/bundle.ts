// The same container as a bundle for an OCI runtime such as runc: its `config.json`, and the script that fills its root.
// Pure; who writes them is elsewhere.
import { type IdMap, ociConfig } from '../../formats/oci/config.ts'
import { type Mount, mounts } from '../../formats/oci/defaults.ts'
import type { Users } from './options.ts'
import type { Settled } from './settle.ts'
import { image } from './steps-outside.ts'
import { texts } from './texts.ts'

const PERIOD = 100_000

/** The text of `config.json`. What stands in it is what the steps do, so that both can be compared. */
export function configOf(settled: Settled): string {
  const { options, ids, folders } = settled
  const user = options.users.kind !== 'none'
  const namespaces = ['pid', 'net', 'mnt', 'uts', 'ipc', 'cgroup', ...(user ? ['user'] : [])]
  const has = (type: string): boolean => namespaces.includes(type)
  const config = ociConfig({
    args: options.command,
    terminal: options.terminal,
    env: [
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'HOME=/root',
      ...(options.terminal ? ['TERM=xterm'] : []),
    ],
    user: { uid: 0, gid: 0 },
    capabilities: options.capabilities.map((name) => `CAP_${name}`),
    noNewPrivileges: !options.newPrivileges,
    hostname: options.hostname,
    mounts: [
      ...(options.root === 'host' ? folders.map(ofHost) : []),
      // The kernel shows no control groups of version 1 to a user namespace.
      ...mounts({ privileged: false, hostRoot: false, has }).filter(({ type }) => !(user && type === 'cgroup')),
    ],
    namespaces,
    map: mapOf(options.users, ids.uid),
    groupMap: mapOf(options.users, ids.gid),
    resources: resourcesOf(settled),
    hides: true,
    forbidden: options.forbidden,
  })
  return JSON.stringify(config, null, 2)
}

const ofHost = (folder: string): Mount => ({
  destination: `/${folder}`,
  type: 'bind',
  source: `/${folder}`,
  options: ['rbind', 'ro'],
})

function mapOf(users: Users, own: number): IdMap[] {
  if (users.kind === 'range') return [{ containerID: 0, hostID: users.first, size: users.count }]
  return [{ containerID: 0, hostID: own, size: 1 }]
}

function resourcesOf({ options: { memory, cpu, pids } }: Settled): object {
  return {
    ...(memory !== null && { memory: { limit: memory } }),
    ...(cpu !== null && { cpu: { quota: Math.round(cpu * PERIOD), period: PERIOD } }),
    ...(pids !== null && { pids: { limit: pids } }),
  }
}

/** Fills the folder `rootfs` beside it, as the first step of the plan does. */
export function rootScript(settled: Settled): string {
  const { users } = settled.options
  const lines = [
    '#!/bin/sh',
    ...texts.bundle.root.map((line) => `# ${line}`),
    'set -eu',
    'cd "$(dirname "$0")"',
    `[ ! -e rootfs ] || { echo '${texts.bundle.filled}' >&2; exit 1; }`,
    'lab=$PWD',
    ...image(settled).lines,
    'rmdir layers root',
    'mv lower rootfs',
    ...(users.kind === 'range' ? [`chown -R ${users.first}:${users.first} rootfs`] : []),
  ]
  return `${lines.join('\n')}\n`
}
