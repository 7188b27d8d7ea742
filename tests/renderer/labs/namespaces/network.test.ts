// Cables between network namespaces: which interface is the other end of which, and where the boxes go.
import { describe, expect, test } from 'vitest'
import type { InterfaceSample, KernelSample } from '@contract/kernel.ts'
import { Naming } from '@page/labs/namespaces/picture/names.ts'
import { BOX, layoutOf } from '@page/labs/namespaces/picture/net-layout.ts'
import { AWAY, type NetPicture, networkOf } from '@page/labs/namespaces/picture/network.ts'
import { HOST, process, sample } from './hand-made.ts'

const port = (index: number, peer: number, more: Partial<InterfaceSample> = {}): InterfaceSample => ({
  index,
  peer,
  up: true,
  addresses: [],
  received: 0,
  sent: 0,
  ...more,
})

const looked = (networks: KernelSample['networks']): NetPicture => {
  const now = sample([process(100, 1)], { networks })
  return networkOf(now, new Naming().add(now), null)
}
const otherOf = (picture: NetPicture, id: string): string | null | undefined =>
  picture.boxes.flatMap(({ ports }) => ports).find((one) => one.id === id)?.other

describe('a cable', () => {
  test('is between two that name each other, and is up when both ends are', () => {
    const picture = looked({
      [HOST.net]: { lo: port(1, 1), eth0: port(2, 2), v0: port(7, 3) },
      40: { lo: port(1, 1), v1: port(3, 7, { up: false }) },
    })
    expect(picture.cables).toEqual([{ id: '4/v0 40/v1', ends: ['4/v0', '40/v1'], up: false }])
    expect([otherOf(picture, '4/eth0'), otherOf(picture, '40/lo')]).toEqual([null, null])
  })

  test('is found where both ends have the same index, as two fresh namespaces have', () => {
    const picture = looked({ 40: { lo: port(1, 1), va: port(2, 2) }, 41: { lo: port(1, 1), vb: port(2, 2) } })
    expect(picture.cables.map(({ ends }) => ends)).toEqual([['40/va', '41/vb']])
  })

  test('may have both ends in one namespace', () => {
    expect(looked({ 40: { a: port(2, 3), b: port(3, 2) } }).cables.map(({ ends }) => ends)).toEqual([['40/a', '40/b']])
  })

  test('is not drawn where more than one end would fit, nor where the other end is not seen', () => {
    const several = looked({ 40: { a: port(2, 9) }, 41: { b: port(9, 2) }, 42: { c: port(9, 2) } })
    expect(several.cables).toEqual([])
    const alone = looked({ 40: { a: port(2, 9) } })
    expect([alone.cables, otherOf(alone, '40/a')]).toEqual([[], AWAY])
  })

  test('of an interface that could not be asked is not guessed', () => {
    const silent: InterfaceSample = { up: 'hidden', addresses: [], received: 0, sent: 0 }
    const picture = looked({ 40: { lo: silent, eth0: silent }, 41: { lo: silent } })
    expect([picture.cables, otherOf(picture, '40/eth0')]).toEqual([[], null])
  })
})

test('namespaces that are joined come first, and of those the host', () => {
  const alone = looked({ [HOST.net]: { lo: port(1, 1) }, 40: { a: port(2, 3) }, 41: { b: port(3, 2) } })
  expect(alone.boxes.map(({ inode }) => inode)).toEqual([40, 41, HOST.net])
  const both = looked({ 40: { a: port(2, 3) }, 41: {}, [HOST.net]: { b: port(3, 2) } })
  expect(both.boxes.map(({ inode }) => inode)).toEqual([HOST.net, 40, 41])
})

test('what changed is the state of an interface, not its counters', () => {
  const [first, next] = [
    { 40: { lo: port(1, 1, { up: false }), v: port(2, 2, { sent: 1 }) } },
    { 40: { lo: port(1, 1, { up: true }), v: port(2, 2, { sent: 9 }) } },
  ].map((networks) => sample([process(100, 1)], { networks }))
  if (first === undefined || next === undefined) throw new Error('two samples are needed')
  const picture = networkOf(next, new Naming().add(next), first)
  expect(picture.boxes[0]?.ports.map(({ name, changed }) => [name, changed])).toEqual([
    ['lo', true],
    ['v', false],
  ])
})

describe('the boxes', () => {
  const picture = looked({
    [HOST.net]: Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`d${index}`, port(50 + index, 50 + index)]),
    ),
    40: { v: port(2, 9) },
    41: { w: port(9, 2) },
  })

  test('stand beside each other where there is room, never on each other', () => {
    for (const width of [200, 640, 1200]) {
      const { boxes } = layoutOf(picture.boxes, picture.cables, width)
      for (const one of boxes) {
        for (const other of boxes) {
          if (one === other) continue
          const apart = one.x + BOX.width <= other.x || other.x + BOX.width <= one.x
          expect(apart || one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true)
        }
      }
    }
    expect(new Set(layoutOf(picture.boxes, picture.cables, 200).boxes.map(({ x }) => x)).size).toBe(1)
    expect(new Set(layoutOf(picture.boxes, picture.cables, 1200).boxes.map(({ x }) => x)).size).toBe(3)
  })

  test('with very many interfaces show some and say how many more there are', () => {
    const host = layoutOf(picture.boxes, picture.cables, 1200).boxes.find(({ box }) => box.inode === HOST.net)
    expect((host?.ports.length ?? 0) + (host?.left ?? 0)).toBe(30)
    expect(host?.left).toBeGreaterThan(0)
  })

  test('each cable ends at the sides of its boxes', () => {
    const { cables, boxes } = layoutOf(picture.boxes, picture.cables, 1200)
    const [from, to] = [40, 41].map((inode) => boxes.find(({ box }) => box.inode === inode))
    expect(cables[0]?.path.startsWith(`M ${(from?.x ?? 0) + BOX.width} `)).toBe(true)
    expect(cables[0]?.path).toContain(` ${to?.x ?? -1} `)
  })
})
