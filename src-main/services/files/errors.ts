// Failures of the file system as errors for a person: the name of the thing, what happened, what to do. Never a path.
import { InterlockError } from '../../contract/errors.ts'

/** The system's name of a failure, such as ENOSPC, or null when the error did not come from the system. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/**
 * @param doing how the sentence begins: "open", "save", "read the folder"
 * @param name the file or folder as a person knows it
 */
export function fileError(error: unknown, doing: string, name: string): InterlockError {
  if (error instanceof InterlockError) return error
  const code = systemCode(error)
  if (code === null) throw error
  const thing = `“${name}”`
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new InterlockError('not-found', `${thing} is not there. It may have been moved, renamed or deleted.`)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new InterlockError(
        'permission-denied',
        `Interlock may not ${doing} ${thing}: the file or its folder is protected. Nothing was changed. Choose another folder, or change the permissions.`,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return new InterlockError(
        'disk-full',
        `There is no room left on the disk to ${doing} ${thing}. What was there before is unchanged. Make room, or choose another place.`,
      )
    case 'EISDIR':
      return new InterlockError('not-a-file', `${thing} is a folder. Choose a file.`)
    case 'EEXIST':
      return new InterlockError('already-exists', `${thing} exists already. Choose another name.`)
    case 'ENAMETOOLONG':
    case 'EINVAL':
      return new InterlockError(
        'io-error',
        `The name ${thing} cannot be used on this disk (${code}). Choose a shorter or simpler one.`,
      )
    default:
      return new InterlockError(
        'io-error',
        `Interlock could not ${doing} ${thing} (${code}). What was there before is unchanged. Try again, or choose another place.`,
      )
  }
}
