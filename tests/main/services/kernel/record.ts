// Records a run for real: opens a terminal through the service, types commands as a person would, and gives the
// recording. As a program it does the same for another user: what to record comes as JSON on standard input.
import { spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Recording } from '../../../../src-main/contract/kernel.ts'
import { createKernel } from '../../../../src-main/services/kernel/index.ts'
import { createTerminals, type HostTerminal, type Viewer } from '../../../../src-main/services/terminal/index.ts'

export interface Typed {
  /** what is typed, without the Enter key; `\u0003` is Ctrl+C */
  type: string
  /**
   * what is waited for after it: `prompt` (usual; an inner bash has prompts too), so many ms, or a text that the
   * terminal shows after it was typed
   */
  wait?: 'prompt' | number | { shows: string }
}

export interface Run {
  commands: readonly (string | Typed)[]
  /** relative to the folder of the terminal, or absolute */
  files?: readonly string[]
  experiment: string | null
  /** an ordinary user to do it as, when the test is root; it gets the folder */
  uid?: number
  /** ms between two commands, in which samples by the clock are taken; 400 usually */
  pause?: number
}

export interface Recorded {
  recording: Recording
  /** what cleaning could not remove */
  left: string[]
  /** what the terminal showed */
  output: string
}

const PROMPT_MS = 30_000
const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

async function until(what: () => boolean, name: () => string): Promise<void> {
  const end = performance.now() + PROMPT_MS
  while (!what()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${name()}`)
    await sleep(10)
  }
}

/** Records a run and cleans up after it. Commands run in a new folder that is removed at the end. */
export async function recordRun(run: Run): Promise<Recorded> {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-record-')))
  chmodSync(workspace, 0o755)
  try {
    return run.uid === undefined || run.uid === process.getuid?.()
      ? await recordHere(run, workspace)
      : await recordAs(run, run.uid, workspace)
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }
}

async function recordHere(
  { commands, files = [], experiment, pause = 400 }: Run,
  workspace: string,
): Promise<Recorded> {
  const problems: string[] = []
  const log = (line: string): void => void problems.push(line)
  // Start files of the person who records must not have a say.
  process.env['HOME'] = workspace
  const terminals = createTerminals({ workspace, log })
  const kernel = createKernel({ has: terminals.has, log })
  let output = ''
  try {
    const terminal = await terminals.open('lab', '', { columns: 100, rows: 30 })
    const viewer: Viewer = {
      output(piece) {
        output += piece
        terminal.acknowledge(viewer, piece.length)
      },
      state: () => undefined,
    }
    ;(await terminals.attach(terminal.id, viewer)).start()
    // An inner shell may have a prompt of its own, but all say that a command has ended.
    let prompts = 0
    terminal.onMark(({ kind }) => (prompts += kind === 'D' ? 1 : 0))
    await until(
      () => prompts > 0 || output.includes('$ '),
      () => `the first prompt in ${JSON.stringify(output)}`,
    )
    await kernel.watch(terminal, viewer, { experiment, files, anew: false }, () => undefined)
    for (const command of commands) {
      const { type, wait = 'prompt' } = typeof command === 'string' ? { type: command } : command
      const [before, shown] = [prompts, output.length]
      terminal.write(type.startsWith('\u0003') ? type : `${type}\r`)
      if (typeof wait === 'number') await sleep(wait)
      else if (wait === 'prompt')
        await until(
          () => prompts > before,
          () => `a prompt after ${type} in ${output.slice(shown)}`,
        )
      else {
        // The terminal shows what is typed as well: what is waited for has to come after that.
        const echo = (): number => shown + Math.max(0, output.slice(shown).indexOf('\n'))
        await until(
          () => output.indexOf(wait.shows, echo()) >= 0,
          () => `${wait.shows} after ${type} in ${output.slice(shown)}`,
        )
      }
      await sleep(pause)
    }
    return await finish(terminal)
  } finally {
    await terminals.closeAll()
    await kernel.close()
  }

  async function finish(terminal: HostTerminal): Promise<Recorded> {
    await kernel.look(terminal.id)
    const recording = await kernel.recording(terminal.id)
    const { left } = await kernel.clean(terminal.id)
    if (problems.length > 0) throw new Error(problems.join('\n'))
    return { recording: Recording.parse(recording), left, output }
  }
}

/** The same in a process of another user. */
async function recordAs({ uid: _, ...run }: Run, uid: number, workspace: string): Promise<Recorded> {
  chownSync(workspace, uid, uid)
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), workspace], {
    uid,
    gid: uid,
    cwd: workspace,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, HOME: workspace, USER: 'student', LOGNAME: 'student' },
  })
  child.stdin.end(JSON.stringify(run))
  const [answer, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  if (answer === '') throw new Error(`the recording process said nothing: ${errors}`)
  return JSON.parse(answer) as Recorded
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const run = JSON.parse(await text(process.stdin)) as Run
  const recorded = await recordHere(run, process.argv[2] ?? '')
  process.stdout.write(JSON.stringify(recorded))
}
