// Reading the layers of an image from the forms that people write: lists of paths, with whiteouts as in an image's
// archive (.wh.name, .wh..wh..opq) or as lists of their own. Knows no formula.
import { MAX_LAYER_PATHS, MAX_LAYERS } from '../../../contract/limits.ts'
import { bad, said } from '../../../contract/operation-input.ts'
import { show } from '../figures.ts'
import { type DirectoryEntry, directory, type Entry, type Layer } from '../images/overlay.ts'
import { type Fields, readChoice, readList, readName, readNamed, readNumber, refuseTwice } from './input.ts'

const WHITEOUT = '.wh.'
const OPAQUE = '.wh..wh..opq'

/** "/etc/hosts/" as ["etc", "hosts"], and whether it ends with a slash. @throws InterlockError `bad-input` */
export function readPath(value: unknown, at: string): { path: string; folder: boolean } {
  if (typeof value !== 'string') throw bad(at, `expected a path such as "etc/hosts", found ${said(value)}.`)
  const names = value.split('/').filter((name) => name !== '' && name !== '.')
  if (names.length === 0 || names.includes('..') || names.length > 100) {
    throw bad(at, `expected a path such as "etc/hosts", without "..", found ${said(value)}.`)
  }
  return { path: names.join('/'), folder: value.endsWith('/') }
}

/** Puts an entry into a layer; directories on the way are made. */
function put(root: DirectoryEntry, path: string, entry: Entry, at: string): void {
  const names = path.split('/')
  const name = names.pop() ?? ''
  let folder = root
  for (const [depth, parent] of names.entries()) {
    const next = folder.children.get(parent) ?? directory()
    if (next.kind !== 'directory') {
      throw bad(at, `${names.slice(0, depth + 1).join('/')} is a ${next.kind} in this layer, so nothing can be in it.`)
    }
    folder.children.set(parent, next)
    folder = next
  }
  const before = folder.children.get(name)
  if (before?.kind === 'directory' && entry.kind === 'directory') {
    before.opaque ||= entry.opaque
    return
  }
  if (before !== undefined) throw bad(at, `${path} is in this layer already, as a ${before.kind}. Keep one.`)
  folder.children.set(name, entry)
}

/** One path of a layer: a file, a directory with a slash at its end, or a whiteout in the form of an archive. */
function putPath(root: DirectoryEntry, value: unknown, at: string): void {
  const { path, folder } = readPath(value, at)
  const names = path.split('/')
  const name = names.pop() ?? ''
  if (name === OPAQUE) {
    if (names.length === 0) root.opaque = true
    else put(root, names.join('/'), directory(true), at)
  } else if (name.startsWith(WHITEOUT)) {
    put(root, [...names, readName(name.slice(WHITEOUT.length), at)].join('/'), { kind: 'whiteout' }, at)
  } else put(root, path, folder ? directory() : { kind: 'file', size: 0 }, at)
}

/** Entries as an object: {"etc/hosts": 120, "tmp": "directory", "old": "whiteout"}; a number is a size in bytes. */
function putNamed(root: DirectoryEntry, entries: Fields, at: string): void {
  for (const [given, value] of Object.entries(entries)) {
    const place = `${at}.${given}`
    const { path, folder } = readPath(given, place)
    if (typeof value === 'number') {
      put(root, path, { kind: 'file', size: readNumber(value, place, { whole: true }) }, place)
      continue
    }
    const kind = readChoice(value, place, ['file', 'directory', 'opaque', 'whiteout'])
    if (kind === 'whiteout') put(root, path, { kind }, place)
    else if (kind === 'file' && !folder) put(root, path, { kind, size: 0 }, place)
    else put(root, path, directory(kind === 'opaque'), place)
  }
}

const FORM = '["a", "etc/hosts", "tmp/", ".wh.old"]'

function readLayer(value: unknown, at: string, usual: string): Layer {
  const root = directory()
  if (Array.isArray(value)) {
    readList(value, at, FORM, 0).forEach((path, index) => putPath(root, path, `${at}[${index}]`))
    return { name: usual, root }
  }
  const fields = readNamed(value, { whiteout: 'whiteouts', entries: 'files' }, at)
  const known = ['name', 'files', 'directories', 'opaque', 'whiteouts']
  const keys = Object.keys(fields)
  if (keys.length > 0 && !keys.some((field) => known.includes(field))) {
    putNamed(root, fields, at)
    return { name: usual, root }
  }
  const { files } = fields
  if (Array.isArray(files)) {
    readList(files, `${at}.files`, FORM, 0).forEach((path, index) => putPath(root, path, `${at}.files[${index}]`))
  } else if (files !== undefined) putNamed(root, readNamed(files, {}, `${at}.files`), `${at}.files`)
  const lists: [field: string, entry: () => Entry][] = [
    ['directories', () => directory()],
    ['opaque', () => directory(true)],
    ['whiteouts', () => ({ kind: 'whiteout' })],
  ]
  for (const [field, entry] of lists) {
    if (fields[field] === undefined) continue
    readList(fields[field], `${at}.${field}`, '["old"]', 0).forEach((given, index) => {
      const place = `${at}.${field}[${index}]`
      put(root, readPath(given, place).path, entry(), place)
    })
  }
  const strange = keys.find((field) => !known.includes(field))
  if (strange !== undefined) throw bad(`${at}.${strange}`, `a layer has only ${known.join(', ')}.`)
  return { name: fields['name'] === undefined ? usual : readName(fields['name'], `${at}.name`), root }
}

/** The upper layer, with whiteouts and opaque directories that stand beside a list. */
function upperOf({ upper, whiteouts, opaque }: Fields): unknown {
  if (whiteouts === undefined && opaque === undefined) return upper ?? []
  if (upper !== undefined && !Array.isArray(upper)) {
    throw bad(
      whiteouts === undefined ? 'opaque' : 'whiteouts',
      'the upper layer is an object already. Put it in there.',
    )
  }
  return {
    files: upper ?? [],
    ...(whiteouts === undefined ? {} : { whiteouts }),
    ...(opaque === undefined ? {} : { opaque }),
  }
}

function pathsIn(folder: DirectoryEntry): number {
  let count = folder.children.size
  for (const entry of folder.children.values()) if (entry.kind === 'directory') count += pathsIn(entry)
  return count
}

/**
 * The layers, the topmost first: from `layers`, or from `upper` and `lower`, where several lower ones are listed from the
 * top down as in the mount option lowerdir.
 * @throws InterlockError `bad-input`
 */
export function readLayers(fields: Fields): Layer[] {
  const { layers: all, lower } = fields
  let layers: Layer[]
  if (all !== undefined) {
    const list = readList(all, 'layers', '[["a"], ["a", "c"]]', 1, MAX_LAYERS)
    layers = list.map((layer, index) => readLayer(layer, `layers[${index}]`, `layer ${list.length - index}`))
  } else {
    // A list of lists or objects is several layers; a list of paths is one.
    const several = Array.isArray(lower) && lower.length > 0 && lower.every((one) => typeof one === 'object')
    const list = several ? readList(lower, 'lower', '[["a"], ["c"]]', 1, MAX_LAYERS - 1) : [lower]
    layers = [
      readLayer(upperOf(fields), 'upper', 'upper'),
      ...list.map((layer, index) =>
        readLayer(
          layer,
          several ? `lower[${index}]` : 'lower',
          several && list.length > 1 ? `lower ${index + 1}` : 'lower',
        ),
      ),
    ]
  }
  refuseTwice(
    layers.map(({ name }) => name),
    all === undefined ? 'lower' : 'layers',
  )
  const paths = layers.reduce((sum, { root }) => sum + pathsIn(root), 0)
  if (paths > MAX_LAYER_PATHS) {
    throw bad('layers', `there are ${show(paths)} paths, and ${show(MAX_LAYER_PATHS)} are the most. Leave some out.`)
  }
  return layers
}
