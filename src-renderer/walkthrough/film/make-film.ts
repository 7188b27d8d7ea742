// One film from beginning to end: painted, encoded, written into the workspace with what goes beside it, and gone on with
// after a crash. Nothing of it stays when it is cancelled. Knows no dialog.
import { subRip, webVtt } from '@contract/captions.ts'
import type { DocumentEnvelope } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import { type Film, type FilmFormat, type FilmOptions, frameAt, frameSvg, momentsOf } from '@contract/film.ts'
import type { FilmOrder } from '@contract/film-order.ts'
import type { LabModel } from '@contract/lab.ts'
import type { Walkthrough } from '@contract/walkthrough.ts'
import type { Caller } from '../../player/remote-run.ts'
import { film as words } from '../../ui/texts/film.ts'
import { checkWalkthrough } from '../show.ts'
import { encoderFor, sizeOf } from './codecs.ts'
import { HostFile } from './disk.ts'
import { Easel } from './easel.ts'
import { Shots } from './shots.ts'

export const endings: Readonly<Record<FilmFormat, string>> = {
  'webm-vp9': 'webm',
  'webm-av1': 'webm',
  'mp4-h264': 'mp4',
}

export interface FilmTask {
  host: Caller
  lab: LabModel
  document: DocumentEnvelope & { walkthrough: Walkthrough }
  order: FilmOrder
  /** the file to write: a new one, or one that was begun before a crash */
  begin(): Promise<{ stream: string; earlier: number }>
  signal: AbortSignal
  tell(phase: 'painting' | 'encoding', done: number): void
}

export interface FilmResult {
  name: string
  place: string
  /** bytes */
  size: number
  /** milliseconds */
  length: number
  frames: number
  written: number
  fingerprint: string | null
  chapters: boolean
  /** names of the files beside it */
  beside: string[]
}

/** @throws InterlockError `cancelled` when the signal says so, and whatever host and encoder refuse */
export async function makeFilm(task: FilmTask): Promise<FilmResult> {
  const { host, lab, document, order, signal, tell } = task
  const { walkthrough } = document
  checkWalkthrough(walkthrough, lab)
  const chosen = await encoderFor(order.options)
  if (chosen === null) throw new InterlockError('bad-input', words.noEncoder)
  const shots = new Shots({ host, lab, walkthrough, options: order.options, marks: order.marks })
  let file: HostFile | null = null
  try {
    const film = await shots.film((done) => tell('painting', done), signal)
    if (film.length === 0) throw new InterlockError('bad-input', words.noLength)
    const { encodeFilm, headOf } = await import('./encode.ts')
    const { stream, earlier } = await task.begin()
    file = new HostFile(host, stream, headOf(film, walkthrough.title))
    const made = await encodeFilm({
      film,
      title: walkthrough.title,
      shots,
      chosen,
      file,
      earlier: earlier === 0 ? null : { host, stream, size: earlier },
      signal,
      tell: (written, of) => tell('encoding', written / of),
    })
    const beside = await besideFiles(task, film, shots)
    const finished = await file.finish()
    return { ...finished, ...made, length: film.length, frames: film.frames, beside }
  } catch (error) {
    // What a host that is gone has of it can be gone on with; nobody wants half of anything else.
    if (!(error instanceof InterlockError && error.code === 'disconnected')) await file?.abort()
    if (signal.aborted) throw new InterlockError('cancelled', words.cancelled)
    throw error
  } finally {
    await shots.close()
  }
}

/** Captions with the times of the film, and one frame as a picture. They are replaced with the film they belong to. */
async function besideFiles({ host, document, order }: FilmTask, film: Film, shots: Shots): Promise<string[]> {
  const base = order.path.replace(/\.[^./]*$/, '')
  const names: string[] = []
  const put = async (path: string, bytes: Uint8Array): Promise<void> => {
    const { stream } = await host.call('streams.begin', { path, overwrite: true, about: '' })
    const file = new HostFile(host, stream, 0)
    await file.write(0, bytes)
    names.push((await file.finish()).name)
  }
  if (order.files) {
    const said = captioned(document.walkthrough, order.options)
    await put(`${base}.vtt`, new TextEncoder().encode(webVtt(said)))
    await put(`${base}.srt`, new TextEncoder().encode(subRip(said)))
  }
  if (order.poster !== null) {
    const { width, height } = sizeOf(order.options)
    const easel = new Easel(width, height)
    const frame = frameAt(film, Math.min(order.poster, film.frames - 1))
    await easel.draw(frameSvg(film, frame, await shots.of(frame)))
    await put(`${base}.png`, new Uint8Array(await (await easel.png()).arrayBuffer()))
  }
  return names
}

/** The walkthrough with the times of its film: one step for each page of caption. */
function captioned(walkthrough: Walkthrough, { questions }: FilmOptions): Walkthrough {
  const steps = momentsOf(walkthrough, { captions: true, questions }).map(({ ms, words: { lines } }, index) => ({
    id: `m${index + 1}`,
    ms,
    caption: lines.join('\n'),
    changes: [],
  }))
  return { ...walkthrough, steps }
}
