// The drawing of a document in any format: the lab's shapes with its verdict's marks as a picture, or a text format of
// the lab. Knows no lab by name.
import type { DocumentEnvelope, GraphModel } from '../../contract/document.ts'
import { sceneNotes } from '../../contract/note-text.ts'
import { InterlockError } from '../../contract/errors.ts'
import { type Exported, type ExportOptions, pictureFormats, type PictureFormat } from '../../contract/export.ts'
import type { LabEngine, LabModel } from '../../contract/lab.ts'
import { didYouMean } from '../../contract/near-names.ts'
import { laidOut } from '../import.ts'
import { checkedModel } from '../models.ts'
import { type PictureFont, pictureFont } from './font/font.ts'
import { paint } from './paint.ts'
import { type Painting, textsOf } from './painting.ts'
import { paper } from './style.ts'
import { paintingToSvg } from './svg.ts'

/** Ids of all formats that a lab's drawings can be exported to, texts first. */
export function formatsOf(lab: LabModel): string[] {
  return [...lab.formats.filter(({ write }) => write !== undefined).map(({ id }) => id), ...pictureFormats]
}

/**
 * Exports a document.
 * @param to id of a format of the lab or of a picture
 * @throws InterlockError `bad-input` when the model does not fit its lab or there is no such format, `too-large` for a
 *   picture of too many pixels, and what the format cannot write
 */
export async function exportDrawing(
  lab: LabEngine,
  document: DocumentEnvelope,
  to: string,
  options: ExportOptions,
): Promise<Exported> {
  const model = checkedModel(lab, document.model)
  const picture = pictureFormats.find((format) => format === to)
  if (picture !== undefined) {
    const font = pictureFont()
    const painting = paintingOf(lab, model, document, options, font)
    return pictureFile(painting, font, picture, options, document.title)
  }
  const format = lab.model.formats.find(({ id, write }) => id === to && write !== undefined)
  const text = format?.write?.({
    model,
    layout: document.layout,
    title: document.title,
    verdict: options.verdict ? verdictLine(lab, model) : null,
  })
  if (format === undefined || text === undefined) {
    const all = formatsOf(lab.model)
    throw new InterlockError(
      'bad-input',
      `“${to.slice(0, 60)}” is not a format of this drawing.${didYouMean(to, all)} There are ${all.join(', ')}.`,
    )
  }
  const name = fileName(document.title, format.extensions[0] ?? 'txt')
  return { name, media: format.media, text, base64: null, remarks: [], lacks: '' }
}

function verdictLine(lab: LabEngine, model: GraphModel): string {
  const { word, sentence, withheld } = lab.verdict(model)
  return [`${word}.`, sentence, ...(withheld === null ? [] : [withheld])].join(' ')
}

const media: Readonly<Record<PictureFormat, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  tikz: 'application/x-tex',
}

/**
 * A painting as a file.
 * @param name of the file, without its ending
 * @throws InterlockError `too-large` for a PNG of too many pixels
 */
export async function pictureFile(
  painting: Painting,
  font: PictureFont,
  to: PictureFormat,
  options: Pick<ExportOptions, 'scale' | 'outlines' | 'fragment'>,
  name: string,
): Promise<Exported> {
  const lacks = [...new Set(textsOf(painting.items).flatMap((text) => font.lacks(text)))].join('')
  const file = { name: fileName(name, to === 'tikz' ? 'tex' : to), media: media[to], lacks }
  const remarks = lacks === '' ? [] : [lackRemark(lacks, to, options)]
  switch (to) {
    case 'svg':
      return {
        ...file,
        text: paintingToSvg(painting, font, { outlines: options.outlines ? 'known' : 'none' }),
        base64: null,
        remarks,
      }
    case 'tikz': {
      const { paintingToTikz } = await import('./tikz.ts')
      return { ...file, lacks: '', base64: null, ...paintingToTikz(painting, options.fragment) }
    }
    case 'pdf': {
      const { paintingToPdf } = await import('./pdf.ts')
      return { ...file, text: null, base64: (await paintingToPdf(painting, font)).toString('base64'), remarks }
    }
    case 'png': {
      const { paintingToPng } = await import('./png.ts')
      const bytes = await paintingToPng(painting, font, options.scale)
      return { ...file, text: null, base64: bytes.toString('base64'), remarks }
    }
  }
}

function lackRemark(lacks: string, to: PictureFormat, { outlines }: Pick<ExportOptions, 'outlines'>): string {
  const letters = [...lacks]
  const shown = letters.slice(0, 8).join(' ') + (letters.length > 8 ? ` and ${letters.length - 8} more` : '')
  const what = `The picture's font lacks ${shown}.`
  if (to === 'svg') {
    return outlines
      ? `${what} Names with them stay text, shown in a font of the reader's machine.`
      : `${what} The reader's machine shows them in a font of its own.`
  }
  return `${what} Empty boxes stand in their place; SVG keeps them.`
}

function paintingOf(
  lab: LabEngine,
  model: GraphModel,
  document: DocumentEnvelope,
  options: ExportOptions,
  font: PictureFont,
): Painting {
  const verdict = options.marks ? lab.verdict(model) : null
  const layout = laidOut(lab.model, { model, layout: document.layout })
  const scene = lab.model.picture(model, layout, verdict?.marks ?? {})
  const title = document.title === '' ? 'Untitled drawing' : document.title
  const counts = `${model.nodes.length} nodes, ${model.edges.length} edges.`
  return paint(
    { ...scene, notes: sceneNotes(document.notes) },
    {
      title,
      description: verdict ? `${verdict.word}. ${verdict.sentence}` : counts,
      heading: options.title ? document.title : '',
      verdict: options.verdict ? verdictLine(lab, model) : '',
      background: options.background === 'white' ? paper : null,
      ...(lab.model.markWords === undefined ? {} : { markWords: lab.model.markWords }),
    },
    font,
  )
}

/** A title as the name of a file. */
export function fileName(title: string, ending: string): string {
  const clean = title
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]/g, '-')
    .trim()
    .replace(/^\.+/, '')
  return `${clean === '' ? 'Drawing' : clean.slice(0, 120).toWellFormed()}.${ending}`
}
