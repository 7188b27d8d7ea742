// What one page sees of the kernel: samples and recordings of the terminals that it shows, and of no others.
import type { HostApi } from '../contract/api.ts'
import type { Kernel } from '../services/kernel/index.ts'
import type { Terminals } from '../services/terminal/index.ts'
import type { Handlers } from './serve.ts'
import type { Push, SessionTerminals } from './session-terminals.ts'

type KernelCalls = Extract<keyof HostApi, `kernel.${string}`>

export interface SessionKernel {
  handlers: Pick<Handlers<HostApi>, KernelCalls>
  /** The page is gone. */
  end(): void
}

/** @param shown the terminals that this page shows */
export function createSessionKernel(
  kernel: Kernel,
  terminals: Terminals,
  shown: SessionTerminals,
  push: Push,
): SessionKernel {
  /** stands for this page */
  const watcher = {}
  const watched = new Set<string>()

  const leave = (id: string): void => {
    watched.delete(id)
    kernel.unwatch(id, watcher)
  }

  return {
    handlers: {
      'kernel.machine': () => kernel.machine(),
      'kernel.watch': async ({ terminal, experiment, files, anew }) => {
        shown.own(terminal)
        watched.add(terminal)
        return kernel.watch(terminals.find(terminal), watcher, { experiment, files, anew }, (sampled) => {
          if (shown.shows(terminal)) push('kernel-sampled', sampled)
          else leave(terminal)
        })
      },
      'kernel.unwatch': ({ terminal }) => {
        shown.own(terminal)
        leave(terminal)
        return {}
      },
      'kernel.read': ({ terminal, from }) => {
        shown.own(terminal)
        return kernel.read(terminal, from)
      },
      'kernel.look': ({ terminal }) => {
        shown.own(terminal)
        return kernel.look(terminal)
      },
      'kernel.recording': ({ terminal }) => {
        shown.own(terminal)
        return kernel.recording(terminal)
      },
      'kernel.clean': ({ terminal }) => {
        shown.own(terminal)
        return kernel.clean(terminal)
      },
    },
    end() {
      for (const id of [...watched]) leave(id)
    },
  }
}
