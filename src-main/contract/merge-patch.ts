// JSON merge patches (RFC 7396), by which a recording keeps of each sample only what differs from the one before it.
// Runtime-free. Knows what a recording is, and of a sample no more than its schema.
import { InterlockError } from './errors.ts'
import { firstIssue } from './issues.ts'
import { KernelSample, type Recording } from './kernel.ts'

type Tree = Record<string, unknown>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members of an object without those that hold nothing: JSON has no such members. */
const membersOf = (tree: Tree): [string, unknown][] => Object.entries(tree).filter(([, value]) => value !== undefined)

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => same(value, other[index]))
  }
  if (!isTree(one) || !isTree(other)) return false
  const [members, count] = [membersOf(one), membersOf(other).length]
  return (
    members.length === count && members.every(([key, value]) => Object.hasOwn(other, key) && same(value, other[key]))
  )
}

/**
 * The merge patch that makes `next` of `before`; empty when they are equal. Lists are exchanged as a whole.
 * @param next must hold no null in an object, since there null stands for "taken away" (RFC 7396, section 1)
 */
export function patchOf(before: object, next: object): Tree {
  const [old, now] = [before as Tree, next as Tree]
  const changes: [string, unknown][] = []
  for (const [key, value] of membersOf(now)) {
    const was = Object.hasOwn(old, key) ? old[key] : undefined
    // Neighbouring samples share what did not change, which is most of them.
    if (was === value) continue
    if (isTree(was) && isTree(value)) {
      const inner = patchOf(was, value)
      if (Object.keys(inner).length > 0) changes.push([key, inner])
    } else if (!same(was, value)) changes.push([key, value])
  }
  for (const [key] of membersOf(old)) {
    if (!Object.hasOwn(now, key) || now[key] === undefined) changes.push([key, null])
  }
  // Not by assignment: a member may be named __proto__.
  return Object.fromEntries(changes)
}

/** A document with a merge patch applied (RFC 7396, section 2). Parts that the patch does not touch are shared. */
export function patched(before: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch
  const members = new Map(isTree(before) ? Object.entries(before) : [])
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) members.delete(key)
    else members.set(key, patched(members.get(key), value))
  }
  return Object.fromEntries(members)
}

/**
 * All samples of a recording, whole, in order. Parts that do not change are shared between them.
 * @throws InterlockError `invalid-document` when a change does not lead to a sample
 */
export function samplesOf(recording: Pick<Recording, 'first' | 'changes'>): KernelSample[] {
  const samples = [recording.first]
  let last: unknown = recording.first
  for (const [index, change] of recording.changes.entries()) {
    last = patched(last, change)
    const checked = KernelSample.safeParse(last)
    if (!checked.success) {
      const { at, expected, found } = firstIssue(checked.error, last)
      throw new InterlockError(
        'invalid-document',
        `Change ${index + 1} of this recording does not lead to a sample: at "${at}" expected ${expected}, found ${found}. Record the run again.`,
        { at: `changes[${index}]` },
      )
    }
    // Not the checked copy: that one would share nothing with its neighbours.
    samples.push(last as KernelSample)
  }
  return samples
}
