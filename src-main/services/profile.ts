// What a person should know about the folder of settings and unsaved work before they rely on it. Looks once, at the
// start; what fails later is told where it fails.
import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { MANY_DRAFT_BYTES } from '../contract/limits.ts'
import { draftFolder } from './files/autosaves.ts'

/** @param data absolute path of the folder, created if missing */
export function profileRemarks(data: string): string[] {
  if (!takesFiles(data)) {
    return [
      'Settings and the list of recent files cannot be kept on this machine: their folder is protected. They last until Interlock ends. Save drawings in a folder that you may write to.',
    ]
  }
  const bytes = draftBytes(data)
  if (bytes <= MANY_DRAFT_BYTES) return []
  return [
    `Unsaved drawings of earlier sessions take ${Math.round(bytes / 1024 / 1024)} MB. Open or discard them with the command “Recover unsaved drawings”.`,
  ]
}

function takesFiles(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function draftBytes(data: string): number {
  try {
    const sizes = readdirSync(draftFolder(data)).map((name) => statSync(join(draftFolder(data), name)).size)
    return sizes.reduce((sum, size) => sum + size, 0)
  } catch {
    // No folder yet, or a draft that went away meanwhile: nothing worth a remark.
    return 0
  }
}
