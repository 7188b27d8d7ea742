// The thread that samples: one watching for each terminal, told by messages. Ends with the host.
import { parentPort } from 'node:worker_threads'
import { type FromThread, type ToThread } from './messages.ts'
import { createSampler } from './sampler.ts'
import { createWatching, type Watching } from './watching.ts'

const port = parentPort
if (port === null) throw new Error('This file runs as a worker thread.')
const tell = (message: FromThread): void => port.postMessage(message)
const uid = process.getuid?.() ?? 0
const all = new Map<string, { watching: Watching; generation: { now: number } }>()

function watch({
  terminal,
  generation: number,
  shell,
  folder,
  files,
  began,
}: Extract<ToThread, { do: 'watch' }>): void {
  const there = all.get(terminal)
  if (there !== undefined) {
    const anew = there.generation.now !== number
    there.generation.now = number
    there.watching.files(files)
    if (anew) there.watching.anew(began)
    return
  }
  const generation = { now: number }
  const kept = {
    first: (sample: Extract<FromThread, { tells: 'first' }>['sample']): void =>
      tell({ tells: 'first', terminal, generation: generation.now, sample, size: JSON.stringify(sample).length }),
    change: (change: Record<string, unknown>): void =>
      tell({ tells: 'change', terminal, generation: generation.now, change, size: JSON.stringify(change).length }),
  }
  const sampler = createSampler({ shell, folder, files, uid })
  all.set(terminal, { watching: createWatching(sampler, uid, kept, began), generation })
}

port.on('message', (message: ToThread) => {
  if (message.do === 'watch') {
    watch(message)
    return
  }
  const watching = all.get(message.terminal)?.watching
  if (message.do === 'mark') watching?.mark(message.status, message.members)
  else if (message.do === 'active') watching?.active()
  else if (message.do === 'files') watching?.files(message.files)
  else if (message.do === 'look') {
    const { terminal, question } = message
    void (watching?.look(message.members) ?? Promise.resolve()).finally(() =>
      tell({ tells: 'looked', terminal, question }),
    )
  } else {
    watching?.stop()
    all.delete(message.terminal)
  }
})

process.on('unhandledRejection', (reason) => {
  tell({ tells: 'failed', sentence: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason) })
})
