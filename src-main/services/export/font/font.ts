// The font of pictures: how wide texts are, which letters it has, their shapes. Knows no picture.
import { inflateSync } from 'node:zlib'
import { create, type Font } from 'fontkit'
import type { Segment } from '../painting.ts'
import { interMedium } from './inter-medium.ts'

export interface PictureFont {
  /** the whole font file */
  bytes: Buffer
  /** in canvas units */
  width(text: string, size: number): number
  /** letters of a text that the font lacks, each once */
  lacks(text: string): string[]
  /** the letters as one path; `x` is the start, `y` the baseline */
  outline(text: string, x: number, y: number, size: number): Segment[]
  /** glyph numbers by code point, for letters it has */
  glyphs(text: string): Map<number, number>
}

/** Marks and selectors that change letters but are none; nothing is drawn for them. */
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\s]$/u

let loaded: PictureFont | null = null

export function pictureFont(): PictureFont {
  return (loaded ??= load())
}

function load(): PictureFont {
  const bytes = inflateSync(Buffer.from(interMedium, 'base64'))
  const font = create(bytes) as Font
  const codes = (text: string): number[] => [...text.normalize('NFC')].map((char) => char.codePointAt(0) ?? 0)
  const drawn = (code: number): boolean =>
    font.hasGlyphForCodePoint(code) || !invisible.test(String.fromCodePoint(code))
  const glyph = (code: number): ReturnType<Font['glyphForCodePoint']> =>
    font.glyphForCodePoint(/\s/.test(String.fromCodePoint(code)) ? 32 : code)
  return {
    bytes,
    width(text, size) {
      const units = codes(text).reduce((sum, code) => sum + (drawn(code) ? glyph(code).advanceWidth : 0), 0)
      return (units / font.unitsPerEm) * size
    },
    lacks: (text) =>
      [
        ...new Set(
          codes(text).filter(
            (code) => drawn(code) && !/\s/.test(String.fromCodePoint(code)) && !font.hasGlyphForCodePoint(code),
          ),
        ),
      ].map((code) => String.fromCodePoint(code)),
    outline(text, x, y, size) {
      const scale = size / font.unitsPerEm
      const segments: Segment[] = []
      let pen = x
      const at = (args: readonly number[], index: number): [number, number] => [
        pen + (args[index] ?? 0) * scale,
        y - (args[index + 1] ?? 0) * scale,
      ]
      for (const code of codes(text).filter(drawn)) {
        const shape = glyph(code)
        for (const { command, args } of shape.path.commands) {
          if (command === 'moveTo') segments.push(['M', ...at(args, 0)])
          else if (command === 'lineTo') segments.push(['L', ...at(args, 0)])
          else if (command === 'quadraticCurveTo') segments.push(['Q', ...at(args, 0), ...at(args, 2)])
          else if (command === 'bezierCurveTo') segments.push(['C', ...at(args, 0), ...at(args, 2), ...at(args, 4)])
          else segments.push(['Z'])
        }
        pen += shape.advanceWidth * scale
      }
      return segments
    },
    glyphs: (text) =>
      new Map(
        codes(text)
          .filter((code) => font.hasGlyphForCodePoint(code))
          .map((code) => [code, glyph(code).id]),
      ),
  }
}
