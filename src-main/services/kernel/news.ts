// Whether a sample says anything that the one before it did not. Numbers that go on by themselves are told now and then
// while they move, everything else at once. Pure.
import type { KernelSample } from '../../contract/kernel.ts'
import { isCounter } from './groups.ts'

/** `nothing`: time has passed. `counters`: numbers have gone on. `news`: something happened. */
export type Weight = 'nothing' | 'counters' | 'news'

type Tree = Readonly<Record<string, unknown>>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const children = (tree: unknown): [string, unknown][] => (isTree(tree) ? Object.entries(tree) : [])

/** States between which a program goes many times a second by doing its work. */
const working = new Set(['R', 'S', 'D'])

/**
 * How much a change weighs.
 * @param before the sample that the change starts from
 * @param change merge patch that leads from it to the next sample
 */
export function weightOf(before: KernelSample, change: Tree): Weight {
  let counters = false
  for (const [part, value] of Object.entries(change)) {
    if (part === 'time' || (part === 'ended' && value === null)) continue
    for (const weight of weights(part, value, before)) {
      if (weight === 'news') return 'news'
      counters ||= weight === 'counters'
    }
  }
  return counters ? 'counters' : 'nothing'
}

function* weights(part: string, value: unknown, before: KernelSample): Iterable<Weight> {
  if (part === 'processes') {
    for (const [pid, facts] of children(value)) yield* ofProcess(facts, before.processes[pid]?.state)
  } else if (part === 'networks') {
    for (const [inode, interfaces] of children(value)) {
      // The machine's own interfaces carry everything that goes on on it.
      const own = Number(inode) === before.host.namespaces.net
      yield* ofInterfaces(interfaces, own ? 'nothing' : 'counters')
    }
  } else if (part === 'cgroups') {
    for (const [, groups] of children(value)) for (const [, files] of children(groups)) yield* ofGroup(files)
  } else if (part === 'files') {
    for (const [, files] of children(value)) {
      for (const [, facts] of children(files)) {
        yield isTree(facts) && Object.keys(facts).every((key) => key === 'size') ? 'counters' : 'news'
      }
    }
  } else yield 'news'
}

function* ofProcess(facts: unknown, state: string | undefined): Iterable<Weight> {
  if (!isTree(facts)) yield 'news'
  for (const [key, value] of children(facts)) {
    if (key === 'cpu' || key === 'wchan') yield 'counters'
    // A shell blocks signals for a moment around whatever it starts.
    else if (key === 'signals' && isTree(value)) yield Object.keys(value).join() === 'blocked' ? 'counters' : 'news'
    else if (key === 'state' && working.has(String(value)) && working.has(state ?? '')) yield 'counters'
    else yield 'news'
  }
}

function* ofInterfaces(interfaces: unknown, counting: Weight): Iterable<Weight> {
  if (!isTree(interfaces)) yield 'news'
  for (const [, facts] of children(interfaces)) {
    const keys = isTree(facts) ? Object.keys(facts) : ['gone']
    yield keys.every((key) => key === 'received' || key === 'sent') ? counting : 'news'
  }
}

function* ofGroup(files: unknown): Iterable<Weight> {
  if (!isTree(files)) yield 'news'
  for (const [name, text] of children(files)) yield isCounter(name) && text !== null ? 'counters' : 'news'
}
