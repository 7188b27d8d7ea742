// A run under a policy, played in the drawing.
import type { PolicyRun } from '@labs/deadlock/model/policies.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'
import { playBranch } from '../../../shell/documents/play-branch.ts'
import { policyViewTexts as words } from './policies-texts.ts'

export async function playInDrawing(doc: OpenDocument, run: PolicyRun, title: string): Promise<void> {
  if (run.played === null) return
  await playBranch(doc, 'events', { name: words.played(title), entry: words.playedEntry(title), events: run.played })
}
