// Layers: what is seen against unpacking them one over the other, actions against a plain file system.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { act, actAll, type OverlayAction } from '../../../../../src-main/labs/topology/images/overlay-actions.ts'
import {
  directory,
  type DirectoryEntry,
  entriesOf,
  hiddenFiles,
  type Layer,
  listing,
  lookup,
} from '../../../../../src-main/labs/topology/images/overlay.ts'

type Plan = { kind: 'file' | 'whiteout' } | { kind: 'directory'; opaque: boolean; children: Record<string, Plan> }

const name = fc.constantFrom('a', 'b', 'c')
const tree: fc.Arbitrary<Record<string, Plan>> = fc.letrec<{ node: Plan; folder: Record<string, Plan> }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Plan>({ kind: 'file' }),
    fc.constant<Plan>({ kind: 'whiteout' }),
    fc.record({ kind: fc.constant('directory' as const), opaque: fc.boolean(), children: tie('folder') }),
  ),
  folder: fc.dictionary(name, tie('node'), { maxKeys: 3 }),
})).folder

function build(plan: Record<string, Plan>): DirectoryEntry {
  const folder = directory()
  for (const [key, one] of Object.entries(plan)) {
    if (one.kind === 'directory') folder.children.set(key, { ...build(one.children), opaque: one.opaque })
    else folder.children.set(key, one.kind === 'file' ? { kind: 'file', size: 0 } : { kind: 'whiteout' })
  }
  return folder
}

const stacks: fc.Arbitrary<Layer[]> = fc
  .array(tree, { minLength: 1, maxLength: 4 })
  .map((plans) => plans.map((plan, index) => ({ name: `L${index}`, root: build(plan) })))

/** path to the layer it comes from; directories end with a slash */
type Disk = Map<string, string>

const inside = (path: string, folder: string): boolean => path.startsWith(`${folder}/`)

/** Unpacks the layers as an archive tool would, the lowest first: each writes over what is there. */
function unpack(layers: readonly Layer[]): Disk {
  const disk: Disk = new Map()
  const clear = (path: string): void => {
    for (const key of [...disk.keys()]) if (key === path || key === `${path}/` || inside(key, path)) disk.delete(key)
  }
  for (const layer of [...layers].reverse()) {
    for (const { path, entry } of entriesOf(layer)) {
      if (entry.kind === 'whiteout') clear(path)
      else if (entry.kind === 'file') {
        clear(path)
        disk.set(path, layer.name)
      } else {
        if (disk.has(path) || entry.opaque) clear(path)
        disk.set(`${path}/`, layer.name)
      }
    }
  }
  return disk
}

const seen = (layers: readonly Layer[]): [string, string][] =>
  listing(layers).map(({ kind, path, layer }) => [kind === 'directory' ? `${path}/` : path, layer])

describe('layers', () => {
  test('show what unpacking them one over the other leaves, and where it came from', () => {
    fc.assert(
      fc.property(stacks, (layers) => {
        expect(seen(layers).sort()).toEqual([...unpack(layers)].sort())
      }),
      { numRuns: 500 },
    )
  })

  test('a path is found exactly when it is listed', () => {
    const paths = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
    fc.assert(
      fc.property(stacks, paths, (layers, path) => {
        const listed = listing(layers).find((one) => one.path === path) ?? null
        const { found, steps } = lookup(layers, path)
        expect(found).toEqual(listed)
        expect(steps.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  test('name the layer that hides a file: with it the file is gone, without it and those above it is there', () => {
    fc.assert(
      fc.property(stacks, (layers) => {
        for (const { path, layer, by } of hiddenFiles(layers)) {
          const [top, own] = [by, layer].map((one) => layers.findIndex((other) => other.name === one)) as [
            number,
            number,
          ]
          expect(lookup(layers.slice(top, own + 1), path).found?.layer).not.toBe(layer)
          expect(lookup(layers.slice(top + 1, own + 1), path).found?.layer).toBe(layer)
        }
        const files = layers.flatMap((layer) => entriesOf(layer).filter(({ entry }) => entry.kind === 'file'))
        const visible = listing(layers).filter(({ kind }) => kind === 'file')
        expect(hiddenFiles(layers).length + visible.length).toBe(files.length)
      }),
    )
  })

  test('tell each step of a lookup', () => {
    const lower = directory()
    lower.children.set('c', { kind: 'file', size: 0 })
    const upper = directory()
    upper.children.set('c', { kind: 'whiteout' })
    const layers = [
      { name: 'upper', root: upper },
      { name: 'lower', root: lower },
    ]
    expect(lookup(layers, 'c').steps).toEqual([
      {
        path: 'c',
        layer: 'upper',
        finds: 'whiteout',
        sentence: 'upper has a whiteout for c: what lies below is hidden.',
      },
    ])
  })
})

describe('what a container does', () => {
  const actions: fc.Arbitrary<OverlayAction[]> = fc.array(
    fc.record({
      do: fc.constantFrom('read', 'write', 'remove', 'mkdir'),
      path: fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/')),
    }),
    { maxLength: 12 },
  )

  /** The same on one plain disk without layers; false when it fails. */
  function plain(disk: Set<string>, { do: verb, path }: OverlayAction): boolean {
    const parent = path.split('/').slice(0, -1).join('/')
    if (parent !== '' && !disk.has(`${parent}/`)) return false
    const [file, folder] = [disk.has(path), disk.has(`${path}/`)]
    if (verb === 'read') return file || folder
    if (verb === 'write') {
      if (folder) return false
      disk.add(path)
      return true
    }
    if (verb === 'mkdir') {
      if (file || folder) return false
      disk.add(`${path}/`)
      return true
    }
    if (!file && !folder) return false
    for (const key of [...disk]) if (key === path || key === `${path}/` || inside(key, path)) disk.delete(key)
    return true
  }

  test('looks like a plain file system, and the layers below never change', () => {
    fc.assert(
      fc.property(stacks, actions, (layers, list) => {
        const before = JSON.stringify(layers.slice(1).map(entriesOf))
        const disk = new Set(seen(layers).map(([path]) => path))
        let now = layers
        for (const action of list) {
          const top = JSON.stringify(entriesOf(now[0]!).map(({ path, entry }) => [path, entry.kind]))
          const done = act(now, action)
          expect(done.step.effect !== 'error').toBe(plain(disk, action))
          // The action gives new layers and leaves those it was given.
          expect(JSON.stringify(entriesOf(now[0]!).map(({ path, entry }) => [path, entry.kind]))).toBe(top)
          now = done.layers
          expect(
            seen(now)
              .map(([path]) => path)
              .sort(),
          ).toEqual([...disk].sort())
        }
        expect(JSON.stringify(now.slice(1).map(entriesOf))).toBe(before)
      }),
      { numRuns: 400 },
    )
  })

  test('copies a file up whole the first time, and only then', () => {
    const lower = directory()
    lower.children.set('log', { kind: 'file', size: 5_000_000 })
    const layers = [
      { name: 'upper', root: directory() },
      { name: 'lower', root: lower },
    ]
    const write = { do: 'write', path: 'log' } as const
    const { steps } = actAll(layers, [
      write,
      write,
      { do: 'remove', path: 'log' },
      write,
      { do: 'remove', path: 'log' },
    ])
    expect(steps.map(({ effect, copied }) => [effect, copied])).toEqual([
      ['copy-up', 5_000_000],
      ['write in place', 0],
      ['whiteout', 0],
      ['create', 0],
      ['whiteout', 0],
    ])
  })

  test('makes a directory opaque that takes the place of a removed one', () => {
    const lower = directory()
    const old = directory()
    old.children.set('secret', { kind: 'file', size: 0 })
    lower.children.set('d', old)
    const layers = [
      { name: 'upper', root: directory() },
      { name: 'lower', root: lower },
    ]
    const done = actAll(layers, [
      { do: 'remove', path: 'd' },
      { do: 'mkdir', path: 'd' },
    ])
    expect(done.steps.map(({ effect }) => effect)).toEqual(['whiteout', 'opaque directory'])
    expect(listing(done.layers).map(({ path }) => path)).toEqual(['d'])
  })
})
