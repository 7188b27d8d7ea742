// Decides in which shell `npm start` opens the app. Pure: a table of facts in, a shell and a sentence out.

export interface ShellFacts {
  /** what `--shell` asked for */
  forced: 'electron' | 'browser' | null
  platform: NodeJS.Platform
  root: boolean
  display: boolean
  /** `here`: can be started; `coming`: is being fetched and not here yet; `absent`: not here and not to be had now */
  runtime: 'here' | 'coming' | 'absent'
}

export type ShellChoice =
  | { shell: 'electron' }
  /** `why` is the one line that is said; null when the person asked for this shell */
  | { shell: 'browser'; why: string | null }
  | { shell: 'none'; why: string }

const inBrowser = 'so Interlock opens in your browser.'

/** Why Electron cannot be used, or null when it can. */
function obstacle(facts: ShellFacts): string | null {
  if (facts.platform === 'linux' && !facts.display) return 'There is no display for a window'
  if (facts.platform === 'linux' && facts.root) return 'Electron does not start as root'
  if (facts.runtime === 'coming') return "Electron's runtime is still being fetched for the next start"
  if (facts.runtime === 'absent') return "Electron's runtime is not here and cannot be fetched"
  return null
}

export function chooseShell(facts: ShellFacts): ShellChoice {
  if (facts.forced === 'browser') return { shell: 'browser', why: null }
  const why = obstacle(facts)
  if (why === null) return { shell: 'electron' }
  if (facts.forced === 'electron') return { shell: 'none', why: `${why}. Leave --shell out, or use --shell browser.` }
  return { shell: 'browser', why: `${why}, ${inBrowser}` }
}
