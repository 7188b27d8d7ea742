// What the kernel says about the processes below a terminal, at one moment: the sample. It is public: recordings,
// hand-ins and other programs hold it. Runtime-free; reads nothing itself.
// "hidden" is what the kernel does not let us see: neither "none" nor "as on the host". What is not looked at is missing.
import { z } from 'zod'
import { MAX_NAME_LENGTH } from './limits.ts'

export const HIDDEN = 'hidden'
const hidden = z.literal(HIDDEN)
const Count = z.number().int().min(0)
const Text = z.string().max(4096)
const Hex = z.string().regex(/^[0-9a-f]{1,16}$/)

export const namespaceTypes = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const
export const NamespaceType = z.enum(namespaceTypes)
export type NamespaceType = z.infer<typeof NamespaceType>

/**
 * Inode of a namespace. It names a namespace only with its type and within one sample: types share numbers, and a number
 * is given anew as soon as it is free.
 */
const Inode = z.union([Count, hidden])

/** One line of an id map: ids from `inside` are ids from `outside`, `count` of them. */
export const IdRange = z.object({ inside: Count, outside: Count, count: Count })
export type IdRange = z.infer<typeof IdRange>

export const ProcessSample = z.object({
  /** pid in the host's PID namespace */
  pid: Count,
  /** ticks since boot at its start: with the pid it names one process for ever */
  start: Count,
  parent: Count,
  /** name of the program, at most 15 characters (`comm`) */
  name: Text,
  /** command line, arguments parted by spaces; empty for a zombie */
  command: Text,
  /** R, S, D, T, Z … as in `/proc/PID/stat` */
  state: z.string().max(1),
  /** what it waits for in the kernel, empty when it runs or nothing is said */
  wchan: Text.optional(),
  /** CPU time used, in milliseconds */
  cpu: Count,
  /** its pids from the outermost namespace that we see to its own (`NSpid`) */
  pids: z.array(Count),
  /** real, effective, saved and file system uid, as seen from the host */
  uids: z.array(Count),
  gids: z.array(Count),
  namespaces: z.partialRecord(NamespaceType, Inode),
  /** the namespaces its children will be in, where they differ from its own */
  forChildren: z.object({ pid: Inode.optional(), time: Inode.optional() }).optional(),
  /** empty: nothing is mapped yet; as seen from the host */
  uidMap: z.array(IdRange),
  gidMap: z.array(IdRange),
  /** `deny` or `allow` */
  setgroups: Text.optional(),
  /** effective, permitted, inheritable, bounding and ambient capabilities as bit masks in hexadecimal */
  capabilities: z.object({ effective: Hex, permitted: Hex, inheritable: Hex, bounding: Hex, ambient: Hex }),
  noNewPrivileges: z.boolean(),
  /** 0 none, 1 strict, 2 filter */
  seccomp: Count,
  filters: Count.optional(),
  /** masks of signals that are caught, ignored and blocked, in hexadecimal */
  signals: z.object({ caught: Hex, ignored: Hex, blocked: Hex }),
  /** path in each hierarchy by its controllers as `/proc/PID/cgroup` names them; the unified one is "" */
  cgroups: z.record(Text, Text),
})
export type ProcessSample = z.infer<typeof ProcessSample>

/** One line of `/proc/PID/mountinfo`. */
export const MountSample = z.object({
  id: Count,
  parent: Count,
  /** folder of the file system that is seen here */
  root: Text,
  /** where it is seen */
  point: Text,
  type: Text,
  source: Text,
  /** options of the mount and of its file system, parted by commas */
  options: Text,
  /** `shared:1`, `master:2`, … */
  propagation: z.array(Text),
})
export type MountSample = z.infer<typeof MountSample>

export const InterfaceSample = z.object({
  /** missing where it could not be asked */
  index: Count.optional(),
  /**
   * index of the other end (`iflink`), counted in the namespace where that one is, so that it may be the interface's own
   * number; missing where there is none
   */
  peer: Count.optional(),
  /** missing until it was asked, which is done after commands */
  up: z.union([z.boolean(), hidden]).optional(),
  /** such as `10.0.0.1/24` */
  addresses: z.array(Text),
  /** packets */
  received: Count,
  sent: Count,
})
export type InterfaceSample = z.infer<typeof InterfaceSample>

export const FileSample = z.object({
  /** `whiteout`: a character device 0,0, by which an overlay deletes; `none`: there is none */
  kind: z.enum(['file', 'folder', 'link', 'device', 'whiteout', 'other', 'none', HIDDEN]),
  size: Count.optional(),
  uid: Count.optional(),
})
export type FileSample = z.infer<typeof FileSample>

export const KernelSample = z.object({
  /** milliseconds since the recording began */
  time: z.number().min(0),
  /** the command that has just ended: its status, where the shell said it; missing in samples by the clock */
  ended: z.object({ status: z.number().int().optional() }).optional(),
  /** namespaces of Interlock itself, with which all others are compared */
  host: z.object({ namespaces: z.partialRecord(NamespaceType, Inode), hostname: Text, uid: Count }),
  /** pid of the terminal's shell */
  shell: Count,
  /** by pid: the shell and all that was started below it */
  processes: z.record(z.string(), ProcessSample),
  /** so many more there are, beyond what one sample holds */
  unlisted: Count.optional(),
  /** by inode of the mount namespace, then by id of the mount; a namespace that only the host has is not among them */
  mounts: z.record(z.string(), z.record(z.string(), MountSample)),
  /** by inode of the network namespace, then by name of the interface */
  networks: z.record(z.string(), z.record(z.string(), InterfaceSample)),
  /** host name by inode of the UTS namespace; missing until it was asked, as queues are */
  hostnames: z.record(z.string(), z.union([Text, hidden])),
  /** shared memory segments and message queues (`shm 0`, `msg 3`) by inode of the IPC namespace */
  queues: z.record(z.string(), z.union([z.array(Text), hidden])),
  /** by hierarchy as in a process's `cgroups`, then by path: contents of its files by name, without the last newline */
  cgroups: z.record(Text, z.record(Text, z.record(z.string().max(60), Text))),
  /** parent and owner of namespaces, by `type:inode`, where `lsns` was asked */
  relations: z.record(z.string(), z.object({ parent: Inode.optional(), owner: Inode.optional() })),
  /** files that the experiment looks at: by who looks (`host`, or a mount namespace's inode), then by path as it was given */
  files: z.record(z.string(), z.record(Text, FileSample)),
})
export type KernelSample = z.infer<typeof KernelSample>

/** What this machine can do, found by trying; see the probe. */
export const MachineFacts = z.object({
  /** as in `process.platform`; `wsl1` and `wsl2` for Windows's Linux */
  platform: Text,
  kernel: Text,
  uid: Count,
  cores: Count,
  /** bytes of memory and of swap */
  memory: Count,
  swap: Count,
  types: z.array(NamespaceType),
  /** null when an ordinary user may make user namespaces here, else the reason in a sentence */
  userNamespaces: Text.nullable(),
  cgroups: z.enum(['v1', 'v2', 'hybrid', 'none']),
  /** hierarchies (as in a process's `cgroups`) below which we may make groups, with the absolute path of where */
  writable: z.record(Text, Text),
  /** controllers that the unified hierarchy offers there; empty where it is not writable */
  controllers: z.array(Text),
  /** programs that were found, with their version or an empty text */
  tools: z.record(Text, Text),
  overlay: z.boolean(),
})
export type MachineFacts = z.infer<typeof MachineFacts>

/** What is needed: root, a prepared or delegated control group, an ordinary user, or nothing but Linux. */
export const Need = z.enum(['root', 'delegated', 'user', 'nothing'])
export type Need = z.infer<typeof Need>

/** Whether an experiment can be done on a machine, and in a sentence why it cannot. */
export const Lane = z.object({ real: z.boolean(), why: z.string() })
export type Lane = z.infer<typeof Lane>

/** One event of a terminal: seconds since the recording began, what it is (asciicast: o output, r resize, x exit), data. */
export const CastEvent = z.tuple([z.number().min(0), z.enum(['o', 'r', 'x']), z.string()])
export type CastEvent = z.infer<typeof CastEvent>

/**
 * A run that was kept: what the kernel said and what the terminal showed, on one clock. The first sample is whole; of each
 * other only what differs from the one before it, as a JSON merge patch (RFC 7396).
 */
export const Recording = z.object({
  version: z.literal(1),
  experiment: z.string().max(MAX_NAME_LENGTH).nullable(),
  machine: MachineFacts,
  first: KernelSample,
  changes: z.array(z.record(z.string(), z.unknown())),
  terminal: z.object({ columns: Count, rows: Count, events: z.array(CastEvent) }),
  /** sentences on what is missing, such as that it ended at a limit */
  remarks: z.array(z.string()).optional(),
})
export type Recording = z.infer<typeof Recording>
