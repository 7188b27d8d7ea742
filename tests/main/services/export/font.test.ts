// The font inside pictures: cut down so that it still is a font, and has the letters it should.
import fc from 'fast-check'
import { create, type Font } from 'fontkit'
import { describe, expect, it } from 'vitest'
import { pictureFont } from '../../../../src-main/services/export/font/font.ts'
import { subsetFont } from '../../../../src-main/services/export/font/subset.ts'

const font = pictureFont()
const whole = create(font.bytes) as Font

describe('a cut down font', () => {
  it('draws each of its letters as the whole font does, with the same width', () => {
    const letters = fc.uniqueArray(fc.constantFrom(...'ABCxyz019 äöüéßŁłčżΩαЖ₁²…×'), { minLength: 1 })
    fc.assert(
      fc.property(letters, (chars) => {
        const text = chars.join('')
        const part = create(subsetFont(font.bytes, font.glyphs(text))) as Font
        for (const char of chars) {
          const code = char.codePointAt(0)!
          expect(part.hasGlyphForCodePoint(code)).toBe(true)
          const [here, there] = [part.glyphForCodePoint(code), whole.glyphForCodePoint(code)]
          expect(here.advanceWidth).toBe(there.advanceWidth)
          expect(here.path.toSVG()).toBe(there.path.toSVG())
        }
        expect(part.characterSet).toHaveLength(chars.length)
      }),
      { numRuns: 50 },
    )
  })

  it('is small', () => {
    expect(subsetFont(font.bytes, font.glyphs('P1 P2 P3 R1 R2 R3')).length).toBeLessThan(3000)
  })
})

describe('the font of pictures', () => {
  it('measures texts and adds up their letters', () => {
    expect(font.width('', 14)).toBe(0)
    expect(font.width('PR1', 10)).toBeCloseTo(font.width('P', 10) + font.width('R', 10) + font.width('1', 10))
    expect(font.width('P1', 28)).toBeCloseTo(2 * font.width('P1', 14))
  })

  it('knows which letters it lacks, each once', () => {
    expect(font.lacks('Größe Łódź Ωμέγα Процесс P₁ “x” …')).toEqual([])
    expect(font.lacks('进程进')).toEqual(['进', '程'])
  })
})
