// The system's file dialogs, as the host asks for them. They start where the person last was.
import { basename, dirname, join } from 'node:path'
import { type BaseWindow, dialog, type FileFilter } from 'electron'
import type { HostPorts } from '../host/host.ts'
import { readableEndings } from '../host/lab-models.ts'

/** Texts of other formats open as new drawings. */
const openFilters: FileFilter[] = [
  { name: 'Drawings', extensions: ['interlock', ...readableEndings] },
  { name: 'All files', extensions: ['*'] },
]
const filters: FileFilter[] = [
  { name: 'Interlock drawings', extensions: ['interlock'] },
  { name: 'All files', extensions: ['*'] },
]

/**
 * @param owner window the dialogs belong to, or null for none
 * @param start folder shown first
 */
export function createDialogs(owner: () => BaseWindow | null, start: string): NonNullable<HostPorts['dialogs']> {
  let folder = start
  const chosen = (path: string | undefined): string | null => {
    if (path === undefined || path === '') return null
    folder = dirname(path)
    return path
  }
  return {
    async pickOpen() {
      const options = {
        title: 'Open a drawing',
        defaultPath: folder,
        filters: openFilters,
        properties: ['openFile' as const],
      }
      const window = owner()
      const result = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
      return result.canceled ? null : chosen(result.filePaths[0])
    },
    async pickSave(suggested) {
      const options = { title: 'Save the drawing', defaultPath: join(folder, basename(suggested)), filters }
      const window = owner()
      const result = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
      return result.canceled ? null : chosen(result.filePath)
    },
  }
}
