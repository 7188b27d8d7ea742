// Contrast of the colours of all themes, computed from the tokens by the formula of WCAG 2.2 (relative luminance).
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../../src-renderer/ui/tokens.css'), 'utf8')

function tokens(theme: string): Map<string, string> {
  const body = new RegExp(`:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? ''
  return new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const marks = ['free', 'ring', 'behind', 'unsafe', 'impossible']

describe.each([
  ['light', 4.5, 4.5],
  ['dark', 4.5, 4.5],
  ['contrast', 7, 7],
  ['projector', 7, 4.5],
])('the theme %s', (theme, forText, forEdges) => {
  const colours = tokens(theme)
  const against = (name: string, ground: string): number =>
    contrast(colours.get(name) ?? '#000000', colours.get(ground) ?? '#000000')

  it(`has text of at least ${forText}:1 on everything it stands on`, () => {
    for (const ground of ['canvas', 'chrome', 'raised', 'hover']) {
      for (const text of ['text', 'text-2']) {
        expect([theme, text, ground, against(text, ground) >= forText]).toEqual([theme, text, ground, true])
      }
    }
    expect(against('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5)
  })

  it(`has lines of at least ${forEdges}:1, and words in the colours of states too`, () => {
    for (const name of [...marks, 'accent']) {
      expect([name, against(name, 'canvas') >= forEdges]).toEqual([name, true])
      expect([name, against(name, 'canvas') >= forText]).toEqual([name, true])
      expect([name, against(name, 'chrome') >= 4.5]).toEqual([name, true])
    }
  })

  it('has every colour that the light theme has', () => {
    expect([...colours.keys()].sort()).toEqual([...tokens('light').keys()].sort())
  })
})

it('the projector shows black on white', () => {
  expect([tokens('projector').get('text'), tokens('projector').get('canvas')]).toEqual(['#000000', '#ffffff'])
})
