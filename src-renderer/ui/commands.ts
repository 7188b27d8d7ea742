// What a command is and how its keys are matched and shown. Knows no command.

export interface Command {
  id: string
  label: string
  group: 'file' | 'edit' | 'draw' | 'view' | 'run' | 'help' | 'go'
  /** alternatives, such as `Mod+Z`, `Shift+F10`, `P`, `Delete`; the first one is shown */
  keys: string[]
  when(): boolean
  run(): void | Promise<void>
  /** the keys also work while a text field has the focus */
  inText?: boolean
  /** further words by which the command palette finds it */
  keywords?: string
}

/** Command and Option instead of Ctrl and Alt. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

interface Combination {
  mod: boolean
  shift: boolean
  alt: boolean
  key: string
}

function parse(keys: string): Combination {
  const parts = keys === '+' || keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+')
  const key = parts.at(-1) ?? ''
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  return { mod: has('Mod'), shift: has('Shift'), alt: has('Alt'), key }
}

/** Signs that need Shift on some keyboards and not on others: their Shift is not looked at. */
const sign = /^[^\p{L}\p{N}]$/u

/** Whether a key event is this combination. `Mod` is Ctrl, on a Mac Command. Letters match whatever their case. */
export function matchKeys(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> & { code?: string },
  keys: string,
): boolean {
  const wanted = parse(keys)
  const mod = isMac ? event.metaKey : event.ctrlKey
  const other = isMac ? event.ctrlKey : event.metaKey
  if (mod !== wanted.mod || other || event.altKey !== wanted.alt) return false
  if (event.shiftKey !== wanted.shift && !sign.test(wanted.key)) return false
  const key = wanted.key === 'Space' ? ' ' : wanted.key
  // On a Mac, Option turns letters into signs: there the place of the key counts.
  if (wanted.alt && event.key.length === 1 && /^(Key[A-Z]|Digit\d)$/.test(event.code ?? '')) {
    return event.code === `Key${key.toUpperCase()}` || event.code === `Digit${key}`
  }
  if (isMac && wanted.alt && (key === '=' || key === '-')) return event.code === (key === '=' ? 'Equal' : 'Minus')
  return event.key.toLowerCase() === key.toLowerCase()
}

const shown: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  '-': '−',
}

/** On a Mac, keys are known by their signs. */
const shownOnMac: Readonly<Record<string, string>> = {
  Escape: '⎋',
  Delete: '⌦',
  Backspace: '⌫',
  Enter: '↩',
  Tab: '⇥',
  PageUp: '⇞',
  PageDown: '⇟',
  Home: '↖',
  End: '↘',
}

/** The combination as a person at this computer reads it: "Ctrl+Z", on a Mac "⌘Z". */
export function showKeys(keys: string): string {
  return keysOn(isMac, keys)
}

export function keysOn(mac: boolean, keys: string): string {
  const { mod, shift, alt, key } = parse(keys)
  const name = (mac ? shownOnMac[key] : undefined) ?? shown[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  if (mac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${name}`
  return [mod ? 'Ctrl' : '', alt ? 'Alt' : '', shift ? 'Shift' : '', name].filter((part) => part !== '').join('+')
}
