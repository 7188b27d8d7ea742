// Decides in which shell `npm start` opens the app. Pure: a table of facts in, a shell and a sentence out.

export interface ShellFacts {
  /** what `--shell` asked for */
  forced: 'electron' | 'browser' | null
  platform: NodeJS.Platform
  root: boolean
  display: boolean
  /** why Electron's sandbox cannot be used, null when it can */
  sandbox: string | null
  /** `here`: can be started; `coming`: is being fetched and not here yet; `absent`: not here and not to be had now */
  runtime: 'here' | 'coming' | 'absent'
}

export type ShellChoice =
  | { shell: 'electron' }
  /** `why` is the one line that is said; null when the person asked for this shell */
  | { shell: 'browser'; why: string | null }
  | { shell: 'none'; why: string }

const opens = 'so Interlock opens in your browser.'

/** Why Electron cannot be used and what happens instead, or null when it can. */
function obstacle(facts: ShellFacts): { why: string; instead: string } | null {
  if (facts.platform === 'linux' && !facts.display) {
    return { why: "There is no display for Electron's window", instead: 'so Interlock runs in the browser shell.' }
  }
  if (facts.platform === 'linux' && facts.root) return { why: 'Electron does not start as root', instead: opens }
  if (facts.platform === 'linux' && facts.sandbox !== null) return { why: facts.sandbox, instead: opens }
  if (facts.runtime === 'coming') {
    return { why: "Electron's runtime is still being fetched for the next start", instead: opens }
  }
  if (facts.runtime === 'absent') {
    return { why: "Electron's runtime is not here and cannot be fetched", instead: opens }
  }
  return null
}

export function chooseShell(facts: ShellFacts): ShellChoice {
  if (facts.forced === 'browser') return { shell: 'browser', why: null }
  const found = obstacle(facts)
  if (found === null) return { shell: 'electron' }
  const { why, instead } = found
  if (facts.forced === 'electron') return { shell: 'none', why: `${why}. Leave --shell out, or use --shell browser.` }
  return { shell: 'browser', why: `${why}, ${instead}` }
}
