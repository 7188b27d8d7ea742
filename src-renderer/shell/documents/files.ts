// Opening, saving and exporting, with the questions they need. The system's dialogs where the shell has them, else ours.
import type { OpenedDocument } from '@contract/api.ts'
import { InterlockError } from '@contract/errors.ts'
import type { Student } from '@contract/exercise.ts'
import { MAX_DOCUMENT_BYTES } from '@contract/limits.ts'
import { texts } from '../../ui/texts/index.ts'
import type { NoticeAction } from '../notices.svelte.ts'
import type { Workbench } from '../workbench.svelte.ts'
import type { OpenDocument } from './open-document.svelte.ts'
import { deliver } from '../../ui/deliver.ts'
import { exportFile, lastChoice } from './exporting.ts'
import { openAgain } from './reopen.ts'

const words = texts.frame

export class Files {
  readonly #bench: Workbench

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  /** @param look to look only */
  async open(look = false): Promise<void> {
    const { connection, nativeDialogs } = this.#bench
    if (!nativeDialogs) {
      this.#bench.dialog = { kind: 'open', look }
      return
    }
    const opened = await connection.call('files.pickOpen', { look })
    if (opened !== null) await this.showImported(opened)
    await this.#bench.refreshRecents()
  }

  async openPath(path: string, look = false): Promise<void> {
    const name = lastPart(path)
    await this.#bench.opening.during(name, async () => {
      const opened = this.#bench.connection.call('files.open', { path, look })
      await this.showImported(await naming(name, opened))
    })
    await this.#bench.refreshRecents()
  }

  async openRecent(id: string, look = false): Promise<void> {
    const name = this.#bench.recents.find((recent) => recent.id === id)?.name
    try {
      await this.#bench.opening.during(name ?? words.untitled, async () => {
        const opened = this.#bench.connection.call('files.openRecent', { id, look })
        await this.showImported(await (name === undefined ? opened : naming(name, opened)))
      })
    } finally {
      await this.#bench.refreshRecents()
    }
  }

  /** Goes on with a copy of a drawing that was open to look only; its file is let go of. */
  async editCopy(doc: OpenDocument): Promise<void> {
    const handle = doc.file?.handle ?? ''
    doc.detachCopy()
    this.#bench.remember()
    this.#bench.notices.done(words.notices.copied)
    if (handle !== '') await this.#bench.connection.call('files.release', { handle }).catch(() => undefined)
  }

  async openSample(lab: string, id: string): Promise<void> {
    await this.#bench.show(await this.#bench.connection.call('samples.open', { lab, id }))
  }

  /** The student's own copy of an exercise takes the place of the exercise. */
  async beginExercise(doc: OpenDocument, student: Student): Promise<void> {
    const { connection } = this.#bench
    const document = await connection.call('exercise.begin', { document: doc.document(), student })
    const copy = await this.#bench.show({ file: null, document, readOnly: null, remarks: [] }, { savedText: '' })
    // Nothing was edited yet, but that the work has begun is kept all the same.
    copy?.autosave.touch()
    if (copy !== null && this.#bench.documents.includes(doc) && !doc.dirty) await this.#bench.closeDocument(doc)
  }

  /** Hands in and saves; what is not saved is not handed in. */
  async handIn(doc: OpenDocument): Promise<void> {
    const { exercise } = doc
    const student = exercise?.attempt?.student
    if (exercise === null || student === undefined) return
    const { name, number } = student
    exercise.handIn()
    const saved =
      doc.file === null ? this.saveAs(doc, `${exercise.exercise.id}-${number || name}`) : this.#write(doc, false)
    if (!(await saved)) exercise.takeBack()
  }

  /** A file from this computer that is not in the workspace: dropped on the window, or chosen for upload. */
  async openUpload(file: File): Promise<void> {
    if (file.size > MAX_DOCUMENT_BYTES) {
      throw new InterlockError('too-large', words.notices.tooLarge(file.name, MAX_DOCUMENT_BYTES / 1024 / 1024))
    }
    this.#bench.opening.expect(file.size)
    await this.#bench.opening.during(file.name, async () => {
      const opened = this.#bench.connection.call('files.parse', { name: file.name, text: await file.text() })
      await this.showImported(await naming(file.name, opened))
    })
  }

  chooseUpload(): void {
    const input = document.createElement('input')
    input.type = 'file'
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (file !== undefined) void this.#bench.guard(() => this.openUpload(file))
    })
    input.click()
  }

  /** @returns whether the drawing is saved now */
  async save(doc: OpenDocument): Promise<boolean> {
    await doc.settle()
    if (doc.file === null || doc.readOnly !== null) return this.saveAs(doc)
    return this.#write(doc, false)
  }

  /** @param name suggested for the file, without its ending */
  async saveAs(doc: OpenDocument, name = doc.label): Promise<boolean> {
    await doc.settle()
    const { connection, nativeDialogs } = this.#bench
    const suggested = `${name.replace(/[\\/:*?"<>|]/g, '-')}.interlock`
    const text = doc.text()
    if (nativeDialogs) {
      const file = await connection.call('files.pickSave', { text, suggested })
      if (file === null) return false
      this.#saved(doc, file, text)
      return true
    }
    const path = await this.#bench.ask<string | null>((answer) => ({ kind: 'save', suggested, answer }))
    return path === null ? false : this.#writeNew(doc, path, false)
  }

  async #writeNew(doc: OpenDocument, path: string, overwrite: boolean): Promise<boolean> {
    const text = doc.text()
    try {
      this.#saved(doc, await this.#bench.connection.call('files.saveAs', { path, text, overwrite }), text)
      return true
    } catch (error) {
      if (!(error instanceof InterlockError)) throw error
      if (error.code === 'already-exists' && !overwrite) {
        const name = lastPart(path)
        const replace = await this.#bench.ask<boolean>((answer) => ({ kind: 'overwrite', name, answer }))
        return replace ? this.#writeNew(doc, path, true) : false
      }
      this.#failed(doc, error)
      return false
    }
  }

  async #write(doc: OpenDocument, overwrite: boolean): Promise<boolean> {
    const { file } = doc
    if (file === null) return this.saveAs(doc)
    const text = doc.text()
    try {
      const { handle, stamp } = file
      this.#saved(doc, await this.#bench.connection.call('files.save', { handle, stamp, text, overwrite }), text)
      return true
    } catch (error) {
      if (!(error instanceof InterlockError)) throw error
      this.#failed(doc, error)
      return false
    }
  }

  #saved(doc: OpenDocument, file: NonNullable<OpenDocument['file']>, text: string): void {
    doc.saved(file, text)
    void doc.autosave.flush()
    this.#bench.notices.done(words.notices.saved(file.name))
    void this.#bench.refreshRecents()
  }

  /** A save that failed lost nothing; the message offers what can be done next. */
  #failed(doc: OpenDocument, error: InterlockError): void {
    const { notices } = this.#bench
    const guard = (work: () => Promise<unknown>) => () => this.#bench.guard(async () => void (await work()))
    const actions: NoticeAction[] = [{ label: words.notices.saveCopy, run: guard(() => this.saveAs(doc)) }]
    if (error.code === 'changed-elsewhere') {
      actions.push({ label: words.notices.overwrite, run: guard(() => this.#write(doc, true)) })
      actions.push({ label: words.notices.reload, run: guard(() => this.#takeChanged(doc)) })
    } else if (error.code === 'not-found') {
      actions.push({ label: words.notices.saveAnew, run: guard(() => this.#write(doc, true)) })
    } else if (error.code !== 'read-only') {
      actions.push({ label: words.notices.retry, run: guard(() => this.save(doc)) })
    }
    notices.problem(error.message, actions)
  }

  /** Shows the file as somebody else left it, as one step that undo takes back. */
  async #takeChanged(doc: OpenDocument): Promise<void> {
    const { connection, notices } = this.#bench
    const now = doc.file === null ? null : await naming(doc.file.name, openAgain(this.#bench, doc.file))
    if (now === null || now.file === null) throw new InterlockError('not-found', words.notices.cannotReload(doc.label))
    const before = doc.file
    doc.take(now.document, now.file)
    if (before !== null) await connection.call('files.release', { handle: before.handle }).catch(() => undefined)
    await doc.autosave.flush()
    notices.done(words.notices.reloaded(now.file.name))
  }

  download(doc: OpenDocument): void {
    deliver(new Blob([doc.text()], { type: 'application/json' }), `${doc.label}.interlock`)
  }

  /** Exports without asking, with what was chosen last. */
  async exportAs(doc: OpenDocument, to: 'svg' | 'png', marks: boolean): Promise<void> {
    const { options } = lastChoice(this.#bench)
    const { blob, name, remarks } = await exportFile(this.#bench, doc, to, { ...options, marks })
    deliver(blob, name)
    this.#bench.notices.done(words.notices.exported(name))
    for (const remark of remarks) this.#bench.notices.remark(remark)
  }

  /** What was read from another format is a new drawing that no file holds yet, so it counts as changed. */
  async showImported(opened: OpenedDocument): Promise<void> {
    if (opened.imported === undefined) return void (await this.#bench.show(opened))
    const remarks = [opened.remarks.join(' ')]
    const doc = await this.#bench.show({ ...opened, remarks }, { savedText: '' })
    doc?.autosave.touch()
  }
}

const lastPart = (path: string): string => path.split('/').at(-1) ?? path

/** A failure to open says of which file it speaks. */
async function naming<T>(name: string, opened: Promise<T>): Promise<T> {
  try {
    return await opened
  } catch (error) {
    if (!(error instanceof InterlockError) || error.message.includes(name)) throw error
    throw new InterlockError(error.code, words.notices.notOpened(name, error.message), error.details)
  }
}
