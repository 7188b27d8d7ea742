// "Forget this session", for machines that many people use: asks once, then closes everything and removes what the
// tab and the host remember. Saved files stay.
import { texts } from '../../ui/texts/index.ts'
import type { Workbench } from '../workbench.svelte.ts'
import { forgetTab } from './tab-memory.ts'

export async function forgetSession(bench: Workbench): Promise<void> {
  const unsaved = bench.documents.filter((doc) => doc.dirty).length
  const sure = await bench.ask<boolean>((answer) => ({ kind: 'forget', unsaved, answer }))
  if (!sure) return
  const { documents, connection } = bench
  bench.documents = []
  bench.active = null
  for (const doc of documents) {
    doc.close()
    await doc.autosave.discard()
    if (doc.file !== null) {
      await connection.call('files.release', { handle: doc.file.handle }).catch(() => undefined)
    }
  }
  forgetTab()
  await connection.call('session.forget', {})
  bench.recovered.list = []
  await bench.refreshRecents()
  bench.notices.done(texts.machine.forget.done)
}
