// What may be pasted, when a person is asked first, and what a reload remembers.
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keepTerminals, keptTerminals } from '@page/terminal/memory.ts'
import { asksFirst, cleanPaste, linesOf, pieces } from '@page/terminal/paste.ts'

describe('a paste', () => {
  it('holds no keys: control characters but tabs and ends of lines are left out', () => {
    expect(cleanPaste('a\u001b[201~b\u0003\tc\r\nd\re\u009b')).toBe('a[201~b\tc\nd\ne')
  })

  it.each([
    ['ls', 1, false],
    ['ls\n', 1, true],
    ['a\r\nb', 2, true],
    ['a\nb\n', 2, true],
    ['', 1, false],
  ])('%j has %d lines, asked about: %s', (text, lines, asked) => {
    expect(linesOf(text)).toBe(lines)
    expect(asksFirst(text)).toBe(asked)
  })

  it('is cut into pieces that give it again, none too long, no letter cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (text, most) => {
        const parts = pieces(text, most)
        expect(parts.join('')).toBe(text)
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(most)
          expect(part.length).toBeGreaterThan(0)
          expect(part.isWellFormed()).toBe(true)
        }
      }),
    )
  })
})

describe('what this tab shows', () => {
  let stored: Map<string, string>
  beforeEach(() => {
    stored = new Map()
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    })
  })

  it('is read as it was kept', () => {
    const kept = { terminals: [{ id: 'a', number: 1 }], active: 'a', shown: true }
    keepTerminals(kept)
    expect(keptTerminals()).toEqual(kept)
    keepTerminals({ terminals: [], active: null, shown: false })
    expect(stored.size).toBe(0)
  })

  it.each(['null', '7', '"x"', '{', '{"terminals":[{"id":7},{"id":"a","number":1.5},null],"active":3,"shown":"yes"}'])(
    'is never trusted: %s',
    (text) => {
      sessionStorage.setItem('interlock.terminals', text)
      expect(keptTerminals()).toEqual({ terminals: [], active: null, shown: false })
    },
  )
})
