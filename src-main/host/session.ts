// One page's session: its calls, its runs, its open files. Ends with its wire and leaves nothing behind but unsaved work.
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { type FileRef, type HostApi, type OpenedDocument, PROTOCOL_VERSION } from '../contract/api.ts'
import { InterlockError } from '../contract/errors.ts'
import { GradeReport } from '../contract/exercise.ts'
import { checkFileName, insideWorkspace, showFolder, withExtension } from '../services/files/paths.ts'
import {
  describe,
  findUnsaved,
  forgetUnsaved,
  type RecoveryOptions,
  removeUnsaved,
  unsavedById,
} from '../services/files/recovery.ts'
import { createStreams } from '../services/files/streams.ts'
import { listWorkspace, makeWorkspaceFolder } from '../services/files/workspace.ts'
import { writeReport } from '../services/grading/index.ts'
import type { Shared } from './host.ts'
import { readableEndings } from './lab-models.ts'
import { createSessionKernel } from './session-kernel.ts'
import { createSessionRuns } from './session-runs.ts'
import { streamHandlers } from './session-streams.ts'
import { createSessionTerminals, type Push } from './session-terminals.ts'
import type { Handlers } from './serve.ts'

export interface SessionHandlers {
  /** every key of this page begins with it */
  id: string
  handlers: Handlers<HostApi>
  gate(name: string): void
  end(): Promise<void>
}

/**
 * @param greeted called when the page's hello is accepted, just before it is answered
 * @param push sends an event to this page
 */
export function createSessionHandlers(shared: Shared, greeted: () => void, push: Push): SessionHandlers {
  const { ports, workspace, recents, settings, samples } = shared
  const id = `${randomUUID()}/`
  const files = shared.documents.session()
  const streams = createStreams(workspace, files.owner)
  const runs = createSessionRuns(shared.work)
  const terminals = createSessionTerminals(shared.terminals, push)
  const kernel = createSessionKernel(shared.kernel, shared.terminals, terminals, push)
  const recovery: RecoveryOptions = { data: ports.data, workspace, recent: () => recents.paths() }
  let met: 'nobody' | 'ours' | 'another' = 'nobody'

  const mismatch = (): InterlockError =>
    new InterlockError(
      'protocol-mismatch',
      'This page belongs to another build of Interlock than the one that is running. Reload the page.',
    )

  const grade = async (places: { pack: string; folder: string }): Promise<unknown> =>
    shared.work.call('grading.grade', {
      pack: await insideWorkspace(workspace, places.pack, true),
      folder: await insideWorkspace(workspace, places.folder, true),
      shown: places,
    })

  const handlers: Handlers<HostApi> = {
    hello: ({ protocol, build }) => {
      if (protocol !== PROTOCOL_VERSION || build !== ports.build) {
        met = 'another'
        throw mismatch()
      }
      met = 'ours'
      greeted()
      return {
        protocol: PROTOCOL_VERSION,
        build: ports.build,
        shell: ports.shell,
        nativeDialogs: ports.dialogs !== null,
        workspace: showFolder(workspace),
      }
    },
    'samples.list': ({ lab }) => samples.list(lab),
    'samples.open': ({ lab, id: sample }) => samples.open(lab, sample),
    'verdict.of': (input) => shared.verdicts.ask(id + input.key, input),
    'repairs.of': (input) => shared.repairs.ask(id + input.key, input),
    'operations.run': (input) => shared.operations.ask(id + input.key, { ...input, key: id + input.key }),
    'operations.cancel': ({ key }) => done(shared.operations.cancel(id + key)),
    'exercise.begin': (input) => shared.work.call('exercise.begin', input),
    'exercise.forms': (input) => shared.work.call('exercise.forms', input),
    'exercise.judge': (input) => shared.work.call('exercise.judge', input),
    'exercise.key': (input) => shared.work.call('exercise.key', input),
    'exercise.checks': (input) => shared.work.call('exercise.checks', input),
    'grading.run': grade,
    'grading.write': async ({ format, path, overwrite, ...places }) => {
      checkFileName(basename(path))
      const target = await insideWorkspace(workspace, path, false)
      await writeReport(target, GradeReport.parse(await grade(places)), format, overwrite)
      return done(undefined)
    },
    'generators.list': (input) => shared.work.call('generators.list', input),
    'generators.make': (input) => shared.work.call('generators.make', input),
    ...runs.handlers,
    ...terminals.handlers,
    ...kernel.handlers,
    'files.pickOpen': async ({ look }): Promise<OpenedDocument | null> => {
      const choosing = dialogs(ports.dialogs).pickOpen()
      void shared.work.ready()
      const path = await choosing
      return path === null ? null : files.open(path, look)
    },
    'files.pickSave': async ({ text, suggested }): Promise<FileRef | null> => {
      const path = await dialogs(ports.dialogs).pickSave(withExtension(suggested))
      // The dialog has asked about overwriting, but only for the name exactly as it was given.
      return path === null ? null : files.saveAs(path, text, path === withExtension(path))
    },
    'files.open': async ({ path, look }) => files.open(await insideWorkspace(workspace, path, true), look),
    'files.openRecent': async ({ id: recent, look }) => {
      const path = shared.given.get(recent) ?? (await recents.find(recent))
      if (path !== null) return files.open(path, look)
      throw new InterlockError(
        'not-found',
        'This file is not in the list of recent files any more. Open it by its name.',
      )
    },
    'files.parse': ({ text, name }) => files.parse(text, name),
    'files.save': ({ handle, stamp, text, overwrite }) => files.save(handle, stamp, text, overwrite),
    'files.saveAs': async ({ path, text, overwrite }) => {
      checkFileName(basename(path))
      return files.saveAs(await insideWorkspace(workspace, withExtension(path), false), text, overwrite)
    },
    'files.release': async ({ handle }) => done(await files.release(handle)),
    'files.recent': () => recents.list(),
    'files.forgetRecent': async () => done(await recents.forget()),
    'workspace.list': ({ folder }) => {
      // Somebody is choosing a file: the worker that reads large ones is ready when they have chosen.
      void shared.work.ready()
      return listWorkspace(workspace, folder, readableEndings)
    },
    'workspace.makeFolder': async ({ folder }) => done(await makeWorkspaceFolder(workspace, folder)),
    'autosave.keep': async ({ draft, handle, text }) => done(await files.keep(draft, handle, text)),
    'autosave.discard': async ({ draft, handle }) => done(await files.discard(draft, handle)),
    'recovery.list': async () => {
      const found = await findUnsaved(recovery, files.owner)
      return Promise.all(found.map((item) => describe(item, workspace)))
    },
    'recovery.open': async ({ id: work }) => {
      const found = await unsavedById(recovery, files.owner, work, false)
      return files.recover(found.path, found.draft)
    },
    'recovery.discard': async ({ id: work }) =>
      done(await removeUnsaved(await unsavedById(recovery, files.owner, work, true))),
    'export.drawing': (input) => shared.work.call('export.drawing', input),
    'export.walkthrough': (input) => shared.work.call('export.walkthrough', input),
    'export.run': (input) => shared.work.call('export.run', input),
    'export.shot': (input) => shared.work.call('export.shot', input),
    ...streamHandlers(workspace, streams),
    'session.remarks': () => shared.remarks.splice(0),
    'session.forget': async () => {
      // The list leads to unsaved work beside files, so it goes last.
      await forgetUnsaved(recovery, files.owner)
      return done(await recents.forget())
    },
    'settings.get': () => settings.get(),
    'settings.set': (change) => settings.set(change),
  }

  return {
    id,
    handlers,
    gate(name) {
      if (name === 'hello' || met === 'ours') return
      if (met === 'another') throw mismatch()
      throw new InterlockError('bad-message', 'The first call has to be hello.')
    },
    async end() {
      shared.verdicts.forget(id)
      shared.repairs.forget(id)
      shared.operations.forget(id)
      kernel.end()
      terminals.end()
      // Locks of streams are those of the session's files, which are forgotten last.
      await streams.end()
      await Promise.all([runs.end(), files.end()])
    },
  }
}

const done = (_: void): Record<string, never> => ({})

function dialogs(given: Shared['ports']['dialogs']): NonNullable<Shared['ports']['dialogs']> {
  if (given !== null) return given
  throw new InterlockError('bad-input', "This shell has no dialogs of the system's. Use the page's own.")
}
