// The application menu. Its items ask the page to run one of the page's own commands; it decides nothing itself.
// Accelerators are shown, not taken: the page handles every key, so that both shells behave alike.
import type { MenuItemConstructorOptions } from 'electron'

export interface MenuContext {
  run(command: string): void
  mac: boolean
  packaged: boolean
}

/** The menu as data. Commands are named as in the page's command palette. */
export function menuTemplate({ run, mac, packaged }: MenuContext): MenuItemConstructorOptions[] {
  const item = (label: string, command: string, accelerator: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    accelerator,
    registerAccelerator: false,
    click: () => run(command),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const end: MenuItemConstructorOptions[] = mac ? [{ role: 'close' }] : [{ role: 'quit' }]
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        item('&New drawing', 'file.new', 'Alt+N'),
        item('&Open…', 'file.open', 'CmdOrCtrl+O'),
        item('Open to &look only…', 'file.look', 'Alt+O'),
        line,
        item('&Save', 'file.save', 'CmdOrCtrl+S'),
        item('Save &as…', 'file.saveAs', 'CmdOrCtrl+Shift+S'),
        item('&Import from text…', 'file.import', 'Alt+I'),
        item('&Export…', 'file.export', 'CmdOrCtrl+Shift+E'),
        line,
        item('&Close drawing', 'file.close', 'Alt+W'),
        ...end,
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('&Undo', 'edit.undo', 'CmdOrCtrl+Z'),
        item('&Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
      ],
    },
    {
      label: '&View',
      submenu: [
        item('&Present this drawing', 'view.present', 'Alt+P'),
        { role: 'togglefullscreen' },
        line,
        item('Make the page &larger', 'view.pageLarger', 'Alt+='),
        item('Make the page &smaller', 'view.pageSmaller', 'Alt+-'),
        item('&Usual size', 'view.pageUsual', 'Alt+Shift+0'),
        ...(packaged ? [] : [line, { role: 'toggleDevTools' as const }]),
      ],
    },
    {
      label: '&Help',
      role: 'help',
      submenu: [
        item('All &commands…', 'view.palette', 'CmdOrCtrl+K'),
        item('Keyboard &shortcuts', 'view.shortcuts', 'Shift+/'),
      ],
    },
  ]
}
