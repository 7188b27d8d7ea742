// The folders of a person, as `app.getPath` names them.
import { homedir } from 'node:os'
import { join } from 'node:path'

const set = new Map<string, string>()
const defaults: Readonly<Record<string, () => string>> = {
  home: homedir,
  documents: () => join(homedir(), 'Documents'),
  appData: () => process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'),
  userData: () => join(folders.get('appData'), 'interlock-double'),
}

export const folders = {
  get(name: string): string {
    const found = set.get(name) ?? defaults[name]?.()
    if (found === undefined) throw new Error(`Failed to get '${name}' path`)
    return found
  },
  set: (name: string, path: string): void => void set.set(name, path),
}
