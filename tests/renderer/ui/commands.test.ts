import { describe, expect, it } from 'vitest'
import { matchKeys, showKeys } from '@page/ui/commands.ts'

type Pressed = Parameters<typeof matchKeys>[0]
const press = (key: string, held: Partial<Omit<Pressed, 'key'>> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('keys of commands', () => {
  it.each([
    ['Mod+Z', press('z', { ctrlKey: true })],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true })],
    ['P', press('p')],
    ['P', press('P')],
    ['Delete', press('Delete')],
    ['Space', press(' ')],
    ['+', press('+')],
    ['+', press('+', { shiftKey: true })],
    ['?', press('?', { shiftKey: true })],
    ['Mod++', press('+', { ctrlKey: true })],
    ['Alt+PageDown', press('PageDown', { altKey: true })],
  ])('%s matches its key', (keys, event) => expect(matchKeys(event, keys)).toBe(true))

  it.each([
    ['Mod+Z', press('z')],
    ['Mod+Z', press('z', { ctrlKey: true, shiftKey: true })],
    ['Mod+Z', press('z', { ctrlKey: true, altKey: true })],
    ['P', press('p', { ctrlKey: true })],
    ['P', press('p', { shiftKey: true })],
    ['Delete', press('Backspace')],
  ])('%s does not match another key', (keys, event) => expect(matchKeys(event, keys)).toBe(false))

  it('goes by the place of a key where Option turns letters into signs', () => {
    const option = { ...press('˜', { altKey: true }), code: 'KeyN' }
    expect([matchKeys(option, 'Alt+N'), matchKeys(option, 'Alt+M'), matchKeys(option, 'N')]).toEqual([
      true,
      false,
      false,
    ])
    expect(matchKeys({ ...press('¡', { altKey: true }), code: 'Digit1' }, 'Alt+1')).toBe(true)
  })

  it('shows combinations as they are printed on keyboards', () => {
    expect(['Mod+Shift+Z', 'Delete', 'ArrowLeft', 'p', '-'].map(showKeys)).toEqual([
      'Ctrl+Shift+Z',
      'Del',
      '←',
      'P',
      '−',
    ])
  })
})
