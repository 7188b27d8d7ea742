// One step in the making of a container: what it is called, which system calls it comes down to, the lines that do it,
// and where to see that it is done. Pure data.

export interface Evidence {
  /** a file, with `PID` for the number of the container's first process as seen from outside; or a command inside */
  file: string
  /** what it then says */
  expected: string
}

export const stepIds = [
  'image',
  'limits',
  'namespaces',
  'users',
  'group',
  'cgroup-namespace',
  'network',
  'hostname',
  'layers',
  'kernel-files',
  'hidden-files',
  'new-root',
  'capabilities',
  'no-new-privileges',
  'command',
  'bundle',
  'runtime',
] as const
export type StepId = (typeof stepIds)[number]

/**
 * Who does it: the script on the host before there is a container; the start of its first process; that first process;
 * or, with `host`, a helper on the host that the first process asks, because it may not do it itself.
 */
export type Stage = 'before' | 'start' | 'inside'

export interface Step {
  id: StepId
  stage: Stage
  title: string
  sentence: string
  /** system calls, such as `unshare` */
  calls: string[]
  /** their flags, such as `CLONE_NEWPID` */
  flags: string[]
  /** shell lines */
  lines: string[]
  /** lines that the helper on the host runs first, with `$pid` for the first process */
  host: string[]
  /**
   * the words of a program that the first process turns into, which then goes on with the script: a new program keeps
   * the pid, and all that is not written down is forgotten
   */
  becomes: string[]
  evidence: Evidence[]
  /** lines that take back at the end what else does not go away by itself */
  undo: string[]
}
