// Shows a step of a walkthrough in an open drawing: its records, its run, its selection. Also says which step of a
// walkthrough holds a drawing that the lab cannot read. Knows the lab through its model alone.
import type { DocumentEnvelope, GraphModel, Script } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import type { LabModel } from '@contract/lab.ts'
import type { Picture, RunPlace, Walkthrough } from '@contract/walkthrough.ts'
import { changed, drawingOf, pictureAfter } from '@contract/walkthrough-edits.ts'
import type { Editor } from '../editor/editor.ts'
import type { RunPlayer } from '../player/run-player.svelte.ts'
import { walkthrough as words } from '../ui/texts/walkthrough.ts'
import { placeOf } from './recorder.svelte.ts'

/** The drawing in which a walkthrough is shown. */
export interface ShownIn {
  readonly editor: Editor
  readonly player: RunPlayer | null
  startRun(simulation: string): Promise<void>
  stopRun(): void
}

/** The document as it is at a step, without the walkthrough. */
export function documentAt(document: DocumentEnvelope, walkthrough: Walkthrough, index: number): DocumentEnvelope {
  const { format, version, lab } = document
  const run = walkthrough.steps[index]?.run
  const title = words.copyTitle(walkthrough.title)
  const script: { script?: Script } = run === undefined ? {} : { script: run }
  return { format, version, lab, title, ...drawingOf(pictureAfter(walkthrough, index)), ...script }
}

/** @throws InterlockError `invalid-document` when a step's drawing is none of this lab */
export function checkWalkthrough(walkthrough: Walkthrough, lab: LabModel): void {
  const fits = (picture: Picture): boolean => {
    const model = lab.schema.safeParse(drawingOf(picture).model)
    return model.success && lab.faults(model.data as GraphModel).length === 0
  }
  let picture = walkthrough.start
  if (!fits(picture)) throw new InterlockError('invalid-document', words.badStep(0))
  for (const [index, { changes }] of walkthrough.steps.entries()) {
    const next = changed(picture, changes)
    if (next !== picture && !fits(next)) throw new InterlockError('invalid-document', words.badStep(index + 1))
    picture = next
  }
}

/** How many events two runs have in common from the start. */
function common(a: readonly unknown[], b: readonly unknown[]): number {
  const differ = a.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(b[index]))
  return differ === -1 ? Math.min(a.length, b.length) : Math.min(differ, b.length)
}

async function goTo(player: RunPlayer, place: RunPlace): Promise<void> {
  const now = placeOf(player)?.events ?? []
  const shared = common(now, place.events)
  await player.seek(player.branch[shared] ?? 0)
  for (const event of place.events.slice(shared)) {
    await player.apply(event)
    if (player.error !== null) throw new Error(player.error)
  }
}

/** Shows steps one after the other in one drawing. */
export function showing(
  doc: ShownIn,
  base: DocumentEnvelope,
  walkthrough: Walkthrough,
): (index: number) => Promise<void> {
  let seed: number | null = null
  let before: Picture | null = null
  return async (index) => {
    const picture = pictureAfter(walkthrough, index)
    const { run, selection = [] } = walkthrough.steps[index] ?? {}
    const same = before !== null && JSON.stringify(before) === JSON.stringify(picture)
    const goesOn = same && run !== undefined && doc.player?.simulation === run.simulation && run.seed === seed
    if (!goesOn) {
      doc.stopRun()
      const script = run === undefined ? undefined : { simulation: run.simulation, seed: run.seed, events: [] }
      const document = { ...base, ...drawingOf(picture), walkthrough }
      const { editor } = doc
      editor.readOnly = false
      editor.replaceDocument(script === undefined ? document : { ...document, script })
      editor.readOnly = true
      before = picture
      seed = run?.seed ?? null
      // A step may draw outside of what is in view.
      editor.showAll(picture.nodes.map(({ id }) => id))
      if (run !== undefined) await doc.startRun(run.simulation)
    }
    if (run !== undefined) {
      if (doc.player === null) throw new Error(words.noRun)
      await goTo(doc.player, run)
    }
    doc.editor.select(selection.filter((id) => doc.editor.node(id) !== undefined || doc.editor.edge(id) !== undefined))
  }
}
