// The run of an open drawing: opened with the drawing's own script, shown on its canvas, recorded from it. Knows the
// drawing through its editor alone.
import type { GraphModel } from '@contract/document.ts'
import type { Editor } from '../../editor/editor.ts'
import type { StoredScript } from '../../editor/script.ts'
import { RunPlayer } from '../../player/run-player.svelte.ts'
import { RunScript, type ScriptHome } from '../../player/run-script.svelte.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Caller } from '../connection/client.ts'

export interface DocumentRunParts {
  host: Caller
  lab: string
  editor: Editor
  /** whether the drawing can be changed */
  writable(): boolean
}

export class DocumentRun {
  player: RunPlayer | null = $state.raw(null)
  /** the script of the open run; null when there is no run */
  script: RunScript | null = $state.raw(null)
  error: string | null = $state(null)
  /** the script that the drawing carries along, with its texts */
  stored: StoredScript | null = $state.raw(null)

  readonly #parts: DocumentRunParts
  /** counts runs that were started or stopped, so that one that opens late knows that nobody waits for it */
  #starts = 0
  /** ends listening to the open run */
  #unlisten: (() => void) | null = null

  constructor(parts: DocumentRunParts) {
    this.#parts = parts
    this.stored = parts.editor.script.get()
  }

  /** Opens a run, with the drawing's own script when that is for this simulation. */
  async start(simulation: string): Promise<void> {
    this.stop()
    this.error = null
    const start = this.#starts
    const { host, lab, editor } = this.#parts
    const script = this.stored?.script.simulation === simulation ? this.stored.script : null
    try {
      const seed = script?.seed ?? 1
      const player = await RunPlayer.open(host, { lab, simulation, seed, model: editor.document().model })
      // Another run was started, or the drawing was closed, while this one was opening.
      if (start !== this.#starts) return void player.close()
      this.player = player
      this.script = new RunScript(player, this.#home(simulation))
      this.#unlisten = player.onState((state) => {
        editor.present(state === null ? null : { model: state.model as unknown as GraphModel, marks: state.marks })
        this.#recordInto(this.script)
      })
      if (script !== null) await this.script.open()
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
    }
  }

  /** While the recording is on, drawing an edge plays the events that it means. */
  record(on: boolean): void {
    const { script } = this
    if (script === null) return
    script.recording = on
    this.#recordInto(script)
  }

  stop(): void {
    this.#starts += 1
    const { player, script } = this
    const { editor } = this.#parts
    this.#unlisten?.()
    this.#unlisten = null
    // What was typed last is read and kept before the run goes.
    if (script?.pending === true) void script.settle().finally(() => player?.close())
    else player?.close()
    this.script = null
    this.player = null
    editor.record(null)
    editor.present(null)
    editor.setLights([])
  }

  /** Ends the run and makes the state it shows the drawing, as one entry that undo takes back. */
  take(): void {
    const { player } = this
    const { editor, writable } = this.#parts
    if (player === null || !writable()) return
    const { model } = player
    const depth = player.step?.depth ?? 0
    this.stop()
    editor.whole.reconcile(texts.player.takeEntry(depth), model)
  }

  /** To be called when the document may have changed: the run follows its script, through undo as well. */
  follow(): void {
    this.stored = this.#parts.editor.script.get()
    void this.script?.follow()
  }

  #home(simulation: string): ScriptHome {
    const { editor, writable } = this.#parts
    return {
      // A script for another simulation is no script of this run.
      kept: () => (this.stored?.script.simulation === simulation ? this.stored : null),
      keep: (script) => editor.script.put(script, texts.player.scriptEntry),
      writable,
    }
  }

  #recordInto(script: RunScript | null): void {
    const { player } = this
    const { editor, writable } = this.#parts
    if (script === null || player === null || !writable()) return editor.record(null)
    const recorder = { model: player.model, hand: (model: GraphModel) => void script.gesture(model) }
    editor.record(script.recording ? recorder : null, recorder)
  }
}
