// Opens the page in an installed browser. The token is not put among the program's arguments, which every account of
// the machine can read in the list of processes; it stands in a launch file that only its owner may read and that is
// removed once it has served. Decides nothing: see choose-browser.ts.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, constants, mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BrowserChoice, chooseBrowser } from './choose-browser.ts'
import { writePrivateFile } from './token.ts'

/** A browser that ends with an error this soon did not open the page. */
const EARLY_MS = 3_000
/** A launch file that nobody used is removed after this time. */
const LAUNCH_FILE_MS = 120_000

export interface Opening {
  /** settles soon: null when a browser was started, else a sentence why the person has to open the address */
  why: Promise<string | null>
  /** Removes the launch file; to be called when the page has come, and at the end. */
  done(): void
}

/** The launch file's text: leads on to the address, with nothing else in it. */
export function launchPage(url: string): string {
  const escaped = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${escaped}">
<title>Interlock</title>
`
}

/** Absolute path of a program that this account may run. */
export function findProgram(name: string, path: string = process.env['PATH'] ?? ''): string | null {
  const candidates = isAbsolute(name) ? [name] : path.split(delimiter).map((folder) => join(folder, name))
  for (const candidate of candidates) {
    try {
      accessSync(candidate, constants.X_OK)
      if (statSync(candidate).isFile()) return candidate
    } catch {
      // not here: the next folder
    }
  }
  return null
}

export interface OpeningFolders {
  /** for the launch file */
  data: string
  /** for the browser's profile, which may be thrown away at any time */
  cache: string
}

/** Opens `url` in a browser. Where the usual folders take nothing, a temporary one of this account does. */
export async function openBrowser(
  url: string,
  folders: OpeningFolders,
  choice: BrowserChoice = choose(),
): Promise<Opening> {
  if (choice.kind === 'print') return { why: Promise.resolve(choice.why), done: () => undefined }
  const { confinedTo } = choice
  const file = await writeLaunchFile([confinedTo ?? folders.data, ...(confinedTo === null ? [null] : [])], url)
  const profile = file === null ? null : firstFolder([confinedTo ?? folders.cache, dirname(file)])
  if (file === null || profile === null) {
    return {
      why: Promise.resolve(`Nothing can be written in ${confinedTo ?? folders.data}, so no browser was started.`),
      done: () => undefined,
    }
  }
  const done = (): void => {
    clearTimeout(timer)
    rmSync(file, { force: true })
    if (dirname(file) !== (confinedTo ?? folders.data)) removeEmpty(dirname(file))
  }
  const timer = setTimeout(done, LAUNCH_FILE_MS)
  timer.unref()
  const started = start(choice.program, choice.args(pathToFileURL(file).href, join(profile, 'browser-profile')))
  const why = started.then((failure) => {
    if (failure !== null) done()
    return failure
  })
  return { why, done }
}

/** Writes the launch file into the first folder that takes it; null stands for a new temporary one. */
async function writeLaunchFile(folders: (string | null)[], url: string): Promise<string | null> {
  for (const folder of folders) {
    try {
      const place = folder ?? mkdtempSync(join(tmpdir(), 'interlock-'))
      const file = join(place, `launch-${randomBytes(8).toString('hex')}.html`)
      mkdirSync(place, { recursive: true, mode: 0o700 })
      await writePrivateFile(file, launchPage(url))
      return file
    } catch {
      // This one takes nothing: the next.
    }
  }
  return null
}

/** A temporary folder that holds the browser's profile too stays until the system clears it. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Something is in it.
  }
}

function firstFolder(folders: string[]): string | null {
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      accessSync(folder, constants.W_OK)
      return folder
    } catch {
      // This one takes nothing: the next.
    }
  }
  return null
}

function choose(): BrowserChoice {
  return chooseBrowser({
    platform: process.platform,
    env: process.env,
    root: process.getuid?.() === 0,
    home: homedir(),
    find: findProgram,
  })
}

/** Starts a program that outlives us; waits a moment to see whether it fails at once. */
function start(program: string, args: string[]): Promise<string | null> {
  return new Promise((done) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', shell: false })
    const timer = setTimeout(() => done(null), EARLY_MS)
    timer.unref()
    const end = (why: string | null): void => {
      clearTimeout(timer)
      done(why)
    }
    child.on('error', (error) => end(`${program} could not be started (${error.message}).`))
    child.on('exit', (code) => end(code === 0 ? null : `${program} ended at once with code ${String(code)}.`))
    child.unref()
  })
}
