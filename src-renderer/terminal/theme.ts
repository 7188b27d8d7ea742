// The colours of a terminal, read from the page's tokens.
import type { ITheme } from '@xterm/xterm'

/** @param root the element that carries the tokens */
export function terminalTheme(root: Element): ITheme {
  const style = getComputedStyle(root)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const dark = style.colorScheme === 'dark'
  const colours = {
    red: token('ansi-red'),
    green: token('free'),
    yellow: token('behind'),
    blue: token('accent'),
    magenta: token('impossible'),
    cyan: token('ansi-cyan'),
  }
  return {
    background: token('canvas'),
    foreground: token('text'),
    cursor: token('accent'),
    cursorAccent: token('canvas'),
    selectionBackground: `${token('accent')}59`,
    selectionInactiveBackground: `${token('accent')}33`,
    scrollbarSliderBackground: token('border'),
    scrollbarSliderHoverBackground: token('text-2'),
    scrollbarSliderActiveBackground: token('text-2'),
    overviewRulerBorder: token('canvas'),
    ...colours,
    brightRed: colours.red,
    brightGreen: colours.green,
    brightYellow: colours.yellow,
    brightBlue: colours.blue,
    brightMagenta: colours.magenta,
    brightCyan: colours.cyan,
    black: dark ? token('border') : token('text'),
    brightBlack: token('text-2'),
    white: dark ? token('text') : token('border'),
    brightWhite: dark ? token('text') : token('hover'),
  }
}

/** Least contrast of text that a program colours as it likes. */
export const leastContrast = (root: Element): number =>
  ['contrast', 'projector'].includes(root.getAttribute('data-theme') ?? '') ? 7 : 4.5
