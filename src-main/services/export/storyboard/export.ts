// A document's walkthrough in a format: a web page, a handout, or pictures. Knows no lab by name.
import type { DocumentEnvelope } from '../../../contract/document.ts'
import { InterlockError } from '../../../contract/errors.ts'
import type { Exported, WalkthroughExportOptions, WalkthroughFormat } from '../../../contract/export.ts'
import type { LabEngine } from '../../../contract/lab.ts'
import { fileName } from '../drawing.ts'
import { pictureFont } from '../font/font.ts'
import { textsOf } from '../painting.ts'
import { storyboardOf } from './storyboard.ts'

/**
 * @param most bytes of the file
 * @throws InterlockError `bad-input` when there is no walkthrough or a step cannot be shown, `too-large` above `most` and
 *   for pictures of too many pixels
 */
export async function exportWalkthrough(
  lab: LabEngine,
  document: DocumentEnvelope,
  to: WalkthroughFormat,
  { scale, perPage }: WalkthroughExportOptions,
  most = Infinity,
): Promise<Exported> {
  const font = pictureFont()
  const board = storyboardOf(lab, document, font)
  const letters = board.paintings.flatMap(({ items }) => textsOf(items))
  const lacks = [...new Set(letters.flatMap((text) => font.lacks(text)))].join('')
  if (to === 'html-player') {
    const { webPageOf } = await import('./web-page.ts')
    const text = webPageOf(board, font)
    checkSize(Buffer.byteLength(text), most)
    const remarks = lacks === '' ? [] : [`The reader’s machine shows ${lacks} in a font of its own.`]
    return { name: fileName(board.title, 'html'), media: 'text/html', text, base64: null, remarks, lacks }
  }
  const said = board.steps.flatMap(({ caption, chapter, question }) => [caption, chapter, question?.text ?? ''])
  const missing = to === 'storyboard-pdf' ? [...new Set([...lacks, ...font.lacks(said.join(''))])].join('') : lacks
  const remarks = missing === '' ? [] : [`The picture’s font lacks ${missing}; empty boxes stand in their place.`]
  const made = { text: null, remarks, lacks: missing }
  if (to === 'storyboard-pdf') {
    const { handoutOf } = await import('./handout.ts')
    const bytes = await handoutOf(board, font, perPage)
    checkSize(bytes.length, most)
    const name = fileName(board.title, 'pdf')
    return { ...made, name, media: 'application/pdf', base64: bytes.toString('base64') }
  }
  const { picturesOf } = await import('./pictures.ts')
  const bytes = await picturesOf(board, board.walkthrough, font, scale)
  checkSize(bytes.length, most)
  return { ...made, name: fileName(board.title, 'zip'), media: 'application/zip', base64: bytes.toString('base64') }
}

function checkSize(bytes: number, most: number): void {
  if (bytes <= most) return
  const [size, limit] = [bytes, most].map((one) => Math.ceil(one / 1_048_576))
  throw new InterlockError(
    'too-large',
    `This export has ${size} MiB, and ${limit} MiB are the most that the page is handed. Choose a smaller scale, cut the walkthrough, or use interlock export on the command line.`,
  )
}
