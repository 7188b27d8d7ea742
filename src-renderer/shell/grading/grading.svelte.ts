// The grading report that is open, if any, and the way from its rows to the hand-ins and back.
import type { GradeReport, GradeRow } from '@contract/exercise.ts'
import { InterlockError } from '@contract/errors.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Workbench } from '../workbench.svelte.ts'

export type Filter = keyof typeof texts.grading.filters
export type Sorting = keyof typeof texts.grading.sorts

export class Grading {
  report: GradeReport | null = $state.raw(null)
  /** the report is in sight; else it waits behind a drawing */
  shown = $state(false)
  filter: Filter = $state('all')
  sorting: Sorting = $state('file')
  wanted = $state('')
  readonly #bench: Workbench

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  async run(pack: string, folder: string): Promise<void> {
    this.report = await this.#bench.connection.call('grading.run', { pack, folder })
    this.shown = true
  }

  close(): void {
    this.report = null
    this.shown = false
  }

  /** Opens the hand-in of a row to look only, at the place that the row is about. */
  async open({ file, at }: Pick<GradeRow, 'file' | 'at'>): Promise<void> {
    const { report } = this
    if (report === null) return
    const single = report.handIns.length === 1 && report.folder.endsWith(file)
    await this.#bench.files.openPath(single ? report.folder : `${report.folder}/${file}`, true)
    this.shown = false
    const doc = this.#bench.active
    if (doc === null || at.length === 0) return
    doc.editor.select(at)
    doc.editor.fit(doc.editor.selection())
  }

  /** Writes the report into the workspace; one that is there is replaced only when a person says so. */
  async save(format: 'csv' | 'html', overwrite = false): Promise<void> {
    const { report } = this
    if (report === null) return
    const path = texts.grading.file(format)
    try {
      const { pack, folder } = report
      await this.#bench.connection.call('grading.write', { pack, folder, format, path, overwrite })
      this.#bench.notices.done(texts.grading.saved(path))
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code !== 'already-exists') throw error
      const replace = await this.#bench.ask<boolean>((answer) => ({ kind: 'overwrite', name: path, answer }))
      if (replace) await this.save(format, true)
    }
  }
}
