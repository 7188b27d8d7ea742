// What the view makes of a scene: bodies and lines that tell the states apart without colour, names that fit, and which
// shapes changed. A recording stands in for the canvas.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Scene, SceneNode } from '@contract/scene.ts'
import { changedIds } from '@page/editor/view/changed.ts'
import { Lettering, cutToFit, fittingSize } from '@page/editor/view/lettering.ts'
import { edgeLook, mix } from '@page/editor/view/looks.ts'
import { paintBody, paintNames } from '@page/editor/view/paint-nodes.ts'
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
const marks = ['free', 'ring', 'behind', 'impossible'] as const
const plain = { selected: false, lit: false, target: null }

/** A canvas context that writes down what it is told. */
function recorder(): { context: CanvasRenderingContext2D; told: string[] } {
  const told: string[] = []
  const context = new Proxy({ globalAlpha: 1 } as Record<string, unknown>, {
    get: (target, name) =>
      name in target
        ? target[String(name)]
        : (...values: unknown[]) =>
            void told.push(`${String(name)} ${values.map((value) => JSON.stringify(value)).join(' ')}`),
    set: (target, name, value) => {
      target[String(name)] = value
      told.push(`${String(name)} = ${String(value)}`)
      return true
    },
  })
  return { context: context as unknown as CanvasRenderingContext2D, told }
}

function bodyOf(node: SceneNode, over: Parameters<typeof paintBody>[3] = plain): string[] {
  const { context, told } = recorder()
  paintBody(context, node, grey, over)
  return told
}

beforeAll(() => {
  globalThis.Path2D = class {
    path: string
    constructor(path: string) {
      this.path = path
    }
    toJSON(): string {
      return this.path
    }
  } as unknown as typeof Path2D
})

describe('a body', () => {
  it('has one dot for each unit, filled when it is taken', () => {
    const told = bodyOf(box)
    const arcs = told.filter((line) => line.startsWith('arc'))
    expect(arcs).toHaveLength(2)
    const fillAfter = (arc: string): string =>
      told.slice(told.indexOf(arc)).find((line) => line.startsWith('fillStyle')) ?? ''
    const [free = '', taken = ''] = arcs
    expect(free).toContain('arc 19 20')
    expect(fillAfter(free)).toBe(`fillStyle = ${grey.canvas}`)
    expect(taken).toContain('arc 1 20')
    expect(fillAfter(taken)).toBe(`fillStyle = ${grey.text}`)
  })

  it('tells the four states apart when all colours are the same', () => {
    expect(new Set(marks.map((mark) => bodyOf({ ...box, mark }).join())).size).toBe(4)
  })

  it('shows selection, light and target each in its own way', () => {
    const ways = [
      plain,
      { ...plain, selected: true },
      { ...plain, lit: true },
      { ...plain, target: 'possible' as const },
      { ...plain, target: 'over' as const },
    ]
    expect(new Set(ways.map((over) => bodyOf(box, over).join())).size).toBe(5)
  })
})

describe('names', () => {
  it('carry a badge with a sign of its own for each state, and none without a state', () => {
    const signs = [null, ...marks].map((mark) => {
      const { context, told } = recorder()
      paintNames(context, { ...box, label: '', mark }, grey, new Lettering('sans-serif'), 1)
      return told.filter((line) => line.startsWith('stroke "')).join()
    })
    expect(signs[0]).toBe('')
    expect(new Set(signs).size).toBe(5)
  })

  it('are left out where they would be too small to be read', () => {
    const { context, told } = recorder()
    paintNames(context, box, grey, new Lettering('sans-serif'), 0.3)
    expect(told.some((line) => line.startsWith('fillText'))).toBe(false)
  })

  it('shrink inside a shape and never below what can be read', () => {
    expect(fittingSize('P1', 46, 9, 14)).toBe(14)
    expect(fittingSize('Printer', 46, 9, 14)).toBe(11)
    expect(fittingSize('a very long name indeed', 46, 9, 14)).toBe(9)
  })

  it('are cut with an ellipsis at the longest part that fits', () => {
    const width = (text: string): number => [...text].length * 10
    expect(cutToFit('spooler', 70, width)).toBe('spooler')
    expect(cutToFit('spooler', 60, width)).toBe('spool…')
    expect(cutToFit('a b c d', 30, width)).toBe('a…')
    expect(cutToFit('wide', 5, width)).toBe('…')
  })
})

describe('edge looks', () => {
  const state = { mark: null, line: 'solid', arrow: 'open', selected: false, lit: false, dim: false } as const
  it('tell the four states apart by width or dashes alone', () => {
    const strokes = marks.map((mark) => {
      const { width, dash } = edgeLook({ ...state, mark }, grey)
      return `${width} ${dash.join(' ')}`
    })
    expect(new Set(strokes).size).toBe(4)
  })

  it('have a band when selected, a wider one when lit, and stand back when something else is lit', () => {
    const band = (change: object): number => edgeLook({ ...state, ...change }, grey).band
    expect(band({})).toBe(0)
    expect(band({ lit: true })).toBeGreaterThan(band({ selected: true }))
    expect(edgeLook({ ...state, dim: true }, grey).opacity).toBeLessThan(1)
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

  it('take the lines of a moved node with it', () => {
    const other = { ...box, id: 'P1', x: 210 }
    const line = { kind: 'k', start: null, label: '', bend: 0, mark: null, line: 'solid', arrow: 'open' } as const
    const edges = [
      { ...line, id: 'e1', from: 'R1', to: 'P1' },
      { ...line, id: 'e2', from: 'P1', to: 'P1' },
    ]
    const before = { nodes: [box, other], edges }
    expect([...changedIds(before, { nodes: [{ ...box, y: 0 }, other], edges })]).toEqual(['R1', 'e1'])
  })
})

describe('mixing colours', () => {
  it('goes from one colour to the other', () => {
    expect(mix('#ffffff', '#000000', 1)).toBe('rgb(255, 255, 255)')
    expect(mix('rgb(200, 100, 0)', 'rgb(0, 0, 0)', 0.5)).toBe('rgb(100, 50, 0)')
  })
})
