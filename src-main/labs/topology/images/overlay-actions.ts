// What a container does to its files: reads, writes with copy-up, removals with whiteouts, new directories. Only the
// topmost layer ever changes. Pure: gives new layers. Knows no input form and no drawing.
import { show } from '../figures.ts'
import { type DirectoryEntry, type Entry, type Layer, directory, listing, lookup } from './overlay.ts'

export interface OverlayAction {
  do: 'read' | 'write' | 'remove' | 'mkdir'
  path: string
}

export type Effect =
  | 'read'
  | 'copy-up'
  | 'write in place'
  | 'create'
  | 'remove'
  | 'whiteout'
  | 'new directory'
  | 'opaque directory'
  | 'error'

export interface ActionStep {
  action: OverlayAction
  effect: Effect
  /** bytes that a copy-up copies before the write */
  copied: number
  sentence: string
}

function clone(folder: DirectoryEntry): DirectoryEntry {
  const copy = directory(folder.opaque)
  for (const [name, entry] of folder.children) {
    copy.children.set(name, entry.kind === 'directory' ? clone(entry) : entry)
  }
  return copy
}

const split = (path: string): { parents: string[]; name: string } => {
  const names = path.split('/')
  return { parents: names.slice(0, -1), name: names.at(-1) ?? '' }
}

/** The directory of the layer in which the last name of a path lies; directories on the way are made when they are missing. */
function folderFor(root: DirectoryEntry, path: string): DirectoryEntry {
  let folder = root
  for (const name of split(path).parents) {
    const next = folder.children.get(name)
    if (next?.kind === 'directory') {
      folder = next
      continue
    }
    const made = directory()
    folder.children.set(name, made)
    folder = made
  }
  return folder
}

const entryIn = (root: DirectoryEntry, path: string): Entry | undefined => {
  let entry: Entry | undefined = root
  for (const name of path.split('/')) entry = entry?.kind === 'directory' ? entry.children.get(name) : undefined
  return entry
}

/** Whether the path would be seen if the topmost layer had nothing of that name: then removing it needs a whiteout. */
function liesBelow(layers: readonly Layer[], upper: DirectoryEntry, path: string): boolean {
  const without = clone(upper)
  folderFor(without, path).children.delete(split(path).name)
  const [top, ...lower] = layers
  return lookup([{ name: top?.name ?? '', root: without }, ...lower], path).found !== null
}

/**
 * Does one action. The layers that are given are not changed.
 * @param layers the topmost, which can be written, first; at least one
 */
export function act(layers: readonly Layer[], action: OverlayAction): { layers: Layer[]; step: ActionStep } {
  const [top, ...lower] = layers
  if (top === undefined) throw new RangeError('an overlay has at least one layer')
  const { path } = action
  const { parents, name } = split(path)
  const { found } = lookup(layers, path)
  const parent = lookup(layers, parents.join('/')).found
  const root = clone(top.root)
  const end = (effect: Effect, sentence: string, copied = 0): { layers: Layer[]; step: ActionStep } => {
    const unchanged = effect === 'error' || effect === 'read'
    return {
      layers: unchanged ? [...layers] : [{ name: top.name, root }, ...lower],
      step: { action, effect, copied, sentence },
    }
  }
  const parentName = parents.length === 0 ? 'the root' : parents.join('/')
  if (parent === null) return end('error', `${parentName} does not exist (ENOENT).`)
  if (parent.kind === 'file') return end('error', `${parentName} is a file, not a directory (ENOTDIR).`)

  switch (action.do) {
    case 'read':
      if (found === null) return end('error', `${path} does not exist (ENOENT).`)
      return end('read', `${path} is read from ${found.layer}; nothing is copied.`)
    case 'write': {
      if (found?.kind === 'directory') return end('error', `${path} is a directory (EISDIR).`)
      if (found?.layer === top.name)
        return end('write in place', `${path} is in ${top.name} already and is changed there.`)
      folderFor(root, path).children.set(name, { kind: 'file', size: found?.size ?? 0 })
      if (found === null) return end('create', `${path} is new and is made in ${top.name}.`)
      const bytes = found.size > 0 ? ` (${show(found.size)} bytes)` : ''
      const sentence = `${path} is copied up whole from ${found.layer} to ${top.name}${bytes}, then changed there; ${found.layer} stays as it was.`
      return end('copy-up', sentence, found.size)
    }
    case 'remove': {
      if (found === null) return end('error', `${path} does not exist (ENOENT).`)
      const below = liesBelow(layers, top.root, path)
      const folder = folderFor(root, path)
      if (!below) {
        folder.children.delete(name)
        return end('remove', `${path} is only in ${top.name} and is removed there.`)
      }
      folder.children.set(name, { kind: 'whiteout' })
      return end('whiteout', `${top.name} gets a whiteout for ${path}; the layers below keep it.`)
    }
    case 'mkdir': {
      if (found !== null) return end('error', `${path} exists already (EEXIST).`)
      const hides = entryIn(top.root, path)?.kind === 'whiteout'
      folderFor(root, path).children.set(name, directory(hides))
      return hides
        ? end(
            'opaque directory',
            `${path} takes the place of a whiteout, so it is opaque: the old content stays hidden.`,
          )
        : end('new directory', `${path} is made in ${top.name}.`)
    }
  }
}

/** Does the actions one after the other; an action that fails changes nothing. */
export function actAll(
  layers: readonly Layer[],
  actions: readonly OverlayAction[],
): { layers: Layer[]; steps: (ActionStep & { listing: string[] })[] } {
  let now = [...layers]
  const steps = actions.map((action) => {
    const done = act(now, action)
    now = done.layers
    return { ...done.step, listing: listing(now).map(({ path }) => path) }
  })
  return { layers: now, steps }
}
