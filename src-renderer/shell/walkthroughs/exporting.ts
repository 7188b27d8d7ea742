// A walkthrough taken out of the workbench: asks the host for the file and hands it to the person. Knows no format inside.
import { defaultWalkthroughExportOptions, type WalkthroughFormat } from '@contract/export.ts'
import { deliver } from '../../ui/deliver.ts'
import { texts } from '../../ui/texts/index.ts'
import type { OpenDocument } from '../documents/open-document.svelte.ts'
import type { Workbench } from '../workbench.svelte.ts'

interface WalkthroughExport {
  id: keyof typeof texts.walkthrough.exports
  to: WalkthroughFormat
  /** steps on a page of a handout */
  perPage?: 2
}

export const walkthroughExports: readonly WalkthroughExport[] = [
  { id: 'page', to: 'html-player' },
  { id: 'handout', to: 'storyboard-pdf' },
  { id: 'large', to: 'storyboard-pdf', perPage: 2 },
  { id: 'pictures', to: 'storyboard-png' },
]

/** @throws InterlockError whatever the host refuses */
export async function exportWalkthrough(
  bench: Workbench,
  doc: OpenDocument,
  { to, perPage }: WalkthroughExport,
): Promise<void> {
  const usual = defaultWalkthroughExportOptions
  const options = { ...usual, perPage: perPage ?? usual.perPage }
  bench.notices.passing(texts.walkthrough.exporting)
  const { name, media, text, base64, remarks } = await bench.connection.call('export.walkthrough', {
    document: doc.document(),
    to,
    options,
  })
  const bytes = text ?? Uint8Array.from(atob(base64 ?? ''), (char) => char.charCodeAt(0))
  deliver(new Blob([bytes], { type: media }), name)
  for (const remark of remarks) bench.notices.remark(remark)
  bench.notices.done(texts.walkthrough.exported(name))
}
