// Brings back what was open: after a reload from the tab's memory, after a broken connection from the page itself.
// Knows no dialog and no lab.
import type { FileRef, OpenedDocument } from '@contract/api.ts'
import type { Workbench } from '../workbench.svelte.ts'
import type { OpenDocument } from './open-document.svelte.ts'
import { recall } from './tab-memory.ts'

/** After a reload: every drawing of this tab as it was, with the file it belongs to. */
export async function reopenTab(bench: Workbench): Promise<void> {
  let active: OpenDocument | null = null
  for (const entry of recall()) {
    await bench.guard(async () => {
      const parsed = await bench.connection.call('files.parse', { name: entry.name, text: entry.text })
      const again = entry.stamp === null ? null : await openAgain(bench, entry).catch(() => null)
      const found = again?.file ?? null
      const file = found === null || entry.stamp === null ? null : { ...found, stamp: entry.stamp }
      const readOnly = parsed.readOnly ?? again?.readOnly ?? null
      // What was open to look only needs no file any more: opening it again would lock it.
      const looked = entry.look === true ? { ...entry, handle: '', stamp: '', look: true as const } : null
      const doc = await bench.show(
        { document: parsed.document, file: looked === null ? file : fileRef(looked), readOnly, remarks: [] },
        { key: entry.key, savedText: entry.savedText ?? undefined, behind: true },
      )
      if (doc?.dirty === true) await doc.autosave.flush()
      if (entry.active) active = doc
    })
  }
  bench.active = active ?? bench.documents[0] ?? null
  if ((bench.active?.exercise ?? null) !== null) bench.side = 'task'
}

const fileRef = ({ handle, name, place, stamp, look }: FileRef & { look: true }): FileRef => ({
  handle,
  name,
  place,
  stamp,
  look,
})

/**
 * After a broken connection: another host does not know our handles, so each file is opened again. The stamp stays the
 * old one, so that a change made meanwhile is noticed when the drawing is saved.
 */
export async function resume(bench: Workbench): Promise<void> {
  for (const doc of bench.documents) {
    if (doc.file !== null && doc.file.look !== true) {
      // A file that is gone is told about when it is saved.
      const again = await openAgain(bench, doc.file).catch(() => null)
      const found = again?.file ?? null
      if (found !== null) doc.file = { ...found, stamp: doc.file.stamp }
    }
    doc.reconnected()
  }
}

/**
 * Opens a file that this page had open before. The page knows no path, so the list of recent files leads to it.
 * @returns null when the list does not have it any more
 * @throws InterlockError as opening it did
 */
export async function openAgain(
  bench: Workbench,
  { name, place }: Pick<FileRef, 'name' | 'place'>,
): Promise<OpenedDocument | null> {
  const recents = await bench.connection.call('files.recent', {})
  const recent = recents.find((candidate) => candidate.name === name && candidate.place === place)
  if (recent === undefined) return null
  return bench.connection.call('files.openRecent', { id: recent.id })
}
