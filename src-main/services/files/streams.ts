// Files that a page writes piece by piece, such as videos. They grow in a hidden file beside their place and get their
// name at the end. A journal beside it holds what is needed to go on after a crash. Knows nothing of what is in them.
import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, readFile, rename, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_STREAM_BYTES, MAX_STREAMS } from '../../contract/limits.ts'
import { streamEndings, type Unfinished } from '../../contract/stream.ts'
import { fileError } from './errors.ts'
import { lockState, releaseLock, takeLock } from './locks.ts'
import { checkFileName, showPlace } from './paths.ts'
import { createTurns } from './turns.ts'
import { walkFiles } from './walk.ts'
import { removeFile, syncFolder, writeWhole } from './write.ts'

const SUFFIX = '.unfinished'
/** What a file had before it was begun anew; read from until the new one has more. */
const OLD = '.old'
const JOURNAL = '.json'

const beside = (target: string): string => join(dirname(target), `.${basename(target)}${SUFFIX}`)

const Begun = z.object({ name: z.string(), about: z.string() })
const Marked = z.object({ done: z.number().min(0).max(1), size: z.number().int().min(0) })

interface Stream {
  target: string
  part: string
  file: FileHandle
  size: number
  overwrite: boolean
  /** what an earlier attempt had */
  old: { file: FileHandle; size: number } | null
}

/** What one page may do; paths are absolute and were allowed by somebody else. */
export interface StreamSession {
  begin(target: string, overwrite: boolean, about: string): Promise<{ stream: string }>
  write(stream: string, at: number, base64: string): Promise<void>
  mark(stream: string, done: number): Promise<void>
  finish(stream: string): Promise<{ name: string; place: string; size: number }>
  abort(stream: string): Promise<void>
  unfinished(): Promise<Unfinished[]>
  resume(id: string): Promise<{ stream: string; about: string; size: number; name: string }>
  read(stream: string, at: number, length: number): Promise<{ base64: string }>
  discard(id: string): Promise<void>
  /** The page is gone: what is half written stays, to be gone on with. */
  end(): Promise<void>
}

/**
 * @param workspace folder below which unfinished files are looked for, links resolved
 * @param owner the session whose locks tell its files from those of crashed ones
 */
export function createStreams(workspace: string, owner: string): StreamSession {
  const streams = new Map<string, Stream>()
  const turns = createTurns()
  let beginning = 0

  /** Calls for one file happen one after the other, in the order in which they came. */
  const on = <T>(id: string, work: (stream: Stream) => Promise<T>): Promise<T> =>
    turns.take(id, async () => {
      const stream = streams.get(id)
      if (stream === undefined) {
        throw new InterlockError('unknown-stream', 'This file is not being written any more. Begin the export again.')
      }
      return work(stream).catch((error: unknown) => {
        throw fileError(error, 'save', basename(stream.target))
      })
    })

  const close = async (id: string, stream: Stream): Promise<void> => {
    streams.delete(id)
    await stream.file.close().catch(() => undefined)
    await stream.old?.file.close().catch(() => undefined)
  }

  const start = async (target: string, overwrite: boolean, old: Stream['old']): Promise<{ stream: string }> => {
    const part = beside(target)
    const file = await open(part, 'w+', 0o666)
    const id = randomUUID()
    streams.set(id, { target, part, file, size: 0, overwrite, old })
    return { stream: id }
  }

  /** Takes the right to write a file, or says who has it. */
  const take = async (part: string, name: string): Promise<void> => {
    // The one that is beginning is counted already.
    if (streams.size + beginning > MAX_STREAMS) {
      throw new InterlockError('too-large', `At most ${MAX_STREAMS} files can be written at once. Wait for one to end.`)
    }
    const ours = [...streams.values()].some((stream) => stream.part === part)
    if (ours || (await takeLock(part, owner)) === 'other') {
      throw new InterlockError('already-exists', `“${name}” is being written already. Wait, or choose another name.`)
    }
  }

  const guarded = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    beginning += 1
    try {
      return await work()
    } catch (error) {
      throw fileError(error, 'save', name)
    } finally {
      beginning -= 1
    }
  }

  return {
    begin: (target, overwrite, about) =>
      guarded(basename(target), async () => {
        const name = basename(target)
        checkName(name)
        if (!overwrite && (await exists(target))) throw taken(name)
        const part = beside(target)
        await take(part, name)
        try {
          // Whatever was left of an earlier file of this name, somebody has chosen to write it anew.
          await removeFile(part + OLD)
          await writeWhole(part + JOURNAL, `${JSON.stringify({ name, about })}\n`, name)
          return await start(target, overwrite, null)
        } catch (error) {
          await releaseLock(part, owner)
          throw error
        }
      }),
    write: (id, at, base64) =>
      on(id, async (stream) => {
        const bytes = Buffer.from(base64, 'base64')
        const length = (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)
        if (bytes.length !== length) throw new InterlockError('bad-input', 'This piece of a file is no base64.')
        if (at > stream.size) throw new InterlockError('bad-input', 'A piece of a file begins behind the end of it.')
        if (at + bytes.length > MAX_STREAM_BYTES) {
          throw new InterlockError(
            'too-large',
            `“${basename(stream.target)}” is larger than ${MAX_STREAM_BYTES / 1024 ** 3} GB. Choose a smaller picture, or cut the walkthrough.`,
          )
        }
        for (let from = 0; from < bytes.length;) {
          from += (await stream.file.write(bytes, from, bytes.length - from, at + from)).bytesWritten
        }
        stream.size = Math.max(stream.size, at + bytes.length)
      }),
    mark: (id, done) =>
      on(id, async ({ file, size, part }) => {
        await file.datasync()
        const journal = await open(part + JOURNAL, 'a')
        await journal.writeFile(`${JSON.stringify({ done, size })}\n`).finally(() => journal.close())
      }),
    finish: (id) =>
      on(id, async (stream) => {
        const { target, part, file, overwrite, size } = stream
        const name = basename(target)
        if (!overwrite && (await exists(target))) throw taken(name)
        await file.sync()
        await close(id, stream)
        await rename(part, target)
        await removeAll(part)
        await syncFolder(dirname(target))
        await releaseLock(part, owner)
        return { name, place: showPlace(dirname(target), workspace), size }
      }),
    abort: (id) =>
      on(id, async (stream) => {
        await close(id, stream)
        await removeAll(stream.part)
        await releaseLock(stream.part, owner)
      }),
    unfinished: async () => {
      const found = await Promise.all((await leftIn(workspace)).map((part) => described(part, workspace, owner)))
      return found.filter((item) => item !== null).sort((a, b) => b.saved - a.saved)
    },
    resume: (id) =>
      guarded('the video', async () => {
        const part = await partOf(workspace, id, owner)
        const { name, about } = await journalOf(part)
        await take(part, name)
        try {
          // After two crashes the longer one of both attempts is gone on with.
          if ((await sizeOf(part)) >= (await sizeOf(part + OLD))) await rename(part, part + OLD)
          const old = await open(part + OLD, 'r')
          const { size } = await old.stat()
          const target = join(dirname(part), name)
          return { ...(await start(target, true, { file: old, size })), about, size, name }
        } catch (error) {
          await releaseLock(part, owner)
          throw error
        }
      }),
    read: (id, at, length) =>
      on(id, async ({ old }) => {
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, (old?.size ?? 0) - at)))
        const read = old === null ? 0 : (await old.file.read(bytes, 0, bytes.length, at)).bytesRead
        return { base64: bytes.subarray(0, read).toString('base64') }
      }),
    async discard(id) {
      const part = await partOf(workspace, id, owner)
      // The lock of the crashed session goes with the rest, and nobody else resumes meanwhile.
      await takeLock(part, owner)
      await removeAll(part)
      await releaseLock(part, owner)
    },
    async end() {
      for (const [id, stream] of streams) {
        await turns.take(id, () => close(id, stream))
        await releaseLock(stream.part, owner)
      }
    },
  }
}

function checkName(name: string): void {
  checkFileName(name)
  const ending = extname(name).slice(1).toLowerCase()
  if (!streamEndings.some((known) => known === ending)) {
    throw new InterlockError('bad-input', `The name of this file has to end in one of .${streamEndings.join(', .')}.`)
  }
}

const taken = (name: string): InterlockError =>
  new InterlockError('already-exists', `“${name}” exists already. Choose another name, or overwrite it.`)

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? -1
const exists = async (path: string): Promise<boolean> => (await sizeOf(path)) >= 0

/** The journal goes last: without it nobody finds the rest. */
async function removeAll(part: string): Promise<void> {
  await removeFile(part)
  await removeFile(part + OLD)
  await removeFile(part + JOURNAL)
}

const leftIn = async (workspace: string): Promise<string[]> => {
  const files = await walkFiles(workspace, (name) => name.startsWith('.') && name.endsWith(SUFFIX + JOURNAL))
  return files.map((path) => path.slice(0, -JOURNAL.length))
}

const idOf = (part: string): string => createHash('sha256').update(part).digest('hex').slice(0, 32)

async function partOf(workspace: string, id: string, owner: string): Promise<string> {
  const part = (await leftIn(workspace)).find((path) => idOf(path) === id)
  if (part !== undefined && (await lockState(part, owner)) === 'none') return part
  throw new InterlockError(
    'not-found',
    'This unfinished file is not there any more, or another window goes on with it.',
  )
}

/** @throws InterlockError `not-found` when it cannot be read, as after a crash in its first moment */
async function journalOf(part: string): Promise<z.infer<typeof Begun> & { done: number }> {
  const [first = '', ...marks] = (await readFile(part + JOURNAL, 'utf8')).split('\n')
  const begun = Begun.safeParse(parsed(first))
  if (!begun.success || basename(beside(begun.data.name)) !== basename(part)) {
    throw new InterlockError('not-found', 'What is left of this file tells too little to go on with it. Discard it.')
  }
  // The last line may be cut off.
  const last = marks.map((line) => Marked.safeParse(parsed(line))).findLast(({ success }) => success)
  return { ...begun.data, done: last?.data?.done ?? 0 }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

async function described(part: string, workspace: string, owner: string): Promise<Unfinished | null> {
  if ((await lockState(part, owner)) !== 'none') return null
  const name = basename(part).slice(1, -SUFFIX.length)
  const done = await journalOf(part).then(
    (journal) => journal.done,
    () => 0,
  )
  const saved = (await stat(part + JOURNAL).catch(() => null))?.mtimeMs ?? 0
  return { id: idOf(part), name, place: showPlace(dirname(part), workspace), done, saved }
}
