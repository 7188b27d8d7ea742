// Exports a drawing: asks the host, draws here what the host's font cannot, and hands the result to the person.
import type { DocumentEnvelope } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import { defaultExportOptions, type ExportOptions, type PictureFormat } from '@contract/export.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Workbench } from '../workbench.svelte.ts'
import type { OpenDocument } from './open-document.svelte.ts'
import { pngOf } from '../../ui/png.ts'

const words = texts.exchange.export

export interface ExportedFile {
  name: string
  blob: Blob
  /** the content of a text; null for bytes */
  text: string | null
  remarks: readonly string[]
}

/** What a person chose last, with the usual for what was never chosen. */
export function lastChoice(bench: Workbench): { to: string; options: ExportOptions } {
  const { to, options } = bench.settings.export ?? { to: 'svg', options: {} }
  // Left out and undefined are not the same here: only what was chosen replaces the usual.
  const chosen = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return { to, options: { ...defaultExportOptions, ...chosen } }
}

/**
 * @param to id of a picture or of a text format of the lab
 * @throws InterlockError whatever the host refuses, and when this browser cannot draw a picture of that size
 */
export async function exportFile(
  bench: Workbench,
  doc: OpenDocument,
  to: PictureFormat | (string & {}),
  chosen: ExportOptions,
): Promise<ExportedFile> {
  // A picture must not tell what an exercise hides.
  const options = doc.concealed ? { ...chosen, marks: false, verdict: false } : chosen
  const document: DocumentEnvelope = doc.document()
  const ask = (format: string) => bench.connection.call('export.drawing', { document, to: format, options })
  const { name: given, media, text, base64, remarks, lacks } = await ask(to)
  const name = `${doc.label.replace(/[\\/:*?"<>|]/g, '-')}${/\.[^.]*$/.exec(given)?.[0] ?? ''}`
  if (to === 'png' && lacks !== '') {
    // The browser has fonts for more scripts than any file could carry along.
    const blob = await pngOf((await ask('svg')).text ?? '', options.scale)
    if (blob === null) throw new InterlockError('too-large', texts.frame.notices.noPicture)
    return { name, blob, text: null, remarks: [words.drawnHere([...lacks].slice(0, 8).join(' '))] }
  }
  const bytes = text ?? Uint8Array.from(atob(base64 ?? ''), (char) => char.charCodeAt(0))
  return { name, blob: new Blob([bytes], { type: media }), text, remarks }
}

/** @returns whether it is in the clipboard now; the browser may refuse */
export async function copyExported({ blob, text }: ExportedFile): Promise<boolean> {
  try {
    if (text !== null) await navigator.clipboard.writeText(text)
    else await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })])
    return true
  } catch {
    return false
  }
}
