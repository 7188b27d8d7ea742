// A picture in the dark look: each colour of the paper's look by what takes its place. Knows no shape's meaning.
import type { Item, Stroke } from './painting.ts'

/** What selected records are ringed with, light and dark. */
export const accents = { light: '#0B5CAD', dark: '#7CBBF5' } as const
/** What everything stands on. */
export const grounds = { light: '#FFFFFF', dark: '#111418' } as const

const dark: Readonly<Record<string, string>> = {
  '#FFFFFF': '#111418',
  '#1A1D21': '#E7EBF0',
  '#545C66': '#A3ADBA',
  '#FBF8EE': '#1D1C17',
  '#D5DAE1': '#323A45',
  '#C79DBA': '#6B4A62',
  '#FBE6DA': '#3A2115',
  '#00775A': '#3CC79E',
  '#B84300': '#FF8A4C',
  '#8F5A00': '#F0B33F',
  '#5646B8': '#B6A9FF',
  '#8E3B75': '#E39ACB',
  [accents.light]: accents.dark,
}

const swapped = (colour: string): string => dark[colour.toUpperCase()] ?? colour

const line = (stroke: Stroke | null): Stroke | null =>
  stroke === null ? null : { ...stroke, colour: swapped(stroke.colour) }

/** The same shapes in the dark look. */
export function darkened(items: readonly Item[]): Item[] {
  return items.map((item): Item => {
    if (item.do === 'group') return { ...item, items: darkened(item.items) }
    if (item.do === 'text') {
      return { ...item, colour: swapped(item.colour), halo: item.halo === null ? null : swapped(item.halo) }
    }
    return { ...item, fill: item.fill === null ? null : swapped(item.fill), stroke: line(item.stroke) }
  })
}
