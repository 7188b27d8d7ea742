// Events that a view has worked out, as a branch of the drawing's script, opened in the player.
import type { Script } from '@contract/document.ts'
import type { OpenDocument } from './open-document.svelte.ts'

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

/**
 * One entry of history; the run that is open then shows the branch at its start. A script of another simulation makes
 * way for it.
 */
export async function playBranch(
  doc: OpenDocument,
  simulation: string,
  { name, entry, events }: { name: string; entry: string; events: readonly unknown[] },
): Promise<void> {
  if (doc.readOnly !== null) return
  const kept = doc.storedScript
  const stored =
    kept?.script.simulation === simulation ? kept : { script: { simulation, seed: 1, events: [] }, texts: [null] }
  const { script, branch } = withBranch(stored.script, name, events)
  const texts = Array.from({ length: 1 + (script.branches?.length ?? 0) }, (_, way) =>
    way === branch + 1 ? null : (stored.texts[way] ?? null),
  )
  doc.stopRun()
  doc.editor.script.put({ script, texts }, entry)
  doc.views.drawing = true
  await doc.startRun(simulation)
  await doc.player?.seekAlong(branch + 1, 0)
}
