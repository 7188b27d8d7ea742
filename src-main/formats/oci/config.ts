// The `config.json` of an OCI bundle from what a container is asked to be. Written only.
// Field names: OCI runtime specification 1.0.2, config.md and config-linux.md. Knows no drawing and no command line.
import { masked, type Mount, readonly } from './defaults.ts'

export interface IdMap {
  containerID: number
  hostID: number
  size: number
}

export interface OciContainer {
  args: readonly string[]
  /** standard input and output are a terminal that the runtime makes */
  terminal?: boolean
  env?: readonly string[]
  user: { uid: number; gid: number }
  /** with the prefix `CAP_` */
  capabilities: readonly string[]
  noNewPrivileges: boolean
  hostname: string
  mounts: readonly Mount[]
  /** as the kernel calls them: pid, net, mnt, uts, ipc, user, cgroup */
  namespaces: readonly string[]
  map: readonly IdMap[]
  /** map of the groups, where it is another one */
  groupMap?: readonly IdMap[]
  resources: object
  /** hides and protects what of /proc and /sys tells about the host */
  hides: boolean
  /** system calls that are answered with EPERM */
  forbidden?: readonly string[]
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What the specification calls the namespaces that have other names elsewhere. */
const typeNames: Readonly<Record<string, string>> = { net: 'network', mnt: 'mount' }

/** The object that is written as `config.json`; the root file system is the folder `rootfs` beside it. */
export function ociConfig(container: OciContainer): object {
  const { namespaces, capabilities, forbidden = [] } = container
  const has = (type: string): boolean => namespaces.includes(type)
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: container.terminal ?? false,
      user: container.user,
      args: container.args,
      env: container.env ?? [PATH],
      cwd: '/',
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      noNewPrivileges: container.noNewPrivileges,
    },
    root: { path: 'rootfs', readonly: false },
    // A runtime refuses to set the name of the host's own UTS namespace, and mounts made without an own mount namespace
    // would be mounts of the host.
    ...(has('uts') && { hostname: container.hostname }),
    ...(has('mnt') && { mounts: container.mounts }),
    linux: {
      namespaces: namespaces.map((type) => ({ type: typeNames[type] ?? type })),
      ...(has('user') && { uidMappings: container.map, gidMappings: container.groupMap ?? container.map }),
      resources: container.resources,
      ...(forbidden.length > 0 && {
        seccomp: {
          defaultAction: 'SCMP_ACT_ALLOW',
          syscalls: [{ names: forbidden, action: 'SCMP_ACT_ERRNO', errnoRet: 1 }],
        },
      }),
      ...(has('mnt') && container.hides && { maskedPaths: masked, readonlyPaths: readonly }),
    },
  }
}
