// The branch that a player shows as a file for other programs: the host writes it, the browser draws what the host's
// font cannot, and the person gets it as a download or in the clipboard. Knows no lab.
import {
  type RunExportOptions,
  type RunFormat,
  defaultRunExportOptions,
  runPictureFormats,
  runTextFormats,
} from '@contract/export.ts'
import type { OpenDocument } from '../../shell/documents/open-document.svelte.ts'
import type { Command } from '../../ui/commands.ts'
import { deliver } from '../../ui/deliver.ts'
import { pngOf } from '../../ui/png.ts'
import { spaceTime } from '../../ui/texts/space-time.ts'
import type { RunPlayer } from '../run-player.svelte.ts'

const words = spaceTime.export

interface Made {
  name: string
  blob: Blob
  /** the content of a text; null for bytes */
  text: string | null
  remarks: readonly string[]
}

async function made(doc: OpenDocument, player: RunPlayer, to: RunFormat, options: RunExportOptions): Promise<Made> {
  const events = player.branch.slice(1).map((step) => player.steps[step]?.event)
  const document = { ...doc.document(), title: doc.label }
  const ask = (format: RunFormat) => player.run.exported(document, events, format, options)
  const { name, media, text, base64, remarks, lacks } = await ask(to)
  if (to === 'space-time-png' && lacks !== '') {
    // The browser has fonts for more scripts than any file could carry along.
    const blob = await pngOf((await ask('space-time-svg')).text ?? '', options.scale)
    if (blob === null) throw new Error(words.noPicture)
    return { name, blob, text: null, remarks: [] }
  }
  const bytes = text ?? Uint8Array.from(atob(base64 ?? ''), (char) => char.charCodeAt(0))
  return { name, blob: new Blob([bytes], { type: media }), text, remarks }
}

/**
 * Exports the branch that is shown. What goes wrong is said as the player's error.
 * @param how as a download, or as text for the clipboard
 * @returns what there is to say about it; empty when it failed
 */
export async function exportBranch(
  doc: OpenDocument,
  player: RunPlayer,
  to: RunFormat,
  options: RunExportOptions,
  how: 'download' | 'copy',
): Promise<string> {
  try {
    const { name, blob, text, remarks } = await made(doc, player, to, options)
    if (how === 'download') {
      deliver(blob, name)
      return [words.saved(name), ...remarks].join(' ')
    }
    try {
      await navigator.clipboard.writeText(text ?? '')
      return [words.copied(words.formats[to]), ...remarks].join(' ')
    } catch {
      return words.notCopied
    }
  } catch (error) {
    player.error = error instanceof Error ? error.message : String(error)
    return ''
  }
}

/** One command for each format, with the usual look of a diagram. */
export function exportCommands(doc: OpenDocument, player: RunPlayer): Command[] {
  const pictures: readonly RunFormat[] = runPictureFormats
  const traced = (): boolean => player.steps[0]?.trace !== undefined
  return [...runTextFormats, ...runPictureFormats].map((to) => ({
    id: `run.export.${to}`,
    label: words.command(pictures.includes(to) ? words.diagram(words.formats[to]) : words.formats[to]),
    group: 'run',
    keys: [],
    when: traced,
    run: () => void exportBranch(doc, player, to, defaultRunExportOptions, 'download'),
  }))
}
