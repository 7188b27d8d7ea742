// The operation `topology.overlay`: what is seen through the layers of an image, where it comes from, and what writes and
// removals do to the topmost layer.
import type { Operation } from '../../../contract/lab.ts'
import { anything } from '../../../contract/operation-input.ts'
import { actAll, type OverlayAction } from '../images/overlay-actions.ts'
import { entriesOf, hiddenFiles, type Layer, listing, lookup } from '../images/overlay.ts'
import { kindOf, type Question, readChoice, readList, readNamed } from './input.ts'
import { readLayers, readPath } from './overlay-input.ts'

/** Most actions of one question: each shows the whole listing. */
const MAX_ACTIONS = 100

const questions: readonly Question<'layers' | 'upper'>[] = [
  { kind: 'layers', needs: ['layers'], may: ['lookup', 'actions'] },
  { kind: 'upper', needs: ['lower'], may: ['upper', 'whiteouts', 'opaque', 'lookup', 'actions'] },
]

/** An action as {"do": "write", "path": "a"}, ["write", "a"] or "write a". */
function readAction(value: unknown, index: number): OverlayAction {
  const at = `actions[${index}]`
  const parts: unknown = typeof value === 'string' ? value.trim().split(/\s+/) : value
  const fields = Array.isArray(parts)
    ? { do: parts[0] as unknown, path: parts[1] as unknown }
    : readNamed(parts, {}, at)
  const verb = fields['do'] === 'delete' || fields['do'] === 'rm' ? 'remove' : fields['do']
  return {
    do: readChoice(verb, `${at}.do`, ['read', 'write', 'remove', 'mkdir']),
    path: readPath(fields['path'], `${at}.path`).path,
  }
}

/** The entries of a layer as a person reads them: "a", "etc/", "etc/ (opaque)", "c (whiteout)". */
function contentOf(layer: Layer): string[] {
  return entriesOf(layer).map(({ path, entry }) => {
    if (entry.kind === 'file') return path
    return entry.kind === 'whiteout' ? `${path} (whiteout)` : `${path}/${entry.opaque ? ' (opaque)' : ''}`
  })
}

function run(input: unknown): object {
  const fields = readNamed(input, { paths: 'lookup', path: 'lookup', operations: 'actions' })
  kindOf(fields, questions)
  const layers = readLayers(fields)
  const actions =
    fields['actions'] === undefined
      ? []
      : readList(fields['actions'], 'actions', '["write c", "remove a"]', 0, MAX_ACTIONS).map(readAction)
  const asked = fields['lookup']
  const wanted = asked === undefined ? [] : Array.isArray(asked) ? readList(asked, 'lookup', '["a"]') : [asked]
  const paths = wanted.map((path, index) => readPath(path, Array.isArray(asked) ? `lookup[${index}]` : 'lookup').path)

  const done = actAll(layers, actions)
  const seen = listing(done.layers)
  const lookups = paths.map((path) => {
    const { found, steps } = lookup(done.layers, path)
    const from = found === null ? null : found.layer
    return { path, found: found !== null, kind: found?.kind ?? null, from, steps }
  })
  return {
    listing: seen.map(({ path }) => path),
    from: Object.fromEntries(seen.map(({ path, layer }) => [path, layer])),
    entries: seen.map(({ path, kind, layer, layers: merged }) => ({ path, kind, from: layer, layers: merged })),
    hidden: hiddenFiles(done.layers),
    ...(paths.length === 0 ? {} : { lookups }),
    ...(actions.length === 0 ? {} : { steps: done.steps }),
    layers: done.layers.map((layer) => ({ name: layer.name, content: contentOf(layer) })),
    working: [
      ...done.steps.map(({ sentence }) => sentence),
      ...lookups.flatMap(({ path, from, steps }) => [
        ...steps.map(({ sentence }) => sentence),
        from === null ? `${path} is not there.` : `${path} comes from ${from}.`,
      ]),
    ],
  }
}

const example = { lower: ['a', 'c'], upper: ['b', '.wh.c'], lookup: ['a', 'c'], actions: ['write a'] }

export const overlay: Operation<unknown, object> = {
  summary: 'Layers of an image: what is seen and from which layer, whiteouts, copy-up, and what actions change.',
  input: anything(),
  help: [
    'Input:',
    '  lower    a layer, or several from the top down; upper  optional: the layer that can be written;',
    '           whiteouts, opaque  optional: those of an upper layer that is a list',
    '  layers   instead: all layers from the top down; only the first can be written',
    '           A layer is a list of paths ("a", "etc/hosts", "tmp/" for a directory, ".wh.c" for a whiteout,',
    '           "etc/.wh..wh..opq" for an opaque directory), or an object with files (a list, or names with bytes),',
    '           directories, opaque, whiteouts, name; or names with "file", "directory", "opaque", "whiteout" or bytes.',
    '  lookup   optional: a path, or several, to be followed from layer to layer',
    '  actions  optional: "read a", "write a", "remove a", "mkdir d", done in this order before anything is looked up',
    'Output, after the actions:',
    '  listing  every path that is seen; from: the layer of each; entries: kind and all merged layers',
    '  hidden   files of a layer that are not seen, and the layer that hides them (by)',
    '  lookups  for each path: found, kind, from (the layer or null), steps through the layers',
    '  steps    for each action: effect (copy-up, create, whiteout …), copied (bytes), sentence, listing',
    '  layers   what each layer holds; working: the sentences of steps and lookups',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
