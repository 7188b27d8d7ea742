// What a container does to its files, on the layers of a drawn overlay: read, copy-up, whiteout.
// The rules are those of `topology.overlay`.
import { actAll } from '../images/overlay-actions.ts'
import { type Entry, type Layer, directory, entriesOf } from '../images/overlay.ts'
import { listOf, textOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { treeOf } from '../model/tree.ts'
import { type Story, storySimulation } from './story.ts'
import { storyTexts } from './story-texts.ts'

const texts = storyTexts.layers
/** The file that is told of; it comes with the lowest layer. */
const FILE = 'settings'
const BYTES = 4_096

/** The layers as the kernel sees them, the one that can be written first; the last directory of the list is the lowest. */
function layersOf(overlay: TopologyNode): Layer[] {
  const file: Entry = { kind: 'file', size: BYTES }
  const lower = listOf(overlay, 'lower').map((name): Layer => ({ name, root: directory() }))
  lower.at(-1)?.root.children.set(FILE, file)
  return [{ name: textOf(overlay, 'upper'), root: directory() }, ...lower]
}

const found = ({ root, name }: Layer): string[] =>
  entriesOf({ root, name }).map(({ path, entry }) => (entry.kind === 'whiteout' ? texts.whiteout(path) : path))

function storiesOf(model: TopologyModel): Story[] {
  const tree = treeOf(model.nodes)
  return model.nodes.flatMap((overlay): Story[] => {
    if (overlay.kind !== 'overlay' || listOf(overlay, 'lower').length === 0 || textOf(overlay, 'upper') === '')
      return []
    const layers = layersOf(overlay)
    const user = tree.parentOf(overlay)?.name ?? overlay.name
    const actions = (['read', 'write', 'read', 'remove', 'read'] as const).map((what) => ({ do: what, path: FILE }))
    const done = actAll(layers, actions)
    return [
      {
        id: overlay.id,
        text: texts.begin(user, overlay.name),
        lights: [overlay.id],
        status: texts.layers(
          layers.slice(1).map(({ name }) => name),
          layers[0]?.name ?? '',
        ),
        columns: texts.columns,
        steps: done.steps.map((step, index) => ({
          text: texts.does(user, step.action.do, FILE),
          lights: [overlay.id],
          status: `${step.sentence}${step.copied > 0 ? ` ${texts.copied(step.copied)}` : ''}`,
          row: [
            step.action.do,
            step.effect,
            found(actAll(layers, actions.slice(0, index + 1)).layers[0] ?? layers[0]!).join(', ') || texts.empty,
            step.listing.filter((path) => path !== '').join(', ') || texts.nothing,
          ],
        })),
      },
    ]
  })
}

export const imageLayers = storySimulation({
  id: 'image-layers',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
