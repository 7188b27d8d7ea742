// How notes are set: nothing leaves its note, nothing is lost that fits, and the table of widths never falls short.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import * as fontkit from 'fontkit'
import { describe, expect, it } from 'vitest'
import { NOTE_LEAST, NOTE_TYPE, noteHeight, noteLines, noteWidth } from '../../../src-main/contract/note-text.ts'

const words = fc
  .array(
    fc.oneof(fc.constantFrom('P1', 'waits for', 'a', 'Wwwww', '\n', '\n\n', 'ring', 'äöü', '死锁', '🙂'), fc.string()),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(' '))
const box = fc.record({
  width: fc.integer({ min: NOTE_LEAST.width, max: 400 }),
  height: fc.integer({ min: NOTE_LEAST.height, max: 300 }),
})

describe('the lines of a note', () => {
  it('never leave it', () => {
    fc.assert(
      fc.property(words, box, (text, { width, height }) => {
        const lines = noteLines(text, { width, height })
        for (const line of lines) expect(noteWidth(line)).toBeLessThanOrEqual(width - 2 * NOTE_TYPE.padding)
        expect(lines.length * NOTE_TYPE.line + 2 * NOTE_TYPE.padding).toBeLessThanOrEqual(height)
      }),
    )
  })

  it('hold every letter in its order when the note is high enough', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: NOTE_LEAST.width, max: 400 }), (text, width) => {
        const height = noteHeight(text, width)
        const bare = (part: string): string => part.replace(/[ \t\r\n]/g, '')
        expect(bare(noteLines(text, { width, height }).join(''))).toBe(bare(text))
      }),
    )
  })

  it('break between words, keep paragraphs and divide only a word that is longer than a line', () => {
    const width = noteWidth('P1 waits for') + 2 * NOTE_TYPE.padding
    expect(noteLines('P1 waits for P2\n\nring', { width, height: 400 })).toEqual(['P1 waits for', 'P2', '', 'ring'])
    expect(noteLines('aaaaaaaaaaaaaaaaaaaa', { width: NOTE_LEAST.width, height: 400 }).length).toBeGreaterThan(1)
  })

  it('end with an ellipsis where the text goes on', () => {
    const lines = noteLines('one\ntwo\nthree', { width: 200, height: 2 * NOTE_TYPE.line + 2 * NOTE_TYPE.padding })
    expect(lines).toEqual(['one', 'two…'])
  })
})

describe('the widths of letters', () => {
  it('are never less than those of the bundled font', () => {
    const file = resolve('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')
    const font = fontkit.create(readFileSync(file)) as fontkit.Font
    const letters = Array.from({ length: 0x17f }, (_, code) => String.fromCharCode(code)).filter((letter) =>
      /[^\p{C}]/u.test(letter),
    )
    for (const letter of [...letters, '–', '—', '‘', '’', '“', '”', '…', '€', '→']) {
      const code = letter.codePointAt(0) ?? 0
      if (!font.hasGlyphForCodePoint(code)) continue
      const width = (font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm) * NOTE_TYPE.size
      expect(noteWidth(letter), letter).toBeGreaterThanOrEqual(width)
    }
  })
})
