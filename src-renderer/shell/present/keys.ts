// What the keys of a presenter's remote do in a presentation. Knows no page: what can be done is handed in.

export interface Remote {
  blank: boolean
  /** a run is open: pages are steps */
  running: boolean
}

export type RemoteAction = 'leave' | 'blank' | 'wake' | 'nextStep' | 'backStep' | 'nextTab' | 'previousTab'

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const MODIFIERS = ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']

/** What a key means, or null when it belongs to the drawing and its commands. */
export function remoteAction(key: Key, { blank, running }: Remote): RemoteAction | null {
  if (blank) return MODIFIERS.includes(key.key) ? null : 'wake'
  if (key.ctrlKey || key.metaKey || key.altKey || key.shiftKey) return null
  switch (key.key) {
    case 'Escape':
      return 'leave'
    case 'b':
    case 'B':
      return 'blank'
    case 'PageDown':
      return running ? 'nextStep' : 'nextTab'
    case 'PageUp':
      return running ? 'backStep' : 'previousTab'
    default:
      return null
  }
}

/** A key event as a combination that `showKeys` writes; null for a modifier alone. */
export function pressedKeys(event: Key, mac: boolean): string | null {
  if (MODIFIERS.includes(event.key)) return null
  const mod = mac ? event.metaKey : event.ctrlKey
  const key = event.key === ' ' ? 'Space' : event.key
  // Shift that only chose the sign is a part of the sign.
  const shift = event.shiftKey && (key.length > 1 || /\p{L}/u.test(key))
  return [mod ? 'Mod' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', key]
    .filter((part) => part !== '')
    .join('+')
}
