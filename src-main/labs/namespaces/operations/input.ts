// Samples as a script may write them: what an experiment does not ask about can be left out.
import { z } from 'zod'
import { KernelSample, ProcessSample } from '../../../contract/kernel.ts'

const none = '0'

const BriefProcess = ProcessSample.extend({
  command: ProcessSample.shape.command.default(''),
  state: ProcessSample.shape.state.default('S'),
  cpu: ProcessSample.shape.cpu.default(0),
  uids: ProcessSample.shape.uids.default([]),
  gids: ProcessSample.shape.gids.default([]),
  namespaces: ProcessSample.shape.namespaces.default({}),
  uidMap: ProcessSample.shape.uidMap.default([]),
  gidMap: ProcessSample.shape.gidMap.default([]),
  capabilities: ProcessSample.shape.capabilities.default({
    effective: none,
    permitted: none,
    inheritable: none,
    bounding: none,
    ambient: none,
  }),
  noNewPrivileges: ProcessSample.shape.noNewPrivileges.default(false),
  seccomp: ProcessSample.shape.seccomp.default(0),
  signals: ProcessSample.shape.signals.default({ caught: none, ignored: none, blocked: none }),
  cgroups: ProcessSample.shape.cgroups.default({}),
})

/** A whole sample, in which everything but the time, the host, the shell and the processes may be missing. */
export const BriefSample = KernelSample.extend({
  processes: z.record(z.string(), BriefProcess),
  mounts: KernelSample.shape.mounts.default({}),
  networks: KernelSample.shape.networks.default({}),
  hostnames: KernelSample.shape.hostnames.default({}),
  queues: KernelSample.shape.queues.default({}),
  cgroups: KernelSample.shape.cgroups.default({}),
  relations: KernelSample.shape.relations.default({}),
  files: KernelSample.shape.files.default({}),
})
