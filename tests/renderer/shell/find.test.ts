import { describe, expect, it } from 'vitest'
import { fit } from '@page/shell/dialogs/find.ts'

const best = (query: string, labels: string[]): string | undefined =>
  labels.map((label) => ({ label, score: fit(query, label) })).sort((a, b) => b.score - a.score)[0]?.label

describe('finding a command', () => {
  it('wants the letters in order', () => {
    expect(fit('svg', 'Export as SVG')).toBeGreaterThan(0)
    expect(fit('gvs', 'Export as SVG')).toBe(0)
    expect(fit('exsvg', 'Export as SVG')).toBeGreaterThan(0)
  })

  it('prefers whole words, beginnings and short names', () => {
    expect(best('save', ['Save as …', 'Save', 'Close without saving'])).toBe('Save')
    expect(best('new', ['Renew the lease', 'New drawing'])).toBe('New drawing')
    expect(best('undo', ['Unload document', 'Undo'])).toBe('Undo')
  })

  it('finds everything for an empty query', () => expect(fit('  ', 'Anything')).toBeGreaterThan(0))
})
