// The theme of the page: an attribute on the root element, which the tokens and the canvas follow.
import type { Settings } from '@contract/api.ts'

const dark = '(prefers-color-scheme: dark)'
const KEY = 'interlock.theme'

function effective(theme: Settings['theme']): string {
  if (theme !== 'system') return theme
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast'
  return matchMedia(dark).matches ? 'dark' : 'light'
}

let current: Settings['theme'] = 'system'

/** Shows the theme, and remembers it in this browser so that the next start does not flash another one. */
export function applyTheme(theme: Settings['theme']): void {
  current = theme
  document.documentElement.dataset['theme'] = effective(theme)
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Storage is switched off: the next start begins with the system's theme.
  }
}

/** Before the first paint: the theme of last time, and from now on the system's changes. */
export function startTheme(): void {
  let last: string | null = null
  try {
    last = localStorage.getItem(KEY)
  } catch {
    // As above.
  }
  applyTheme(last === 'light' || last === 'dark' || last === 'contrast' ? last : 'system')
  matchMedia(dark).addEventListener('change', () => applyTheme(current))
}
