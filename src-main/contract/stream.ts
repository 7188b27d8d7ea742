// Files that the page writes piece by piece into the workspace, such as a video: never half a file under its name, and
// after a crash what there is can be gone on with. Long, large and rare, so that nothing is kept in memory.
import { z } from 'zod'
import { MAX_DOCUMENT_BYTES, MAX_STREAM_BYTES, MAX_STREAM_CHUNK } from './limits.ts'

/** Endings of the names of files that are written so. */
export const streamEndings = ['webm', 'mp4', 'png', 'vtt', 'srt'] as const

const Stream = z.string().max(100)
const Place = z.number().int().min(0).max(MAX_STREAM_BYTES)
const Path = z.string().max(4_096)
/** What is needed to go on: a text that only the page reads. */
const About = z.string().max(MAX_DOCUMENT_BYTES + 65_536)

/** A file that a crash has left half written. */
export const Unfinished = z.object({
  id: z.string(),
  /** name of the file that it was to become */
  name: z.string(),
  place: z.string(),
  /** how much was safe on the disk, 0 to 1 */
  done: z.number(),
  /** milliseconds since 1970 */
  saved: z.number(),
})
export type Unfinished = z.infer<typeof Unfinished>

export const streamCalls = {
  /** Begins a file. Refused with `already-exists` unless `overwrite`; what is there stays until `finish`. */
  'streams.begin': {
    input: z.object({ path: Path, overwrite: z.boolean(), about: About }),
    output: z.object({ stream: Stream }),
  },
  /** Bytes at a place of the file, which may lie anywhere up to its end. */
  'streams.write': {
    input: z.object({ stream: Stream, at: Place, base64: z.string().max(Math.ceil(MAX_STREAM_CHUNK / 3) * 4) }),
    output: z.object({}),
  },
  /** What was written until now is made safe on the disk, and is so much of the whole, 0 to 1. */
  'streams.mark': { input: z.object({ stream: Stream, done: z.number().min(0).max(1) }), output: z.object({}) },
  /** The file gets its name. */
  'streams.finish': {
    input: z.object({ stream: Stream }),
    output: z.object({ name: z.string(), place: z.string(), size: z.number() }),
  },
  /** Nothing of it stays. */
  'streams.abort': { input: z.object({ stream: Stream }), output: z.object({}) },
  /** What crashes have left, of no living window, newest first. */
  'streams.unfinished': { input: z.object({}), output: z.array(Unfinished) },
  /** Begins an unfinished file anew; what it had can be read meanwhile, up to `size` bytes. */
  'streams.resume': {
    input: z.object({ id: Stream }),
    output: z.object({ stream: Stream, about: z.string(), size: z.number(), name: z.string() }),
  },
  /** Bytes of what an unfinished file had. */
  'streams.read': {
    input: z.object({ stream: Stream, at: Place, length: z.number().int().min(1).max(MAX_STREAM_CHUNK) }),
    output: z.object({ base64: z.string() }),
  },
  'streams.discard': { input: z.object({ id: Stream }), output: z.object({}) },
} as const
