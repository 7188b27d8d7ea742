// What the view makes of a scene: faces that tell the states apart without colour, elements, and which ones changed.
import { describe, expect, it } from 'vitest'
import type { Scene, SceneNode } from '@contract/scene.ts'
import { changedIds, edgeShape, nodeShape } from '@page/editor/view/elements.ts'
import { faceOf } from '@page/editor/view/faces.ts'
import { EdgeLooks } from '@page/editor/view/paint.ts'
import { mix } from '@page/editor/view/styles.ts'
import { lightTheme } from '@page/editor/view/view.ts'

const box: SceneNode = {
  id: 'R1',
  kind: 'resource',
  x: 10,
  y: 20,
  width: 64,
  height: 64,
  outline: 'box',
  label: 'R1',
  labelPlace: 'above',
  sublabel: '',
  dots: [
    { x: -9, y: 0, taken: true },
    { x: 9, y: 0, taken: false },
  ],
  mark: null,
}
const grey = { ...lightTheme, free: '#777777', ring: '#777777', behind: '#777777', impossible: '#777777' }
const svgOf = (node: SceneNode): string => decodeURIComponent(faceOf(node, grey)?.split(',').slice(1).join(',') ?? '')

describe('a face', () => {
  it('is none for a node without mark and dots', () => {
    expect(faceOf({ ...box, dots: [] }, lightTheme)).toBeNull()
  })

  it('draws one dot for each unit, filled when it is taken', () => {
    const dots = svgOf(box).match(/<circle[^>]*>/g) ?? []
    expect(dots).toHaveLength(2)
    expect(dots[0]).toContain(`fill="${grey.text}"`)
    expect(dots[1]).toContain(`fill="${grey.canvas}"`)
  })

  it('tells the four states apart when all colours are the same', () => {
    const faces = (['free', 'ring', 'behind', 'impossible'] as const).map((mark) => svgOf({ ...box, dots: [], mark }))
    expect(new Set(faces).size).toBe(4)
    expect(faces[3]).toContain('<pattern')
  })
})

describe('edge looks', () => {
  it('tell the four states apart by width or dashes alone', () => {
    const looks = new EdgeLooks(grey)
    const strokes = ['free', 'ring', 'behind', 'impossible'].map((mark) => {
      const { width, dash } = looks.of(`filled solid ${mark}`)
      return `${width} ${dash.join(' ')}`
    })
    expect(new Set(strokes).size).toBe(4)
  })

  it('are one object for equal classes, so that equal edges are painted together', () => {
    const looks = new EdgeLooks(lightTheme)
    expect(looks.of('open solid')).toBe(looks.of('open solid'))
    expect(looks.of('open solid dim').opacity).toBeLessThan(1)
    expect(looks.of('open solid selected').band).not.toBeNull()
  })
})

describe('elements', () => {
  it('are new plain objects each time, since cytoscape keeps and changes what it is given', () => {
    const [a, b] = [nodeShape(box, null), nodeShape(box, null)]
    expect(a).toEqual(b)
    expect(a.data).not.toBe(b.data)
    expect(a.position).not.toBe(box)
  })

  it('shrink a long name inside a shape and never below what can be read', () => {
    const size = (label: string): unknown => nodeShape({ ...box, labelPlace: 'inside', label }, null).data['size']
    expect(Number(size('P1'))).toBeGreaterThan(Number(size('Printer')))
    expect(size('a very long name indeed')).toBe(9)
  })

  it('put the control point of a bent edge where the geometry says', () => {
    const [from, to] = [box, { ...box, id: 'P1', x: 210, y: 20 }]
    const edge = { id: 'e', kind: 'k', from: 'R1', to: 'P1', start: null, label: '', bend: 20, mark: null } as const
    const { data } = edgeShape({ ...edge, line: 'solid', arrow: 'open' }, from, to)
    expect(data).toMatchObject({ bow: '-40px', weight: '0.5' })
  })
})

describe('changes between scenes', () => {
  const scene = (node: SceneNode): Scene => ({ nodes: [node], edges: [] })
  it('are found field by field, dots included', () => {
    const moved = { ...box, x: 11 }
    const given = { ...box, dots: [{ x: -9, y: 0, taken: false }, ...box.dots.slice(1)] }
    expect([...changedIds(null, scene(box))]).toEqual(['R1'])
    expect([...changedIds(scene(box), scene({ ...box, dots: [...box.dots] }))]).toEqual([])
    expect([...changedIds(scene(box), scene(moved))]).toEqual(['R1'])
    expect([...changedIds(scene(box), scene(given))]).toEqual(['R1'])
    expect([...changedIds(scene(box), scene({ ...box, mark: 'ring' }))]).toEqual(['R1'])
  })
})

describe('mixing colours', () => {
  it('goes from one colour to the other', () => {
    expect(mix('#ffffff', '#000000', 1)).toBe('rgb(255, 255, 255)')
    expect(mix('rgb(200, 100, 0)', 'rgb(0, 0, 0)', 0.5)).toBe('rgb(100, 50, 0)')
  })
})
