// Chapters in the bytes of WebM and MP4 files, which the writer of the files has no calls for. WebM: Matroska's Chapters
// element (RFC 9559, section 20) in room that was kept free by a long tag. MP4: the `chpl` box that players know.

export interface Chapter {
  title: string
  /** milliseconds */
  begins: number
}

const utf8 = new TextEncoder()

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** A whole number as big-endian bytes. */
function bytesOf(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = length - 1, rest = value; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256
  return bytes
}

/** An EBML element; its size is written in eight bytes, so that sizes of the whole can be told beforehand. */
function element(id: number, content: Uint8Array | readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = content instanceof Uint8Array ? content : joined(content)
  const name = bytesOf(id, id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1)
  const size = bytesOf(body.length, 8)
  size[0] = 1
  return joined([name, size, body])
}

const text = (id: number, value: string): Uint8Array => element(id, utf8.encode(value))
const whole = (id: number, value: number): Uint8Array => element(id, bytesOf(value, 8))

function matroskaChapters(chapters: readonly Chapter[], length: number): Uint8Array {
  const atoms = chapters.map(({ title, begins }, index) =>
    element(0xb6, [
      whole(0x73c4, index + 1),
      whole(0x91, begins * 1e6),
      whole(0x92, (chapters[index + 1]?.begins ?? length) * 1e6),
      element(0x80, [text(0x85, title), text(0x437c, 'und')]),
    ]),
  )
  return element(0x1043a770, element(0x45b9, [whole(0x45bc, 1), ...atoms]))
}

const matroskaTitle = (title: string): Uint8Array =>
  element(
    0x1254c367,
    element(0x7373, [element(0x63c0, []), element(0x67c8, [text(0x45a3, 'TITLE'), text(0x4487, title)])]),
  )

/** Name of the tag that keeps room; nobody ever sees it. */
export const ROOM_TAG = 'ROOM'
/** An empty element that fills up what is left needs so many bytes at least. */
const LEAST_VOID = 9

export interface WebmRoom {
  /** value of the tag that keeps the room */
  tag: string
  /** what takes its place: chapters and title */
  content: Uint8Array
}

/** @param length of the film in milliseconds */
export function webmRoom(title: string, chapters: readonly Chapter[], length: number): WebmRoom {
  const content = joined([
    ...(chapters.length === 0 ? [] : [matroskaChapters(chapters, length)]),
    ...(title === '' ? [] : [matroskaTitle(title)]),
  ])
  return { tag: ' '.repeat(content.length + LEAST_VOID), content }
}

/** Where an element with this id of four bytes begins, and its length with id and size; null when it is not there. */
function find(head: Uint8Array, id: number, from: number): { at: number; length: number } | null {
  const name = bytesOf(id, 4)
  for (let at = from; at + 12 <= head.length; at += 1) {
    if (name.some((byte, index) => head[at + index] !== byte)) continue
    const first = head[at + 4] ?? 0
    const width = Math.clz32(first) - 23
    if (width < 1 || width > 8) continue
    let size = first & ((1 << (8 - width)) - 1)
    for (let index = 1; index < width; index += 1) size = size * 256 + (head[at + 4 + index] ?? 0)
    if (at + 4 + width + size <= head.length) return { at, length: 4 + width + size }
  }
  return null
}

const SEEK_HEAD = 0x114d9b74
const TAGS = 0x1254c367

/**
 * The beginning of a finished WebM file with chapters and title where room was kept. No other byte moves.
 * @param head the bytes from the first one, past the kept room
 * @returns null when the room is not where it should be; the file is whole then, and has no chapters
 */
export function withChapters(head: Uint8Array, { tag, content }: WebmRoom): Uint8Array<ArrayBuffer> | null {
  const seek = find(head, SEEK_HEAD, 0)
  if (seek === null || content.length === 0) return null
  const room = find(head, TAGS, seek.at + seek.length)
  if (room === null || room.length < tag.length || room.length - content.length < LEAST_VOID) return null
  const made = new Uint8Array(head)
  const rest = room.length - content.length
  made.set(content, room.at)
  made.set(element(0xec, new Uint8Array(rest - LEAST_VOID)), room.at + content.length)
  // The index at the front names what begins there.
  const named = find4(made, TAGS, seek.at, seek.at + seek.length)
  const first = content.slice(0, 4)
  if (named !== null) made.set(first, named)
  return made
}

function find4(bytes: Uint8Array, id: number, from: number, to: number): number | null {
  const name = bytesOf(id, 4)
  for (let at = from; at + 4 <= to; at += 1) if (name.every((byte, index) => bytes[at + index] === byte)) return at
  return null
}

/** Most chapters of a `chpl` box: their number is one byte. */
const MOST_MP4_CHAPTERS = 255

/** The content of the `chpl` box; times in it are tenths of microseconds. */
export function mp4Chapters(chapters: readonly Chapter[]): Uint8Array<ArrayBuffer> {
  const listed = chapters.slice(0, MOST_MP4_CHAPTERS)
  return joined([
    new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, listed.length]),
    ...listed.map(({ title, begins }) => {
      const name = shortened(title)
      return joined([bytesOf(begins * 1e4, 8), new Uint8Array([name.length]), name])
    }),
  ])
}

/** At most 255 bytes, with whole letters. */
function shortened(title: string): Uint8Array {
  const letters = [...title]
  while (utf8.encode(letters.join('')).length > 255) letters.pop()
  return utf8.encode(letters.join(''))
}
