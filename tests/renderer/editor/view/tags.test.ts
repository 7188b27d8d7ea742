// How the view paints what is on its way and the regions of a drawing: told by shape and words, not by colour.
// A recording stands in for the canvas.
import { describe, expect, it } from 'vitest'
import type { SceneRegion, SceneTag } from '@contract/scene.ts'
import { Lettering } from '@page/editor/view/lettering.ts'
import { edgeLook } from '@page/editor/view/looks.ts'
import { paintRegions, paintTags } from '@page/editor/view/paint-tags.ts'
import { lightTheme } from '@page/editor/view/view.ts'

const grey = { ...lightTheme, accent: '#777777', impossible: '#777777', secondary: '#777777' }
const everywhere = { x: -1000, y: -1000, width: 2000, height: 2000 }
const tag: SceneTag = { id: 'm1', x: 100, y: 50, heading: 0, text: 'OK', lost: false }
const region: SceneRegion = { id: 'r', x: 0, y: 0, width: 200, height: 100, text: 'part 1' }

/** A canvas context that writes down what it is told; letters are 6 wide. */
function recording(paint: (context: CanvasRenderingContext2D) => void): string[] {
  const told: string[] = []
  const context = new Proxy({ globalAlpha: 1 } as Record<string, unknown>, {
    get: (target, name) => {
      if (name in target) return target[String(name)]
      if (name === 'measureText') return (text: string) => ({ width: text.length * 6 })
      return (...values: unknown[]) => void told.push([name, ...values.map((value) => JSON.stringify(value))].join(' '))
    },
    set: (target, name, value) => {
      target[String(name)] = value
      told.push(`${String(name)} = ${String(value)}`)
      return true
    },
  })
  paint(context as unknown as CanvasRenderingContext2D)
  return told
}

const parts = { theme: grey, lettering: new Lettering('sans-serif'), zoom: 1 }
const paintTag = (change: Partial<SceneTag>, visible = everywhere, lit: string[] = []): string[] =>
  recording((context) => paintTags(context, [{ ...tag, ...change }], visible, parts, new Set(lit)))
const numbers = (line: string | undefined): number[] => (line ?? '').split(' ').slice(1).map(Number)

describe('a tag', () => {
  it('has its text, and a head whose tip lies outside in the direction in which it goes', () => {
    const told = paintTag({})
    expect(told.some((line) => line.startsWith('fillText "OK"'))).toBe(true)
    const [x, , width] = numbers(told.find((line) => line.startsWith('roundRect'))) as [number, number, number]
    const tip = (heading: number): number[] => numbers(paintTag({ heading }).find((line) => line.startsWith('moveTo')))
    expect(tip(0)[0]).toBeGreaterThan(x + width)
    expect(tip(Math.PI)[0]).toBeLessThan(x)
    expect(tip(Math.PI / 2)[1]).toBeGreaterThan(tag.y + 9)
  })

  it('that is lost has a dashed rim and a cross, whatever the colours', () => {
    const [kept, lost] = [paintTag({}), paintTag({ lost: true })]
    expect(lost).toContain('setLineDash [4,3]')
    expect(kept.some((line) => line.startsWith('setLineDash [4'))).toBe(false)
    const strokes = (told: string[]): number => told.filter((line) => line.startsWith('stroke')).length
    expect(strokes(lost)).toBeGreaterThan(strokes(kept))
  })

  it('is heavier while it is lit, cut when it is long, and left out where nobody sees it', () => {
    const widthOf = (told: string[]): number =>
      Number(told.find((line) => line.startsWith('lineWidth'))?.split(' = ')[1])
    expect(widthOf(paintTag({}, everywhere, ['m1']))).toBeGreaterThan(widthOf(paintTag({})))
    const long = paintTag({ text: 'a very long message that no tag has room for' })
    expect(long.find((line) => line.startsWith('fillText'))).toContain('…')
    expect(paintTag({}, { x: 500, y: 500, width: 10, height: 10 }).some((line) => line.startsWith('roundRect'))).toBe(
      false,
    )
  })
})

describe('a region', () => {
  const paint = (theme = grey): string[] =>
    recording((context) => paintRegions(context, [region], everywhere, { ...parts, theme }))

  it('is a dashed round box with its title in the upper left corner, above where nodes stand', () => {
    const told = paint()
    expect(told).toContain('setLineDash [10,6]')
    expect(told).toContain('roundRect 0 0 200 100 12')
    const title = told.find((line) => line.startsWith('fillText "part 1"'))
    expect(Number(title?.split(' ').at(-1))).toBeGreaterThan(0)
    expect(Number(title?.split(' ').at(-1))).toBeLessThan(20)
  })

  it('has no tint in high contrast, and hardly one else', () => {
    const alphas = (told: string[]): string[] => told.filter((line) => line.startsWith('globalAlpha'))
    expect(alphas(paint())[0]).toBe('globalAlpha = 0.06')
    expect(alphas(paint({ ...grey, contrast: true }))[0]).toBe('globalAlpha = 0')
  })
})

it('a line without an arrow has no head', () => {
  const state = { mark: null, line: 'solid', selected: false, lit: false, dim: false } as const
  const heads = (['open', 'filled', 'none'] as const).map((arrow) => edgeLook({ ...state, arrow }, grey))
  expect(heads.map(({ headed, filled }) => [headed, filled])).toEqual([
    [true, false],
    [true, true],
    [false, false],
  ])
})
