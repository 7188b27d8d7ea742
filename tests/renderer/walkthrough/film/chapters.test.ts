// Chapters in the bytes of files: in WebM they take the place of a long tag and move nothing; in MP4 they are a box.
// That players find them is tested with ffprobe where a whole film is made.
import { expect, test } from 'vitest'
import { mp4Chapters, webmRoom, withChapters } from '@page/walkthrough/film/chapters.ts'

const bytes = (...parts: (number[] | string)[]): number[] =>
  parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part))
/** An element with a size of eight bytes. */
const element = (id: number[], content: number[]): number[] => {
  const size = new DataView(new ArrayBuffer(8))
  size.setBigUint64(0, BigInt(content.length))
  size.setUint8(0, 1)
  return [...id, ...new Uint8Array(size.buffer), ...content]
}
const SEEK_HEAD = [0x11, 0x4d, 0x9b, 0x74]
const TAGS = [0x12, 0x54, 0xc3, 0x67]
const CHAPTERS = [0x10, 0x43, 0xa7, 0x70]

function fileWith(tag: string): { head: Uint8Array; tagsAt: number; tagsLength: number } {
  const index = element(SEEK_HEAD, [0x53, 0xab, 0x84, ...TAGS, 0x53, 0xac, 0x81, 99])
  const before = bytes([0x1a, 0x45, 0xdf, 0xa3, 0x80], index, [1, 2, 3])
  const tags = element(TAGS, bytes('ROOM', tag))
  const head = new Uint8Array([...before, ...tags, ...bytes('the clusters')])
  return { head, tagsAt: before.length, tagsLength: tags.length }
}

const indexOf = (all: Uint8Array, part: number[]): number =>
  [...all.keys()].findIndex((at) => part.every((byte, offset) => all[at + offset] === byte))

test('chapters and title stand where room was kept; the file is as long as before, and what follows has not moved', () => {
  const room = webmRoom(
    'Über Ringe',
    [
      { title: 'Anfang', begins: 0 },
      { title: 'Ende', begins: 5_000 },
    ],
    9_000,
  )
  const { head, tagsAt, tagsLength } = fileWith(room.tag)
  const made = withChapters(head, room)
  expect(made).toHaveLength(head.length)
  expect([...(made ?? []).slice(tagsAt, tagsAt + 4)]).toEqual(CHAPTERS)
  expect([...(made ?? []).slice(tagsAt + tagsLength)]).toEqual(bytes('the clusters'))
  const text = new TextDecoder().decode(made ?? undefined)
  for (const word of ['Anfang', 'Ende', 'Über Ringe']) expect(text).toContain(word)
  expect(text).not.toContain('ROOM')
})

test('the index at the front names the chapters instead of the tag', () => {
  const room = webmRoom('', [{ title: 'One', begins: 0 }], 1_000)
  const { head } = fileWith(room.tag)
  const made = withChapters(head, room)
  expect(indexOf(made ?? head, [0x53, 0xab, 0x84, ...CHAPTERS])).toBe(indexOf(head, [0x53, 0xab, 0x84, ...TAGS]))
})

test('a file without the room, or with nothing to put there, stays as it is', () => {
  const room = webmRoom('', [{ title: 'One', begins: 0 }], 1_000)
  expect(withChapters(new Uint8Array(bytes('no WebM at all')), room)).toBeNull()
  expect(withChapters(fileWith('short').head, room)).toBeNull()
  const nothing = webmRoom('', [], 1_000)
  expect(withChapters(fileWith(nothing.tag).head, nothing)).toBeNull()
})

test('the box of an MP4 lists chapters with times in tenths of microseconds and names of whole letters', () => {
  const made = mp4Chapters([
    { title: 'A', begins: 0 },
    { title: 'ü'.repeat(200), begins: 1_500 },
  ])
  expect([...made.slice(0, 9)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 2])
  expect([...made.slice(9, 19)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 65])
  // 1.5 s are 15,000,000 tenths of microseconds.
  expect([...made.slice(19, 27)]).toEqual([0, 0, 0, 0, 0x00, 0xe4, 0xe1, 0xc0])
  expect(made[27]).toBe(254)
  expect(new TextDecoder('utf-8', { fatal: true }).decode(made.slice(28))).toBe('ü'.repeat(127))
  expect(mp4Chapters(Array.from({ length: 300 }, (_, index) => ({ title: 'C', begins: index })))[8]).toBe(255)
})
