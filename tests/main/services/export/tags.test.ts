// Pictures with things on their way and regions, in every format: all is inside the frame, readable without colour.
import { describe, expect, it } from 'vitest'
import type { Scene, SceneEdge, SceneNode, SceneTag } from '../../../../src-main/contract/scene.ts'
import { pictureFont } from '../../../../src-main/services/export/font/font.ts'
import { paint } from '../../../../src-main/services/export/paint.ts'
import { paintingToPdf } from '../../../../src-main/services/export/pdf.ts'
import { paintingToPng } from '../../../../src-main/services/export/png.ts'
import { paintingToSvg } from '../../../../src-main/services/export/svg.ts'
import { paintingToTikz } from '../../../../src-main/services/export/tikz.ts'

const node = (id: string, x: number): SceneNode => ({
  ...{ id, kind: 'node', x, y: 0, width: 56, height: 56, outline: 'circle', label: id, labelPlace: 'inside' },
  ...{ sublabel: '', dots: [], mark: null },
})
const link: SceneEdge = {
  ...{ id: 'e1', kind: 'link', from: 'P1', to: 'P2', start: null, line: 'solid', arrow: 'none', label: '', bend: 0 },
  mark: null,
}
const tag: SceneTag = { id: 'm1', x: 150, y: 0, heading: 0, text: 'ELECTION 3', lost: false }
const scene: Scene = { nodes: [node('P1', 0), node('P2', 300)], edges: [link] }
const about = { title: 'T', description: 'D', heading: '', verdict: '', background: '#FFFFFF' }
const font = pictureFont()
const painting = (change: Partial<Scene>) => paint({ ...scene, ...change }, about, font)
const svgOf = (change: Partial<Scene>): string => paintingToSvg(painting(change), font, { outlines: 'none' })

describe('a picture', () => {
  it('has the text of a tag above the nodes, and its head and cross as shapes', () => {
    const [kept, lost] = [false, true].map((one) => svgOf({ tags: [{ ...tag, lost: one }] })) as [string, string]
    expect(kept.indexOf('>ELECTION 3<')).toBeGreaterThan(kept.lastIndexOf('>P2<'))
    const paths = (svg: string): number => svg.split('<path').length
    expect(paths(kept)).toBe(paths(svgOf({})) + 1)
    expect(paths(lost)).toBe(paths(kept) + 1)
    expect(lost).toContain('stroke-dasharray="4 3"')
  })

  it('has a region below everything, dashed, with its title', () => {
    const svg = svgOf({ regions: [{ id: 'r', x: -60, y: -60, width: 120, height: 120, text: 'part 1' }] })
    expect(svg.indexOf('>part 1<')).toBeLessThan(svg.indexOf('<circle'))
    expect(svg).toContain('stroke-dasharray="10 6"')
  })

  it('is large enough for tags and regions', () => {
    const far = painting({
      tags: [{ ...tag, x: 900, y: 400 }],
      regions: [{ id: 'r', x: -500, y: -300, width: 100, height: 100, text: 'part 1' }],
    })
    expect(far.left).toBeLessThan(-500)
    expect(far.top).toBeLessThan(-300)
    expect(far.left + far.width).toBeGreaterThan(900 + font.width('ELECTION 3', 11) / 2 + 7)
    expect(far.top + far.height).toBeGreaterThan(409)
  })

  it('shows a line without an arrow as one stroke', () => {
    const strokes = (arrow: SceneEdge['arrow']): number => svgOf({ edges: [{ ...link, arrow }] }).split('<path').length
    expect(strokes('none')).toBeLessThan(strokes('open'))
    expect(strokes('none')).toBeLessThan(strokes('filled'))
  })

  it('has them in every other format', async () => {
    const full = painting({
      tags: [{ ...tag, lost: true }],
      regions: [{ id: 'r', x: -60, y: -60, width: 120, height: 120, text: 'part 1' }],
    })
    const { text: tikz } = paintingToTikz(full, true)
    expect(tikz).toContain('ELECTION 3')
    expect(tikz).toContain('part 1')
    expect(tikz).toMatch(/dash pattern|dashed/)
    const [plain, tagged] = await Promise.all([painting({}), full].map((one) => paintingToPng(one, font, 1)))
    expect(tagged!.length).toBeGreaterThan(plain!.length)
    const pdf = await paintingToPdf(full, font)
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  })

  it('calls states by the words of the lab', () => {
    const crashed = { ...scene, nodes: [{ ...node('P1', 0), mark: 'impossible' as const }, node('P2', 300)] }
    const titled = (markWords = {}): string =>
      paintingToSvg(paint(crashed, { ...about, markWords }, font), font, { outlines: 'none' })
    expect(titled()).toContain('<title>P1: impossible</title>')
    expect(titled({ impossible: 'crashed' })).toContain('<title>P1: crashed</title>')
  })
})
