// Moments of a film as markup: what is selected is ringed, words stand where they belong and fit, and the dark look has
// no light ground.
import { describe, expect, it } from 'vitest'
import { CARD, FRAME, frameSvg, type FilmWords, defaultFilmOptions } from '../../../../src-main/contract/film.ts'
import type { Scene } from '../../../../src-main/contract/scene.ts'
import { paintShot, type ShotAsked } from '../../../../src-main/services/export/shot.ts'

const node = (id: string, x: number): Scene['nodes'][number] => ({
  id,
  kind: 'process',
  x,
  y: 0,
  width: 48,
  height: 48,
  outline: 'circle',
  label: id,
  labelPlace: 'inside',
  sublabel: '',
  dots: [],
  mark: null,
})
const scene: Scene = {
  nodes: [node('P1', 0), node('P2', 200)],
  edges: [
    {
      id: 'e1',
      kind: 'k',
      from: 'P1',
      to: 'P2',
      start: null,
      line: 'solid',
      arrow: 'open',
      label: '',
      bend: 0,
      mark: null,
    },
  ],
  notes: [{ id: 'n1', x: 0, y: 100, width: 100, height: 60, text: 'Note' }],
}
const nothing: FilmWords = { heading: '', lines: [], card: null }
const painted = (part: Partial<ShotAsked> = {}): ReturnType<typeof paintShot> =>
  paintShot({ scene, selected: [], words: [nothing], look: 'light', ...part })
const words = (part: Partial<FilmWords>, look: 'light' | 'dark' = 'light'): string =>
  painted({ words: [{ ...nothing, ...part }], look }).words[0] ?? ''
/** What is written, as those hear it who do not see it. */
const said = (markup: string): string[] =>
  [...markup.matchAll(/<title>([^<]*)<\/title>/g)].map((match) => match[1] ?? '')
const rects = (markup: string): { x: number; y: number; right: number; bottom: number }[] =>
  [...markup.matchAll(/<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map((match) => {
    const [x = 0, y = 0, width = 0, height = 0] = match.slice(1).map(Number)
    return { x, y, right: x + width, bottom: y + height }
  })

describe('a drawing', () => {
  it('has a ring for each record that is selected, and none besides', () => {
    const accent = (ids: string[]): number => painted({ selected: ids }).picture.split('#0B5CAD').length - 1
    expect(accent([])).toBe(0)
    expect(accent(['P1'])).toBe(1)
    expect(accent(['P1', 'e1', 'n1'])).toBe(3)
    expect(accent(['gone'])).toBe(0)
  })

  it('needs room for everything that is drawn; nothing drawn needs none', () => {
    const { box } = painted()
    expect(box?.x).toBeLessThan(-24)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(224)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(160)
    expect(painted({ scene: { nodes: [], edges: [] } }).box).toBeNull()
  })

  it('in the dark look stands on a dark ground, and nothing in it is as light as paper', () => {
    const { picture, background } = painted({ look: 'dark', selected: ['P1'] })
    expect(background).toBe('#111418')
    expect(picture).not.toContain('#FFFFFF')
    expect(picture).not.toContain('#1A1D21')
  })
})

describe('words', () => {
  it('of a caption stand in a box at the foot of the frame, whatever their script', () => {
    for (const lines of [['A short one'], ['M'.repeat(42), 'W'.repeat(42)], ['死锁'.repeat(21)]]) {
      const markup = words({ lines })
      expect(said(markup).concat(lines[0]?.startsWith('死') === true ? lines : [])).toEqual(
        expect.arrayContaining(lines),
      )
      const [box] = rects(markup)
      expect(box?.x).toBeGreaterThan(40)
      expect(box?.right).toBeLessThan(FRAME.width - 40)
      expect(box?.bottom).toBeLessThan(FRAME.height)
    }
  })

  it('of a question are all there, the right answers ticked once they are told, and stay in the card', () => {
    const answers = Array.from({ length: 8 }, (_, index) => ({
      text: `Answer ${index} `.repeat(14).trim(),
      right: index < 2,
    }))
    const card = { text: 'Why is it so? '.repeat(40).trim(), answers, why: 'Because. '.repeat(60).trim(), told: false }
    const asked = words({ card })
    const told = words({ card: { ...card, told: true } })
    const all = (markup: string): string => said(markup).join(' ')
    expect(all(asked)).toContain(card.text)
    expect(all(asked)).not.toContain('Because.')
    for (const { text } of answers) expect(all(told)).toContain(text)
    expect(all(told)).toContain(card.why)
    for (const markup of [asked, told]) {
      const [sheet] = rects(markup)
      expect(sheet?.y).toBeGreaterThanOrEqual(CARD.y)
      expect(sheet?.bottom).toBeLessThanOrEqual(CARD.y + CARD.height + 1)
    }
    // Two letters of eight have become ticks.
    const letters = (markup: string): number => said(markup).filter((text) => /^[A-H]$/.test(text)).length
    expect([letters(asked), letters(told)]).toEqual([8, 6])
  })

  it('are markup of nobody: what looks like it is written as it stands', () => {
    expect(words({ heading: '<script>&' })).toContain('&lt;script&gt;&amp;')
    expect(words({ heading: '<script>&' })).not.toContain('<script>')
  })

  it('of a heading that is too long end with an ellipsis', () => {
    const [heading] = said(words({ heading: 'Very long '.repeat(80) }))
    expect(heading?.endsWith('…')).toBe(true)
  })
})

it('a frame is one SVG with picture and words, in the size of the film', () => {
  const { picture, background } = painted()
  const moment = { begins: 0, ms: 1, step: 0, words: nothing }
  const svg = frameSvg(
    { options: { ...defaultFilmOptions, height: 2160 } },
    { view: { x: 0, y: 0, width: 16, height: 9 }, moment },
    {
      picture,
      background,
      words: words({ heading: 'Head' }),
    },
  )
  expect(svg).toMatch(/^<svg [^>]*width="3840" height="2160"/)
  expect(said(svg)).toEqual(expect.arrayContaining(['P1', 'P2', 'Head']))
})
