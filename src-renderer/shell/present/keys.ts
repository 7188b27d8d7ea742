// What the keys of a presenter's remote do in a presentation. Knows no page: what can be done is handed in.

export interface Remote {
  blank: boolean
  /** a run is open: pages are steps */
  running: boolean
}

/** What the pointer does: what it does in the drawing, or one of the things on top of it. */
export type StageTool = 'pointer' | 'spotlight' | 'ink' | 'region'
export const stageTools: readonly StageTool[] = ['pointer', 'spotlight', 'ink', 'region']

export type RemoteAction =
  'leave' | 'blank' | 'wake' | 'nextStep' | 'backStep' | 'nextTab' | 'previousTab' | 'wipe' | StageTool

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
    case '0':
      return 'wipe'
    default:
      return stageTools[Number(key.key) - 1] ?? null
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
