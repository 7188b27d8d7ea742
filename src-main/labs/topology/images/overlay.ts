// Layers of an image as overlayfs joins them: lookup from the top, merged directories, whiteouts, opaque directories.
// Paths have no slash at their ends and "" is the root. Pure; knows no input form and no drawing.

export interface FileEntry {
  kind: 'file'
  /** bytes; 0 when nobody said it */
  size: number
}

export interface DirectoryEntry {
  kind: 'directory'
  /** hides everything of the same directory in the layers below */
  opaque: boolean
  children: Map<string, Entry>
}

/** A character device 0,0: the name is gone, whatever the layers below say. */
export interface WhiteoutEntry {
  kind: 'whiteout'
}

export type Entry = FileEntry | DirectoryEntry | WhiteoutEntry

export interface Layer {
  name: string
  root: DirectoryEntry
}

export const directory = (opaque = false): DirectoryEntry => ({ kind: 'directory', opaque, children: new Map() })

/** One layer that a lookup looks into, and what it finds there. */
export interface LookupStep {
  path: string
  layer: string
  finds: 'file' | 'directory' | 'opaque directory' | 'whiteout' | 'nothing'
  /** what the lookup does with it */
  sentence: string
}

export interface Found {
  kind: 'file' | 'directory'
  path: string
  /** the layer it comes from; of a directory the topmost */
  layer: string
  /** of a directory all layers that are merged, the topmost first */
  layers: string[]
  size: number
}

/** A directory as it is seen: its parts in the layers, the topmost first. */
interface Merged {
  layer: string
  entry: DirectoryEntry
}

interface Resolved {
  found: Found | null
  merged: Merged[]
  steps: LookupStep[]
}

/** What a name in a merged directory is: the first layer that has it decides; directories below it join. */
function resolve(parent: readonly Merged[], path: string, name: string): Resolved {
  const steps: LookupStep[] = []
  const merged: Merged[] = []
  const step = (layer: string, finds: LookupStep['finds'], sentence: string): void =>
    void steps.push({ path, layer, finds, sentence })
  for (const { layer, entry: folder } of parent) {
    const entry = folder.children.get(name)
    if (entry === undefined) step(layer, 'nothing', `${layer} has no ${path}; look below.`)
    else if (entry.kind === 'whiteout') {
      step(layer, 'whiteout', `${layer} has a whiteout for ${path}: what lies below is hidden.`)
      break
    } else if (entry.kind === 'file') {
      if (merged.length > 0) {
        step(layer, 'file', `${layer} has a file where a directory is above it: it is hidden.`)
        break
      }
      step(layer, 'file', `${layer} has ${path}: it comes from here.`)
      return { found: { kind: 'file', path, layer, layers: [layer], size: entry.size }, merged, steps }
    } else {
      merged.push({ layer, entry })
      if (entry.opaque) {
        step(layer, 'opaque directory', `${layer} has ${path} as an opaque directory: what lies below is hidden.`)
        break
      }
      step(layer, 'directory', `${layer} has the directory ${path}; directories below join it.`)
    }
  }
  const [top] = merged
  if (top === undefined) return { found: null, merged, steps }
  const layers = merged.map(({ layer }) => layer)
  return { found: { kind: 'directory', path, layer: top.layer, layers, size: 0 }, merged, steps }
}

const rootOf = (layers: readonly Layer[]): Merged[] => layers.map(({ name, root }) => ({ layer: name, entry: root }))

/**
 * Looks a path up, name by name, each from the topmost layer down (Linux, Documentation/filesystems/overlayfs.rst).
 * @param layers the topmost first
 * @returns null as `found` when there is no such path; the steps tell why
 */
export function lookup(layers: readonly Layer[], path: string): { found: Found | null; steps: LookupStep[] } {
  const all = layers.map(({ name }) => name)
  let merged = rootOf(layers)
  let found: Found | null = { kind: 'directory', path: '', layer: all[0] ?? '', layers: all, size: 0 }
  const steps: LookupStep[] = []
  let so = ''
  for (const name of path === '' ? [] : path.split('/')) {
    so = so === '' ? name : `${so}/${name}`
    const next = resolve(merged, so, name)
    steps.push(...next.steps)
    found = next.found
    merged = next.merged
    if (merged.length === 0) {
      // A file ends the path; names behind it are not there.
      if (so !== path) found = null
      break
    }
  }
  return { found, steps }
}

export interface Hidden {
  path: string
  layer: string
  /** the layer whose entry hides it */
  by: string
}

/** Everything that can be seen, parents before children, names in order. @param layers the topmost first */
export function listing(layers: readonly Layer[]): Found[] {
  const seen: Found[] = []
  const visit = (merged: readonly Merged[], path: string): void => {
    const names = new Set(merged.flatMap(({ entry }) => [...entry.children.keys()]))
    for (const name of [...names].sort()) {
      const at = path === '' ? name : `${path}/${name}`
      const { found, merged: below } = resolve(merged, at, name)
      if (found === null) continue
      seen.push(found)
      if (below.length > 0) visit(below, at)
    }
  }
  visit(rootOf(layers), '')
  return seen
}

/** Every file and directory of a layer with its path, and its whiteouts; parents before children, names in order. */
export function entriesOf({ root }: Layer): { path: string; entry: Entry }[] {
  const all: { path: string; entry: Entry }[] = []
  const visit = (folder: DirectoryEntry, path: string): void => {
    for (const name of [...folder.children.keys()].sort()) {
      const entry = folder.children.get(name)!
      const at = path === '' ? name : `${path}/${name}`
      all.push({ path: at, entry })
      if (entry.kind === 'directory') visit(entry, at)
    }
  }
  visit(root, '')
  return all
}

/** Files in a layer that cannot be seen, and which layer hides them. @param layers the topmost first */
export function hiddenFiles(layers: readonly Layer[]): Hidden[] {
  const hidden: Hidden[] = []
  for (const [depth, layer] of layers.entries()) {
    for (const { path, entry } of entriesOf(layer)) {
      if (entry.kind !== 'file' || lookup(layers, path).found?.layer === layer.name) continue
      // The lowest layer above it without which it would still be hidden from all layers between is the one that hides it.
      let by = depth
      while (by > 0 && lookup(layers.slice(by - 1, depth + 1), path).found?.layer === layer.name) by -= 1
      hidden.push({ path, layer: layer.name, by: layers[by - 1]?.name ?? layer.name })
    }
  }
  return hidden
}
