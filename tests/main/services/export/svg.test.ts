// Pictures: well-formed, vector only, everything inside the frame, the four states told apart without colour.
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noteLines } from '../../../../src-main/contract/note-text.ts'
import type { Scene, SceneEdge, SceneNode } from '../../../../src-main/contract/scene.ts'
import type { Mark } from '../../../../src-main/contract/verdict.ts'
import { labs } from '../../../../src-main/labs/index.ts'
import { defaultExportOptions } from '../../../../src-main/contract/export.ts'
import { exportDrawing } from '../../../../src-main/services/export/drawing.ts'
import { pictureFont } from '../../../../src-main/services/export/font/font.ts'
import { paint } from '../../../../src-main/services/export/paint.ts'
import { paintingToSvg } from '../../../../src-main/services/export/svg.ts'
import { laidOut } from '../../../../src-main/services/import.ts'
import { drawing } from '../../host/stand-in.ts'

const node = (change: Partial<SceneNode>): SceneNode => ({
  id: 'a',
  kind: 'process',
  x: 0,
  y: 0,
  width: 56,
  height: 56,
  outline: 'circle',
  label: 'P1',
  labelPlace: 'inside',
  sublabel: '',
  dots: [],
  mark: null,
  ...change,
})
const edge = (change: Partial<SceneEdge>): SceneEdge => ({
  ...{
    id: 'e',
    kind: 'request',
    from: 'a',
    to: 'b',
    start: null,
    line: 'solid',
    arrow: 'open',
    label: '',
    bend: 0,
    mark: null,
  },
  ...change,
})
const about = { title: 'Title', description: 'Description', heading: '', verdict: '', background: '#FFFFFF' }
const font = pictureFont()
const draw = (scene: Scene, change: Partial<typeof about> = {}, outlines: 'none' | 'known' | 'all' = 'none'): string =>
  paintingToSvg(paint(scene, { ...about, ...change }, font), font, { outlines })

/** Reads the text by an XML parser that is not ours; returns what it complains of. */
function xmlFault(svg: string): string | null {
  const code = 'import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())'
  const { status, stderr } = spawnSync('python3', ['-c', code], { input: svg, encoding: 'utf8' })
  return status === 0 ? null : stderr
}
const hasPython = spawnSync('python3', ['--version']).status === 0

describe('a picture', () => {
  it('is standalone vector SVG with title and description', () => {
    const svg = draw({ nodes: [node({}), node({ id: 'b', x: 200, outline: 'box' })], edges: [edge({})] })
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).toContain('<title id="interlock-title">Title</title>')
    expect(svg).toContain('<desc id="interlock-description">Description</desc>')
    expect(svg).not.toMatch(/<(script|image|foreignObject|use|a)\b|href|@import|url\((?!data:font\/ttf;base64,)/)
    expect(new Set([...svg.matchAll(/<(\w+)/g)].map((match) => match[1]))).toEqual(
      new Set(['svg', 'title', 'desc', 'style', 'rect', 'g', 'circle', 'text', 'path']),
    )
  })

  it('frames everything with a margin of 24', () => {
    const svg = draw({ nodes: [node({ label: '' })], edges: [] })
    const box = /viewBox="(-?\d+) (-?\d+) (\d+) (\d+)"/.exec(svg)?.slice(1).map(Number)
    expect(box).toEqual([-57, -57, 114, 114]) // radius 28, 5 for a second outline, 24
  })

  it('of nothing is a small empty sheet', () => {
    expect(draw({ nodes: [], edges: [] })).toContain('viewBox="-24 -24 48 48"')
  })

  it('escapes names, whatever they hold', () => {
    const svg = draw({ nodes: [node({ label: '<b>&"\'\u0001' })], edges: [] })
    expect(svg).toContain('&lt;b&gt;&amp;&quot;&apos;\ufffd')
  })

  it.runIf(hasPython)('is well-formed for any names and titles', () => {
    expect(xmlFault('<a><b></a>')).not.toBeNull()
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(text, text, (label, title) => {
        const svg = draw({ nodes: [node({ label, sublabel: label })], edges: [] }, { title, description: title })
        expect(xmlFault(svg)).toBeNull()
      }),
      { numRuns: 12 },
    )
  })

  it('shortens names that are too long for it', () => {
    expect(draw({ nodes: [node({ label: 'x'.repeat(200) })], edges: [] })).toContain(`>${'x'.repeat(39)}…<`)
  })

  it('draws held units filled and free ones hollow', () => {
    const dots = [
      { x: -9, y: 0, taken: true },
      { x: 9, y: 0, taken: false },
    ]
    const svg = draw({ nodes: [node({ outline: 'box', dots, labelPlace: 'above' })], edges: [] })
    expect(svg).toContain('<circle cx="-9" cy="0" r="5" fill="#1A1D21"')
    expect(svg).toContain('<circle cx="9" cy="0" r="5" fill="#FFFFFF"')
  })

  it('tells open from filled arrow heads and bends as curves', () => {
    const nodes = [node({}), node({ id: 'b', x: 200 })]
    const open = draw({ nodes, edges: [edge({ arrow: 'open' })] })
    const filled = draw({ nodes, edges: [edge({ arrow: 'filled', bend: 20, label: '×2' })] })
    expect(open).toMatch(/L172 0 L[\d. ]+" fill="none"/)
    expect(open).not.toMatch(/ Z"/)
    expect(filled).toMatch(/ Z" fill="#1A1D21"/)
    expect(filled).toMatch(/ Q100 -40 /)
    expect(filled).toContain('>×2</text>')
  })

  it('writes title and verdict in lines as wide as the drawing', () => {
    const svg = draw({ nodes: [node({})], edges: [] }, { heading: 'Heading', verdict: 'word '.repeat(60) })
    expect(svg).toContain('>Heading</text>')
    expect(svg.match(/>word[ word]*<\/text>/g)!.length).toBeGreaterThan(3)
    expect(Number(/ width="(\d+)"/.exec(svg)?.[1])).toBeLessThan(450)
  })

  it('paints notes below nodes, their lines broken as on the canvas', () => {
    const note = { id: 'n', x: -100, y: -100, width: 120, height: 90, text: 'one two three four five six seven' }
    const svg = draw({ nodes: [node({})], edges: [], notes: [note] })
    const lines = noteLines(note.text, note)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(svg).toContain(`>${line}</text>`)
    expect(svg.indexOf('#FBF8EE')).toBeLessThan(svg.indexOf('>P1<'))
  })

  it('leaves the sheet transparent when it has no background', () => {
    expect(draw({ nodes: [], edges: [] }, { background: null as unknown as string })).not.toContain('<rect')
  })

  it('turns letters into shapes, but not those that the font lacks', () => {
    const scene: Scene = { nodes: [node({ label: 'Ab' }), node({ id: 'b', x: 200, label: '进程' })], edges: [] }
    expect(draw(scene).match(/<text/g)).toHaveLength(2)
    expect(draw(scene, {}, 'known').match(/<text/g)).toHaveLength(1)
    expect(draw(scene, {}, 'all')).not.toMatch(/<text|font-family/)
  })

  it('leaves out an edge whose end is missing', () => {
    expect(draw({ nodes: [node({})], edges: [edge({ to: 'gone' })] })).not.toContain('<path')
  })
})

describe('the four states', () => {
  const marks: Mark[] = ['free', 'ring', 'behind', 'impossible']
  /** The picture without its colours and words. */
  const shape = (mark: Mark | null, of: 'node' | 'edge'): string =>
    draw(
      of === 'node'
        ? { nodes: [node({ mark })], edges: [] }
        : { nodes: [node({}), node({ id: 'b', x: 200 })], edges: [edge({ mark })] },
    )
      .replace(/#[0-9A-F]{6}/g, '#')
      .replace(/<title>.*?<\/title>/g, '')

  it.each(['node', 'edge'] as const)('of a %s differ without colour', (of) => {
    expect(new Set([null, ...marks].map((mark) => shape(mark, of))).size).toBe(5)
  })

  it('are said in words', () => {
    const svg = marks.map((mark) => draw({ nodes: [node({ mark })], edges: [] })).join()
    for (const words of ['P1: free', 'P1: on a ring', 'P1: blocked behind', 'P1: impossible'])
      expect(svg).toContain(words)
  })

  it('are outlined as the visual language says', () => {
    expect(shape('ring', 'node').match(/<circle/g)).toHaveLength(3) // two outlines and the badge
    expect(shape('behind', 'node')).toContain('stroke-dasharray')
    expect(shape('impossible', 'node').match(/ M/g)?.length).toBeGreaterThan(5) // slanting lines
    expect(shape('free', 'node')).toContain('stroke-width="1.5"')
  })
})

describe('the drawing of a document', () => {
  const lab = labs[0]!

  it('places nodes that have no place below the others, none on another', () => {
    const model = lab.model.schema.parse(drawing('x', 7).model)
    const { positions } = laidOut(lab.model, { model, layout: { positions: { P1: { x: 300, y: 50 } } } })
    expect(Object.keys(positions)).toHaveLength(7)
    expect(positions['P1']).toEqual({ x: 300, y: 50 })
    expect(new Set(Object.values(positions).map(({ x, y }) => `${x} ${y}`)).size).toBe(7)
    for (const [id, place] of Object.entries(positions)) if (id !== 'P1') expect(place.y).toBeGreaterThan(50)
  })

  it('says the verdict in its description when marks are asked for', async () => {
    const svg = async (title: string, marks: boolean): Promise<string> =>
      (await exportDrawing(lab, drawing(title), 'svg', { ...defaultExportOptions, marks })).text ?? ''
    const verdict = lab.verdict(lab.model.schema.parse(drawing('One').model))
    expect(await svg('One', true)).toContain(verdict.word)
    expect(await svg('', false)).toContain('>Untitled drawing</title>')
  })
})
