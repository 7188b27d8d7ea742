// Which browser opens the page, with which arguments, or why none does. A pure decision: starts nothing, and asks
// for programs through a function. Arguments are always a list; no shell ever reads them.
import { basename, join } from 'node:path'
import { cacheSwitches } from '../host/cache.ts'

export interface BrowserFacts {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  /** the process runs as root (always false on Windows) */
  root: boolean
  home: string
  /** absolute path of a program by its name or path, null when there is none that can be run */
  find(program: string): string | null
}

export interface BrowserLaunch {
  kind: 'launch'
  program: string
  /**
   * @param target file URL of the launch file
   * @param profile folder for a profile of our own
   */
  args(target: string, profile: string): string[]
  /** folder the browser is confined to, for launch file and profile; null when it may read all of the person's files */
  confinedTo: string | null
}

export type BrowserChoice = BrowserLaunch | { kind: 'print'; why: string }

const chromiums = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
]

/** What a Chromium with a fresh profile would otherwise ask the network for by itself. */
const silent = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-pings']

function appWindow(env: BrowserFacts['env']): BrowserLaunch['args'] {
  const cache = cacheSwitches(env).map(([name, value]) => `--${name}=${value}`)
  return (target, profile) => [
    ...[`--app=${target}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check'],
    ...silent,
    ...cache,
  ]
}

function isChromium(program: string): boolean {
  return /chrom|edge|brave|vivaldi/i.test(basename(program))
}

function launch(program: string, { home, env }: BrowserFacts): BrowserLaunch {
  // A browser installed as a snap may not read hidden folders of the home directory; it has a folder of its own.
  const snap = /^\/snap\/bin\/([\w-]+)$/.exec(program)?.[1]
  return {
    kind: 'launch',
    program,
    args: isChromium(program) ? appWindow(env) : (target) => [target],
    confinedTo: snap === undefined ? null : join(home, 'snap', snap, 'common', 'interlock'),
  }
}

/** Chooses by platform; the variable INTERLOCK_BROWSER (a name, a path, or `none`) comes first. */
export function chooseBrowser(facts: BrowserFacts): BrowserChoice {
  const named = facts.env['INTERLOCK_BROWSER']
  if (named === 'none') return { kind: 'print', why: 'INTERLOCK_BROWSER asks for no browser.' }
  if (facts.platform === 'linux' && !facts.env['DISPLAY'] && !facts.env['WAYLAND_DISPLAY']) {
    return { kind: 'print', why: 'There is no display here.' }
  }
  if (named !== undefined && named !== '') {
    const program = facts.find(named)
    if (program !== null) return launch(program, facts)
    return { kind: 'print', why: `INTERLOCK_BROWSER names ${named}, which is not a program here.` }
  }
  switch (facts.platform) {
    case 'win32':
      return onWindows(facts)
    case 'darwin':
      return { kind: 'launch', program: '/usr/bin/open', args: (target) => [target], confinedTo: null }
    default:
      return onLinux(facts)
  }
}

function onLinux(facts: BrowserFacts): BrowserChoice {
  const first = (names: string[]): string | null =>
    names.flatMap((name) => [facts.find(`/snap/bin/${name}`), facts.find(name)]).find((path) => path !== null) ?? null
  const chromium = first(chromiums)
  // Chromium keeps its sandbox only for ordinary accounts. Switching the sandbox off is not ours to decide.
  if (chromium !== null && !facts.root) return launch(chromium, facts)
  const firefox = first(['firefox', 'firefox-esr'])
  if (firefox !== null) return launch(firefox, facts)
  if (facts.root) return { kind: 'print', why: 'Interlock runs as root, and Chromium does not start as root.' }
  const opener = facts.find('xdg-open')
  if (opener !== null) return launch(opener, facts)
  return { kind: 'print', why: 'No browser was found; INTERLOCK_BROWSER can name one.' }
}

function onWindows(facts: BrowserFacts): BrowserChoice {
  const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => facts.env[name])
  const places = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
  for (const place of places) {
    for (const folder of folders) {
      const program = folder === undefined ? null : facts.find(`${folder}\\${place}`)
      if (program !== null) {
        return { kind: 'launch', program, args: appWindow(facts.env), confinedTo: null }
      }
    }
  }
  // Not `cmd /c start`: that is a shell, and it would read `&` in a folder's name as a second command.
  const system = facts.env['SystemRoot'] ?? 'C:\\Windows'
  return {
    kind: 'launch',
    program: `${system}\\System32\\rundll32.exe`,
    args: (target) => ['url.dll,FileProtocolHandler', target],
    confinedTo: null,
  }
}
