// The drawing of a document as a picture: the lab's shapes, its verdict's marks, a place for nodes that have none.
// Knows no lab by name.
import type { DocumentEnvelope, GraphModel, Layout } from '../../contract/document.ts'
import type { LabEngine } from '../../contract/lab.ts'
import { checkedModel } from '../models.ts'
import { sceneToSvg } from './svg.ts'

const PITCH = 140

/**
 * The picture of a document as SVG text.
 * @param marks whether the verdict's marks and sentence are part of it
 * @throws InterlockError `bad-input` when the model does not fit its lab
 */
export function drawingAsSvg(lab: LabEngine, document: DocumentEnvelope, marks: boolean): string {
  const model = checkedModel(lab, document.model)
  const verdict = marks ? lab.verdict(model) : null
  const scene = lab.model.picture(model, placed(model, document.layout), verdict?.marks ?? {})
  const title = document.title === '' ? 'Untitled drawing' : document.title
  const counts = `${model.nodes.length} nodes, ${model.edges.length} edges.`
  return sceneToSvg(scene, { title, description: verdict ? `${verdict.word}. ${verdict.sentence}` : counts })
}

/** The layout with every node in it: those without a place stand on a grid below the others. */
export function placed(model: GraphModel, layout: Layout): Layout {
  const missing = model.nodes.filter((node) => !Object.hasOwn(layout.positions, node.id))
  if (missing.length === 0) return layout
  const known = Object.values(layout.positions)
  const left = known.reduce((least, place) => Math.min(least, place.x), known[0]?.x ?? 0)
  const bottom = known.reduce((most, place) => Math.max(most, place.y), -PITCH)
  const columns = Math.ceil(Math.sqrt(missing.length))
  const added = missing.map((node, index) => [
    node.id,
    { x: left + (index % columns) * PITCH, y: bottom + PITCH * (1 + Math.floor(index / columns)) },
  ])
  return { positions: { ...layout.positions, ...(Object.fromEntries(added) as Layout['positions']) } }
}
