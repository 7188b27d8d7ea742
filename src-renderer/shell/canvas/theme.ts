// The colours of the drawing, read from the tokens of the page: one place where style sheet and canvas meet.
import type { CanvasTheme } from '../../editor/editor.ts'

/** Reads the tokens as they hold for an element. Colours come back as `rgb(…)`, however the style sheet writes them. */
export function readTheme(element: HTMLElement): CanvasTheme {
  const probe = document.createElement('span')
  probe.style.display = 'none'
  element.append(probe)
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const style = getComputedStyle(element)
  const theme: CanvasTheme = {
    canvas: colour('--canvas'),
    paper: colour('--paper'),
    text: colour('--text'),
    secondary: colour('--text-2'),
    border: colour('--border'),
    accent: colour('--accent'),
    free: colour('--free'),
    ring: colour('--ring'),
    behind: colour('--behind'),
    unsafe: colour('--unsafe'),
    impossible: colour('--impossible'),
    contrast: ['contrast', 'projector'].includes(document.documentElement.dataset['theme'] ?? ''),
    stroke: Number.parseFloat(style.getPropertyValue('--stroke')) || 1,
    type: Number.parseFloat(style.getPropertyValue('--type')) || 1,
    font: style.fontFamily,
  }
  probe.remove()
  return theme
}

/** Calls back whenever the theme of the page changes, until the returned function is called. */
export function onThemeChange(then: () => void): () => void {
  const observer = new MutationObserver(then)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme', 'style'] })
  return () => observer.disconnect()
}
