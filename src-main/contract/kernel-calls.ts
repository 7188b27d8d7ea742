// The calls and events of the kernel view: what the kernel says about the processes below a terminal that a page shows.
// Samples are pulled: the host tells how many there are, the page reads those it has not seen.
import { z } from 'zod'
import { KernelSample, MachineFacts, Recording } from './kernel.ts'
import { MAX_WATCHED_FILES } from './limits.ts'

const Id = z.string().min(1).max(60)
const Change = z.record(z.string(), z.unknown())

export const kernelCalls = {
  /** What this machine can do, tried once and then remembered. `why` is null, or why nothing can be looked at here. */
  'kernel.machine': { input: z.object({}), output: z.object({ machine: MachineFacts, why: z.string().nullable() }) },
  /**
   * Begins to look at a terminal that this page shows, or changes which files are looked at. What was recorded before
   * stays, unless `anew`.
   */
  'kernel.watch': {
    input: z.object({
      terminal: Id,
      /** the experiment that the recording belongs to */
      experiment: z.string().max(60).nullable(),
      /** absolute, or relative to the folder in which the terminal began */
      files: z.array(z.string().min(1).max(4096)).max(MAX_WATCHED_FILES),
      anew: z.boolean(),
    }),
    output: z.object({ count: z.number().int() }),
  },
  'kernel.unwatch': { input: z.object({ terminal: Id }), output: z.object({}) },
  /**
   * Samples from number `from` on, as many as fit; `next` is the number to go on with. Where whoever asks has the sample
   * before `from`, `first` is null and the changes go on from that one; else (`from` is 0, or the recording began anew)
   * `first` is sample 0, whole. `ended` says why the recording ended at a limit, or is null.
   */
  'kernel.read': {
    input: z.object({ terminal: Id, from: z.number().int().min(0) }),
    output: z.object({
      first: KernelSample.nullable(),
      changes: z.array(Change),
      next: z.number().int(),
      ended: z.string().nullable(),
    }),
  },
  /** Looks once more now, at all that can be asked, parents and owners of namespaces included. */
  'kernel.look': { input: z.object({ terminal: Id }), output: z.object({ count: z.number().int() }) },
  /** All that was recorded of a terminal since it has been watched. */
  'kernel.recording': { input: z.object({ terminal: Id }), output: Recording },
  /**
   * Ends what a terminal's shell has started, and removes the control groups, named network namespaces, containers of runc
   * and folders in its folder, all named `interlock-lab…`, that came while it was watched. `left` says in sentences what could not be removed;
   * empty means that it was looked, and nothing is there any more.
   */
  'kernel.clean': { input: z.object({ terminal: Id }), output: z.object({ left: z.array(z.string()) }) },
} as const

/** How many samples there are of a terminal that this page shows, and why there will be no more (null: there may be). */
export const KernelSampled = z.object({ terminal: Id, count: z.number().int(), ended: z.string().nullable() })
export type KernelSampled = z.infer<typeof KernelSampled>
