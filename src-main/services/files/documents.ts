// Open files: handles that stand for paths, opening, saving with a check of the stamp, and unsaved work. One for each
// host; `session` gives what one page sees. Knows no lab and no dialog.
import { randomBytes } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { FileRef, OpenedDocument } from '../../contract/api.ts'
import { InterlockError } from '../../contract/errors.ts'
import type { Recents } from '../recents.ts'
import { besideFile, checkText, draftPath, keepBeside, keepDraft, makeDraftFolder, removeDraft } from './autosaves.ts'
import { forgetOwner, releaseLock, takeLock } from './locks.ts'
import type { ParseText } from './parser.ts'
import { realOrNew, showPlace, withExtension } from './paths.ts'
import { currentStamp, isWritable, readDocumentFile, stampOf } from './read.ts'
import { createTurns, type Turns } from './turns.ts'
import { removeFile, writeWhole } from './write.ts'
import { fileError } from './errors.ts'

interface OpenFile {
  path: string
  /** the session that has it; null after its page is gone, so that the same page can take it up again */
  owner: string | null
  readOnly: string | null
  /** open to look only: never locked, and nothing is written beside it */
  look: boolean
  /** unsaved work of this file that could not stand beside it */
  draft: string | null
}

export interface DocumentsOptions {
  data: string
  /** workspace folder, links resolved */
  workspace: string
  parse: ParseText
  recents: Recents
}

export interface Documents {
  session(): DocumentSession
}

/** What one page may do with files. All paths given here are absolute and were allowed by somebody else. */
export interface DocumentSession {
  /** @param look to look only: without lock and without an entry in the list of recent files */
  open(path: string, look?: boolean): Promise<OpenedDocument>
  parse(text: string, name: string): Promise<OpenedDocument>
  save(handle: string, stamp: string, text: string, overwrite: boolean): Promise<FileRef>
  saveAs(path: string, text: string, overwrite: boolean): Promise<FileRef>
  release(handle: string): Promise<void>
  keep(draft: string, handle: string | null, text: string): Promise<void>
  discard(draft: string, handle: string | null): Promise<void>
  /** Opens unsaved work: `path` is its file, or null; `draft` where it stands in the data folder, or null. */
  recover(path: string | null, draft: string | null): Promise<OpenedDocument>
  /** Random name of this session; locks carry it. */
  readonly owner: string
  /** The page is gone: locks are given back, unsaved work stays where it is. */
  end(): Promise<void>
}

/** Handles of pages that are gone, kept so that a page can come back after a broken connection. */
const MOST_ORPHANS = 1000

export function createDocuments(options: DocumentsOptions): Documents {
  const handles = new Map<string, OpenFile>()
  const turns = createTurns()
  return { session: () => createSession(options, handles, turns) }
}

function createSession(options: DocumentsOptions, handles: Map<string, OpenFile>, turns: Turns): DocumentSession {
  const { data, workspace, parse, recents } = options
  const owner = randomBytes(16).toString('base64url')
  /** everything this session holds a lock on: files and drafts */
  const locked = new Set<string>()
  /** recovered drafts without a file, with their text, until the page keeps or saves that text itself */
  const recovered = new Map<string, string>()
  let ended = false

  const lock = async (path: string): Promise<'ours' | 'other' | 'none'> => {
    if (locked.has(path)) return 'ours'
    const state = await takeLock(path, owner)
    if (state === 'ours') locked.add(path)
    if (ended) await unlock(path)
    return state
  }
  const unlock = async (path: string): Promise<void> => {
    if (locked.delete(path)) await releaseLock(path, owner)
  }

  const register = (path: string, readOnly: string | null, look = false): string => {
    const handle = randomBytes(18).toString('base64url')
    handles.set(handle, { path, owner: ended ? null : owner, readOnly, look, draft: null })
    return handle
  }
  const refTo = (handle: string, path: string, stamp: string): FileRef => ({
    handle,
    name: basename(path),
    place: showPlace(dirname(path), workspace),
    stamp,
  })

  /** The file of a handle, if this session has it or its page came back after its connection broke. */
  const find = async (handle: string): Promise<OpenFile> => {
    const file = handles.get(handle)
    if (file === undefined || (file.owner !== null && file.owner !== owner)) {
      throw new InterlockError(
        'not-found',
        'This window does not have that file open any more. Save the drawing under a name of its own.',
      )
    }
    if (file.owner === null) {
      file.owner = owner
      if (!file.look) await lock(file.path)
    }
    return file
  }

  /** The file that unsaved work may stand beside; a handle that is lost is no reason to lose the work. */
  const besideOf = async (handle: string): Promise<OpenFile | null> => {
    const file = await find(handle).catch(() => null)
    return file?.look === true ? null : file
  }

  const readOnlyFile = async (path: string): Promise<string | null> =>
    (await isWritable(path))
      ? null
      : `“${basename(path)}” is write-protected, so it can only be looked at. Save a copy to change it.`

  const opened = async (path: string, text: string, stamp: string): Promise<OpenedDocument> => {
    const parsed = await parse(text, basename(path))
    if (parsed.imported !== undefined) {
      // A text of another format is a new drawing; its file is not taken, since saving would not write that format.
      await recents.add(path)
      return { file: null, ...parsed }
    }
    const readOnly = parsed.readOnly ?? (await readOnlyFile(path))
    const remarks = [...parsed.remarks]
    if (readOnly === null && (await lock(path)) === 'other') {
      remarks.push(
        `“${basename(path)}” is also open in another window. Whoever saves second is asked before anything is overwritten.`,
      )
    }
    await recents.add(path)
    const handle = register(path, readOnly)
    return { file: refTo(handle, path, stamp), document: parsed.document, readOnly, remarks }
  }

  const openedToLook = async (path: string, text: string, stamp: string): Promise<OpenedDocument> => {
    const name = basename(path)
    const { document, readOnly, remarks, imported } = await parse(text, name)
    if (imported !== undefined) return { file: null, document, readOnly, remarks, imported }
    const handle = register(path, readOnly ?? `“${name}” is open to look only. Edit a copy to change it.`, true)
    return { file: { ...refTo(handle, path, stamp), look: true }, document, readOnly, remarks }
  }

  const dropDraft = async (draft: string): Promise<void> => {
    await removeDraft(draft)
    await unlock(draft)
    recovered.delete(draft)
  }

  /** The text stands elsewhere now, so a recovered draft that says the same need not be offered again. */
  const dropRecovered = async (text: string, where: string): Promise<void> => {
    const same = [...recovered].filter(([draft, its]) => its === text && draft !== where)
    await Promise.all(same.map(([draft]) => dropDraft(draft)))
  }

  /** Removes the unsaved work of a file after it was saved or given up; another window's stays. */
  const dropUnsaved = async (file: OpenFile): Promise<void> => {
    if (file.draft !== null) {
      await dropDraft(file.draft)
      file.draft = null
    }
    if (locked.has(file.path)) await removeFile(besideFile(file.path))
  }

  return {
    owner,
    async open(path, look = false) {
      const real = await realOrNew(path).catch((error: unknown) => {
        throw fileError(error, 'open', basename(path))
      })
      const { text, stamp } = await readDocumentFile(real)
      return look ? openedToLook(real, text, stamp) : opened(real, text, stamp)
    },
    async parse(text, name) {
      return { file: null, ...(await parse(text, name)) }
    },
    async save(handle, stamp, text, overwrite) {
      const file = await find(handle)
      if (file.readOnly !== null) throw new InterlockError('read-only', file.readOnly)
      checkText(text)
      return turns.take(file.path, async () => {
        const wanted = stampOf(text)
        const now = await currentStamp(file.path)
        if (!overwrite && now !== wanted) checkUnchanged(file.path, now, stamp)
        await writeWhole(file.path, text)
        await lock(file.path)
        await dropUnsaved(file)
        await recents.add(file.path)
        return refTo(handle, file.path, wanted)
      })
    },
    async saveAs(path, text, overwrite) {
      checkText(text)
      const target = await realOrNew(withExtension(path)).catch((error: unknown) => {
        throw fileError(error, 'save', basename(path))
      })
      return turns.take(target, async () => {
        if (!overwrite && (await currentStamp(target)) !== null) {
          throw new InterlockError(
            'already-exists',
            `“${basename(target)}” exists already. Choose another name, or overwrite it.`,
          )
        }
        await writeWhole(target, text)
        await lock(target)
        await dropRecovered(text, target)
        await recents.add(target)
        return refTo(register(target, null), target, stampOf(text))
      })
    },
    async release(handle) {
      const file = await find(handle)
      await turns.take(file.path, async () => {
        if (!file.look) await dropUnsaved(file)
        handles.delete(handle)
        const still = [...handles.values()].some(
          (other) => other.owner === owner && other.path === file.path && !other.look,
        )
        if (!still && !file.look) await unlock(file.path)
      })
    },
    async keep(draft, handle, text) {
      checkText(text)
      const file = handle === null ? null : await besideOf(handle)
      const path = draftPath(data, draft)
      await turns.take(file?.path ?? path, async () => {
        if (file !== null && (await lock(file.path)) === 'ours' && (await keepBeside(file.path, text))) return
        await makeDraftFolder(data)
        await lock(path)
        await keepDraft(path, text, file?.path ?? null)
        await dropRecovered(text, path)
        if (file === null) return
        if (file.draft !== null && file.draft !== path) await dropDraft(file.draft)
        file.draft = path
      })
    },
    async discard(draft, handle) {
      const file = handle === null ? null : await besideOf(handle)
      const path = draftPath(data, draft)
      await turns.take(file?.path ?? path, async () => {
        if (file !== null) await dropUnsaved(file)
        await dropDraft(path)
      })
    },
    async recover(path, draft) {
      const { text } = await readDocumentFile(draft ?? besideFile(path ?? ''))
      const parsed = await parse(text)
      const remarks = [...parsed.remarks, 'This is unsaved work from an earlier window. Save it to keep it.']
      if (draft !== null) await lock(draft)
      if (path === null) {
        if (draft !== null) recovered.set(draft, text)
        return { ...parsed, file: null, remarks }
      }
      await lock(path)
      const handle = register(path, parsed.readOnly)
      const file = handles.get(handle)
      if (file !== undefined) file.draft = draft
      return { ...parsed, file: refTo(handle, path, (await currentStamp(path)) ?? ''), remarks }
    },
    async end() {
      ended = true
      for (const file of handles.values()) if (file.owner === owner) file.owner = null
      const orphans = [...handles].filter(([, file]) => file.owner === null)
      for (const [handle] of orphans.slice(0, Math.max(0, orphans.length - MOST_ORPHANS))) handles.delete(handle)
      await Promise.all([...locked].map(unlock))
      forgetOwner(owner)
    },
  }
}

function checkUnchanged(path: string, now: string | null, stamp: string): void {
  const name = `“${basename(path)}”`
  if (now === null) {
    throw new InterlockError(
      'not-found',
      `${name} was moved or deleted since it was opened. Nothing is lost: save it anew under this name, or save a copy elsewhere.`,
    )
  }
  if (now !== stamp) {
    throw new InterlockError(
      'changed-elsewhere',
      `${name} was changed by another window or program since it was opened. Nothing was written: save a copy, overwrite it, or open it again.`,
    )
  }
}
