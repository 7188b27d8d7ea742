// The programs a terminal can begin with, by name: a page names a profile and never a program. Says also which of the
// host's variables a shell inherits: a list of what may, since nobody can list what must not.
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'

export const profileNames = ['login', 'lab'] as const
export type ProfileName = (typeof profileNames)[number]

export interface Program {
  file: string
  args: string[]
  env: Record<string, string>
}

/** What the choice depends on; a test gives its own. */
export interface ProfileFacts {
  env: Readonly<Record<string, string | undefined>>
  /** the person's own shell as the system knows it, or null */
  shell: string | null
  exists(path: string): boolean
}

const inherited = new Set([
  ...['HOME', 'USER', 'LOGNAME', 'SHELL', 'PATH', 'TZ', 'TMPDIR', 'LANG', 'LANGUAGE', 'XDG_RUNTIME_DIR'],
  ...['LD_LIBRARY_PATH', 'MANPATH', 'JAVA_HOME'],
])

/** Names the processes of a terminal even when they have left its process tree; inherited by all of them. */
export const MARK = 'INTERLOCK_TERMINAL'

/** Prompt marks (OSC 133): prompt begins, input begins, command begins, command ended with its status. */
const prompt = {
  PS1: '\\[\\e]133;A\\a\\]\\[\\e[1m\\]\\w\\[\\e[0m\\] \\$ \\[\\e]133;B\\a\\]',
  PS0: '\\e]133;C\\a',
  PROMPT_COMMAND: 'printf "\\033]133;D;%s\\007" "$?"',
} as const
/** A shell that is not bash knows no escapes in its prompt, but takes the characters themselves. */
const plainPrompt = { PS1: '\u001b]133;D\u0007\u001b]133;A\u0007$ \u001b]133;B\u0007' } as const

/**
 * The program of a profile. `login` is the person's own shell with its own start files. `lab` is bash (else sh) without
 * any start files, so that it is the same for everyone, with prompt marks and without a history file.
 * @param mark value of `INTERLOCK_TERMINAL`
 */
export function programOf(profile: ProfileName, mark: string, facts: ProfileFacts = profileFacts()): Program {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(facts.env)) {
    if (value !== undefined && (inherited.has(name) || name.startsWith('LC_'))) env[name] = value
  }
  Object.assign(env, { TERM: 'xterm-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'Interlock', [MARK]: mark })
  const first = (...paths: (string | null)[]): string =>
    paths.find((path): path is string => path !== null && path.startsWith('/') && facts.exists(path)) ?? '/bin/sh'
  if (profile === 'login') {
    const file = first(facts.shell, '/bin/bash')
    return { file, args: ['-l'], env: { ...env, SHELL: file } }
  }
  const bash = first('/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash')
  if (bash === '/bin/sh') return { file: bash, args: ['-i'], env: { ...env, SHELL: bash, ...plainPrompt } }
  return { file: bash, args: ['--norc', '--noprofile', '-i'], env: { ...env, SHELL: bash, HISTFILE: '', ...prompt } }
}

function profileFacts(): ProfileFacts {
  let shell: string | null = null
  try {
    shell = userInfo().shell
  } catch {
    // A user without an entry in the system's list, as in some containers.
  }
  return { env: process.env, shell, exists: existsSync }
}
