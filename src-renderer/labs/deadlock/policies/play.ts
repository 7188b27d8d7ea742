// A run under a policy as a branch of the drawing's script, opened in the player.
import type { Script } from '@contract/document.ts'
import type { PolicyRun } from '@labs/deadlock/model/policies.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'
import { policyViewTexts as words } from './policies-texts.ts'

/** The script with this branch: in the place of an older one of the same name, else as the last. */
export function withBranch(
  script: Script,
  name: string,
  events: readonly unknown[],
): { script: Script; branch: number } {
  const branches = [...(script.branches ?? [])]
  const same = branches.findIndex((branch) => branch.name === name)
  const at = same === -1 ? branches.length : same
  branches[at] = { name, after: 0, events: [...events] }
  return { script: { ...script, branches }, branch: at }
}

/** One entry of history; the run that is open then shows the branch. */
export async function playInDrawing(doc: OpenDocument, run: PolicyRun, title: string): Promise<void> {
  if (run.played === null || doc.readOnly !== null) return
  const stored = doc.storedScript ?? { script: { simulation: 'events', seed: 1, events: [] }, texts: [null] }
  const { script, branch } = withBranch(stored.script, words.played(title), run.played)
  const texts = Array.from({ length: 1 + (script.branches?.length ?? 0) }, (_, way) =>
    way === branch + 1 ? null : (stored.texts[way] ?? null),
  )
  doc.stopRun()
  doc.editor.script.put({ script, texts }, words.playedEntry(title))
  doc.views.drawing = true
  await doc.startRun('events')
  const { player } = doc
  if (player !== null) await player.seekAlong(branch + 1, 0)
}
