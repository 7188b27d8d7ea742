// When samples of one terminal are taken: often while something changes, seldom when nothing does, once more after each
// command; and which of them are kept. Runs in the sampling thread; knows no port.
import type { KernelSample } from '../../contract/kernel.ts'
import { patchOf } from '../../contract/merge-patch.ts'
import { ask, askRelations, run, type Run } from './ask.ts'
import type { WatchedFile } from './files.ts'
import { clock } from './messages.ts'
import { weightOf } from './news.ts'
import type { Sampler } from './sampler.ts'

export interface Watching {
  mark(status: number | null, members: readonly number[]): void
  active(): void
  /** Asks everything that can be asked; settles when its sample was taken. */
  look(members: readonly number[]): Promise<void>
  files(files: readonly WatchedFile[]): void
  /** The recording begins anew. */
  anew(began: number): void
  stop(): void
}

export interface Kept {
  first(sample: KernelSample): void
  change(change: Record<string, unknown>): void
}

/** Between two samples, in ms: while things happen, while the terminal is used, and when neither is so. */
const BUSY_MS = 100
const USED_MS = 250
const IDLE_MS = 1000
/** How long it counts as busy or used after the last time. */
const BUSY_FOR_MS = 2000
const USED_FOR_MS = 10_000
/** Numbers that only go on are kept so often. */
const COUNTERS_MS = 500
/** Sampling takes at most this part of the thread's time. */
const SHARE = 0.2
/** Everything is asked again so often while the terminal is used: not all shells say that a command has ended. */
const ASK_MS = 2000
const SEARCH_MS = 1000

export function createWatching(sampler: Sampler, uid: number, kept: Kept, began: number, start: Run = run): Watching {
  let last: KernelSample | null = null
  let [origin, keptAt, newsAt, usedAt, askedAt, searchedAt] = [began, 0, clock(), clock(), 0, 0]
  let askedFor = ''
  let timer: ReturnType<typeof setTimeout> | null = null
  let stopped = false
  let asking: Promise<void> | null = null
  let askingNext: Promise<void> | null = null
  let cost = 0

  const sample = (ended?: { status?: number }): KernelSample => {
    const before = clock()
    const now = sampler.sample(Math.max(0, before - origin), ended)
    if (last === null) {
      last = now
      kept.first(now)
    } else {
      const change = patchOf(last, now)
      const weight = ended === undefined ? weightOf(last, change) : 'news'
      if (weight === 'news') newsAt = before
      if (weight === 'news' || (weight === 'counters' && before - keptAt >= COUNTERS_MS)) {
        last = now
        keptAt = before
        kept.change(change)
      }
    }
    cost = clock() - before
    return now
  }

  const askAll = async (): Promise<void> => {
    askedAt = clock()
    const here = sampler.sample(Math.max(0, askedAt - origin))
    const constellation = sampler.constellation()
    const processes = Object.values(here.processes)
    const other = constellation !== askedFor
    const wanted = processes.flatMap(({ namespaces }) =>
      Object.entries(namespaces).flatMap(([type, inode]) => (typeof inode === 'number' ? [`${type}:${inode}`] : [])),
    )
    const asked = await ask(processes, here.host.namespaces, uid, start)
    const relations = other ? await askRelations(new Set(wanted), start) : null
    if (stopped) return
    askedFor = constellation
    sampler.take(asked, relations)
    sample()
  }
  /** One at a time; who asks while one is under way gets the next, since things may have changed meanwhile. */
  const askSoon = (): Promise<void> => {
    if (asking === null) {
      asking = askAll().finally(() => (asking = null))
      return asking
    }
    const next = (): Promise<void> | undefined => {
      askingNext = null
      return stopped ? undefined : askSoon()
    }
    askingNext ??= asking.then(next, next)
    return askingNext
  }

  const turn = (): void => {
    const now = clock()
    if (now - searchedAt > SEARCH_MS && now - usedAt < USED_FOR_MS) {
      searchedAt = now
      sampler.search()
    }
    sample()
    const used = now - usedAt < USED_FOR_MS
    const others = sampler.constellation() !== askedFor
    if (asking === null && now - askedAt > (others ? COUNTERS_MS : ASK_MS) && (used || others)) void askSoon()
    const pause = now - newsAt < BUSY_FOR_MS ? BUSY_MS : used ? USED_MS : IDLE_MS
    timer = setTimeout(turn, Math.max(pause, cost / SHARE))
  }
  const soon = (): void => {
    if (stopped) return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(turn, BUSY_MS)
  }
  turn()

  return {
    mark(status, members) {
      usedAt = clock()
      sampler.add(members)
      sampler.search()
      sample(status === null ? {} : { status })
      soon()
      void askSoon()
    },
    active() {
      const idle = clock() - usedAt > USED_FOR_MS
      usedAt = clock()
      if (idle) soon()
    },
    async look(members) {
      sampler.add(members)
      sampler.search()
      askedFor = ''
      await askSoon()
    },
    files(next) {
      sampler.watch(next)
      soon()
    },
    anew(next) {
      origin = next
      last = null
      sample()
      soon()
    },
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
