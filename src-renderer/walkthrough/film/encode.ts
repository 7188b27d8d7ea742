// Encodes a film frame by frame into a file. No clock and no animation frames: each frame is drawn, encoded and written
// when the one before is through, however long that takes, also in a window that nobody sees.
import {
  CustomSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'
import { type Film, frameAt, frameSvg, mustWrite } from '@contract/film.ts'
import type { Caller } from '../../player/remote-run.ts'
import { mp4Chapters, ROOM_TAG, webmRoom, withChapters } from './chapters.ts'
import { type Chosen, codecOf, sizeOf } from './codecs.ts'
import { type HostFile, readOld } from './disk.ts'
import { Easel } from './easel.ts'
import type { Shots } from './shots.ts'

/** A player jumps to frames that stand alone; a film goes on after a crash from the last of them. */
const KEY_SECONDS = 5
/** Frames that may wait in the encoder: more would only fill memory. */
const MOST_WAITING = 1

export interface FilmWork {
  film: Film
  title: string
  shots: Pick<Shots, 'of'>
  chosen: Chosen
  file: HostFile
  /** what an earlier attempt has left */
  earlier: { host: Caller; stream: string; size: number } | null
  signal: AbortSignal
  /** how many of the frames that are written at all are written */
  tell(written: number, of: number): void
}

export interface FilmMade {
  /** frames in the file; those that look like the one before are left out */
  written: number
  /** SHA-256 over the pixels of the first frame of each moment, in order; null when not all were drawn here */
  fingerprint: string | null
  /** whether the chapters are in the file */
  chapters: boolean
}

/** Room at the beginning of a file for what the writer puts there besides chapters. */
export const HEAD_BYTES = 16_384

/** How much of the beginning of the file has to be kept for the chapters. */
export const headOf = (film: Film, title: string): number =>
  HEAD_BYTES + 2 * webmRoom(title, film.chapters, film.length).tag.length

/** The numbers of the frames that are written. */
export function writtenFrames(film: Film): number[] {
  const numbers: number[] = []
  let last: { frame: number; key: string } | null = null
  for (let frame = 0; frame < film.frames; frame += 1) {
    if (!mustWrite(film, frame, last)) continue
    last = { frame, key: frameAt(film, frame).key }
    numbers.push(frame)
  }
  return numbers
}

/** Writes the whole film; the file still has to be finished. */
export async function encodeFilm(work: FilmWork): Promise<FilmMade> {
  const { film, file, title, signal, tell } = work
  const { format, fps } = film.options
  const room = webmRoom(title, film.chapters, film.length)
  const target = new StreamTarget(
    new WritableStream({
      write: ({ data, position }: { data: Uint8Array; position: number }) => file.write(position, data),
    }),
  )
  const isWebm = format !== 'mp4-h264'
  const output = new Output({
    format: isWebm ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: false, metadataFormat: 'udta' }),
    target,
  })
  const source = new EncodedVideoPacketSource(codecOf[format])
  output.addVideoTrack(source, { frameRate: fps })
  output.setMetadataTags(
    isWebm
      ? { raw: { [ROOM_TAG]: room.tag } }
      : {
          ...(title !== '' && { title }),
          ...(film.chapters.length > 0 && { raw: { chpl: mp4Chapters(film.chapters) } }),
        },
  )
  const numbers = writtenFrames(film)
  try {
    await output.start()
    const from = work.earlier === null || !isWebm ? 0 : await takenOver(work, source)
    const fingerprint = await drawn(work, numbers, from, source, (written) => tell(written, numbers.length))
    signal.throwIfAborted()
    await output.finalize()
    const patched = isWebm ? withChapters(file.head, room) : null
    if (patched !== null) await file.write(0, patched)
    const chapters = film.chapters.length > 0 && (!isWebm || patched !== null)
    return { written: numbers.length, fingerprint: from === 0 ? fingerprint : null, chapters }
  } catch (error) {
    if (output.state !== 'finalized' && output.state !== 'canceled') await output.cancel().catch(() => undefined)
    throw error
  }

  /** Copies what an earlier attempt has safely written, and says with which frame to go on. */
  async function takenOver({ earlier }: FilmWork, into: EncodedVideoPacketSource): Promise<number> {
    if (earlier === null || earlier.size === 0) return 0
    const { host, stream, size } = earlier
    const input = new Input({
      formats: [WEBM],
      source: new CustomSource({ getSize: () => size, read: (start, end) => readOld(host, stream, start, end) }),
    })
    let group: EncodedPacket[] = []
    let [next, first] = [0, true]
    try {
      const track = await input.getPrimaryVideoTrack()
      const decoderConfig = (await track?.getDecoderConfig()) ?? null
      if (track === null || decoderConfig === null) return 0
      for await (const packet of new EncodedPacketSink(track).packets()) {
        signal.throwIfAborted()
        if (packet.type === 'key') {
          for (const whole of group) {
            await into.add(whole, first ? { decoderConfig } : undefined)
            first = false
          }
          group = []
          next = Math.round(packet.timestamp * fps)
        }
        group.push(packet)
      }
    } catch (error) {
      // The end of such a file is cut off somewhere; the group that is not whole is encoded anew.
      if (signal.aborted) throw error
    } finally {
      input.dispose()
    }
    return next
  }
}

/** Draws and encodes from a frame on. @returns the fingerprint of what was drawn */
async function drawn(
  { film, shots, chosen, signal, file }: FilmWork,
  numbers: readonly number[],
  from: number,
  source: EncodedVideoPacketSource,
  tell: (written: number) => void,
): Promise<string> {
  const { fps } = film.options
  const size = sizeOf(film.options)
  const easel = new Easel(size.width, size.height)
  let failure: unknown = null
  let adding = Promise.resolve()
  const encoder = new VideoEncoder({
    output: (chunk, meta) => {
      const packet = EncodedPacket.fromEncodedChunk(chunk)
      adding = adding.then(() => source.add(packet, meta)).catch((error: unknown) => void (failure ??= error))
    },
    error: (error) => (failure ??= error),
  })
  const checked = (): void => {
    signal.throwIfAborted()
    if (failure !== null) throw failure instanceof Error ? failure : new Error(String(failure))
  }
  const hashes: Uint8Array[] = []
  const begun = new Set<number>()
  let drawing: VideoFrame | null = null
  let [shown, lastKey, marked] = ['', -Infinity, 0]
  const keys = new Set(film.chapters.map(({ begins }) => Math.ceil((begins * fps) / 1_000)))
  try {
    encoder.configure(chosen.config)
    for (const [index, number] of numbers.entries()) {
      if (number < from) continue
      const frame = frameAt(film, number)
      if (frame.key !== shown) {
        await easel.draw(frameSvg(film, frame, await shots.of(frame)))
        shown = frame.key
        drawing?.close()
        drawing = new VideoFrame(easel.canvas, { timestamp: 0 })
      }
      if (!begun.has(frame.moment.begins)) {
        begun.add(frame.moment.begins)
        hashes.push(await easel.hash())
      }
      checked()
      const keyFrame = number - lastKey >= KEY_SECONDS * fps || keys.has(number)
      if (keyFrame) lastKey = number
      const timestamp = Math.round((number * 1e6) / fps)
      // The same pixels under another time: nothing is copied for frames that only keep the film alive.
      const video = new VideoFrame(drawing ?? easel.canvas, { timestamp, duration: Math.round(1e6 / fps) })
      encoder.encode(video, { ...chosen.options, keyFrame })
      video.close()
      while (encoder.encodeQueueSize > MOST_WAITING && failure === null) await dequeued(encoder)
      await adding
      if (keyFrame && index > marked) {
        await file.mark(index / numbers.length)
        marked = index
      }
      tell(index + 1)
    }
    await encoder.flush()
    await adding
    checked()
  } finally {
    drawing?.close()
    if (encoder.state !== 'closed') encoder.close()
  }
  return hexOf(hashes)
}

/** The encoder has taken a frame, or has failed, which nothing tells but time. */
function dequeued(encoder: VideoEncoder): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, 1_000)
    encoder.addEventListener(
      'dequeue',
      () => {
        clearTimeout(timer)
        done()
      },
      { once: true },
    )
  })
}

async function hexOf(hashes: readonly Uint8Array[]): Promise<string> {
  const all = new Uint8Array(hashes.length * 32)
  for (const [index, hash] of hashes.entries()) all.set(hash, index * 32)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
