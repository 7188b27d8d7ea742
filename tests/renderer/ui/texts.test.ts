// The catalogue of the page's texts as a whole: complete, used, and in the house style.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { frame } from '@page/ui/texts/frame.ts'
import { texts } from '@page/ui/texts/index.ts'

interface Entry {
  path: string
  key: string
  said: string
}

/** What a text with values says: some take numbers, some names. */
function filled(text: (...values: unknown[]) => unknown): string {
  const all = (value: unknown): string => String(text(...Array<unknown>(text.length).fill(value)))
  try {
    return all('name')
  } catch {
    return all(2)
  }
}

function entries(value: unknown, path: string): Entry[] {
  const key = path.split('.').at(-1) ?? ''
  if (typeof value === 'string') return [{ path, key, said: value }]
  if (typeof value === 'function') return [{ path, key, said: filled(value as (...values: unknown[]) => unknown) }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => entries(inner, `${path}.${name}`))
}

const page = resolve(import.meta.dirname, '../../../src-renderer')
const sources = readdirSync(page, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|svelte)$/.test(name) && !name.includes(join('ui', 'texts')))
  .map((name) => readFileSync(join(page, name), 'utf8'))

/** Tables whose entries are looked up by a variable. */
const tables = ['groups', 'themes', 'side', 'tools']

describe('the texts of the page', () => {
  const all = Object.entries(texts).flatMap(([area, part]) => entries(part, area))

  it('say something', () => {
    expect(all.length).toBeGreaterThan(200)
    expect(all.filter(({ said }) => said.trim() === '')).toEqual([])
  })

  it('keep to the house style: no exclamation mark, no apology, real dots and quotation marks', () => {
    expect(all.filter(({ said }) => /!|\bsorry\b|\bplease\b|\.\.\.|["'`]/i.test(said))).toEqual([])
  })

  it('of the frame are all used', () => {
    const used = ({ path, key }: Entry): boolean => {
      const parent = path.split('.').slice(0, -1).join('.')
      if (tables.some((table) => parent === `frame.${table}`)) return true
      const whole = new RegExp(`\\.${path.split('.').slice(1).join('\\.')}\\b`)
      const alias = new RegExp(`const words = texts\\.${parent.replaceAll('.', '\\.')}$`, 'm')
      return sources.some(
        (text) => whole.test(text) || (alias.test(text) && new RegExp(`\\bwords\\.${key}\\b`).test(text)),
      )
    }
    expect(entries(frame, 'frame').filter((entry) => !used(entry))).toEqual([])
  })
})
