// The theme and the zoom of the page: an attribute and a style on the root element, which the tokens and the canvas
// follow.
import type { Settings } from '@contract/api.ts'
import { pageSize } from './frame/page-size.svelte.ts'

const dark = '(prefers-color-scheme: dark)'
const KEY = 'interlock.theme'
const ZOOM_KEY = 'interlock.zoom'
const THEMES: readonly string[] = ['system', 'light', 'dark', 'contrast', 'projector'] satisfies Settings['theme'][]

function effective(theme: Settings['theme']): string {
  if (theme !== 'system') return theme
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast'
  return matchMedia(dark).matches ? 'dark' : 'light'
}

let current: Settings['theme'] = 'system'
let forced: Settings['theme'] | null = null

/** Shows the theme, and remembers it in this browser so that the next start does not flash another one. */
export function applyTheme(theme: Settings['theme']): void {
  current = theme
  document.documentElement.dataset['theme'] = effective(forced ?? theme)
  keep(KEY, theme)
}

/** A theme that holds for a while over the chosen one, as in a presentation; null gives way to the chosen one again. */
export function forceTheme(theme: Settings['theme'] | null): void {
  forced = theme
  applyTheme(current)
}

/** Zooms the whole page, and remembers it for the first paint of the next start. */
export function applyZoom(zoom: number): void {
  const { style } = document.documentElement
  style.zoom = zoom === 1 ? '' : String(zoom)
  style.setProperty('--page-zoom', String(zoom))
  pageSize.measure(innerWidth, innerHeight, zoom)
  keep(ZOOM_KEY, String(zoom))
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is switched off: the next start begins with the system's theme, unzoomed.
  }
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Before the first paint: the theme of last time, and from now on the system's changes. */
export function startTheme(): void {
  const last = kept(KEY) ?? ''
  applyTheme(THEMES.includes(last) ? (last as Settings['theme']) : 'system')
  const zoom = Number(kept(ZOOM_KEY))
  applyZoom(zoom >= 0.5 && zoom <= 3 ? zoom : 1)
  matchMedia(dark).addEventListener('change', () => applyTheme(current))
}
