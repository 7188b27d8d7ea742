// Where things lie: the built page, the labs' samples, and the folders of a person on each platform.
// Pure functions over paths; the same layout holds for the sources and for the build.
import { join, posix, resolve, win32 } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Places {
  /** folder of the project, or of the installed app */
  root: string
  /** folder of the built page */
  page: string
  /** folder that holds `<lab>/samples` */
  labs: string
  /** runs from the sources of a checkout */
  fromSource: boolean
}

/** @param entry URL of the program's entry: `src-main/cli/main.ts`, or `out/main/interlock.js` */
export function placesOf(entry: string): Places {
  const path = (relative: string): string => resolve(fileURLToPath(new URL(relative, entry)))
  const root = path('../..')
  const fromSource = entry.endsWith('.ts')
  return { root, page: join(root, 'out', 'renderer'), labs: path('../labs'), fromSource }
}

export interface Person {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  home: string
}

/** Folder for settings, recent files and unsaved drafts. INTERLOCK_DATA overrides it. */
export function dataFolder({ platform, env, home }: Person): string {
  const own = env['INTERLOCK_DATA']
  if (own) return own
  if (platform === 'win32') {
    return win32.join(env['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Interlock')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Interlock')
  const config = env['XDG_CONFIG_HOME']
  // The XDG specification wants relative values ignored.
  return posix.join(config?.startsWith('/') ? config : posix.join(home, '.config'), 'interlock')
}

/** Folder in which drawings are kept unless another one is named. */
export function workspaceFolder({ platform, home }: Person): string {
  return (platform === 'win32' ? win32 : posix).join(home, 'Interlock')
}

/** The folder that relative paths of the command line start from. npm runs scripts elsewhere and says where it was. */
export function baseFolder(env: Person['env'], cwd: string): string {
  const script = env['npm_lifecycle_event']
  return (script === 'interlock' || script === 'start') && env['INIT_CWD'] ? env['INIT_CWD'] : cwd
}
