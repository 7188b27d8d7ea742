// A plan as one shell script that stands alone: readable from top to bottom, and able to stop before each step. Pure.
// The script starts itself again: as the first process of the container, and once more whenever that process turns into
// another program for a step. What has to be known then is handed on in the environment.
import { groupFolders } from './steps-outside.ts'
import type { Plan } from './plan.ts'
import { indent, quote, words } from './shell.ts'
import type { Evidence, Step } from './step.ts'
import { texts } from './texts.ts'

const said = texts.script

/** @returns the text of the script, for `sh` */
export function scriptOf(plan: Plan): string {
  const steps = plan.steps.map((step, at) => ({ ...step, number: at + 1 }))
  const before = steps.filter(({ stage }) => stage === 'before')
  const start = steps.filter(({ stage }) => stage === 'start')
  const phases = phasesOf(steps.filter(({ stage }) => stage === 'inside'))
  const tell = (step: Numbered): string[] => announcement(step, steps.length)
  const lines = [
    '#!/bin/sh',
    ...said.about.map((line) => `# ${line}`),
    'set -eu',
    '',
    ...tools,
    '',
    `# ${said.parts.helper}`,
    ...helper(plan, steps),
    '',
    `# ${said.parts.outside}`,
    'outside() {',
    ...indent(opening(plan)),
    ...before.flatMap((step) => ['', ...indent([...tell(step), ...step.lines])]),
    '',
    ...indent(start.flatMap((step) => [...tell(step), ...started(step)])),
    '}',
    '',
    `# ${said.parts.inside}`,
    ...phases.flatMap((phase, at) => [
      `inside_${at + 1}() {`,
      ...indent([
        ...(at === 0 ? first : again),
        ...(at === phases.length - 1 ? [`set -- ${words(plan.options.command)}`] : []),
        ...phase.flatMap((step) => ['', ...inside(step, tell(step), at + 2)]),
      ]),
      '}',
      '',
    ]),
    'case "${1-}" in',
    ...phases.map((_, at) => `  inside-${at + 1}) inside_${at + 1} ;;`),
    '  *) outside "$@" ;;',
    'esac',
  ]
  return `${lines.join('\n')}\n`
}

type Numbered = Step & { number: number }

/** Parted after each step in which the first process turns into another program. */
function phasesOf(steps: readonly Numbered[]): Numbered[][] {
  if (steps.length === 0) return []
  const phases: Numbered[][] = [[]]
  for (const step of steps) {
    phases.at(-1)?.push(step)
    if (step.becomes.length > 0) phases.push([])
  }
  return phases
}

const tools = [
  `say() { printf '%s\\n' "$*" >&2; }`,
  'failed() { # STATUS',
  `  if [ -n "$heading" ]; then say "$heading ${said.failed}"; exit 125; fi`,
  '  exit "$1"',
  '}',
  'step() { # HEADING SENTENCE CALLS EVIDENCE',
  '  heading=$1',
  '  [ -n "$stepping" ] || return 0',
  `  printf '\\n%s\\n  %s\\n  ${said.calls}: %s\\n' "$1" "$2" "$3" >&2`,
  `  printf '%s\\n' "$4" | sed 's/^/  ${said.look}: /' >&2`,
  `  printf '  ${said.enter} ' >&2`,
  `  read -r _ || { printf '\\n' >&2; heading=; say '${said.stopped}'; exit 130; }`,
  '}',
]

function announcement({ number, stage, title, sentence, calls, flags, evidence }: Numbered, of: number): string[] {
  const heading = `${said.step(number, of)}: ${title}`
  const names = `${calls.join(', ')}${flags.length > 0 ? ` (${flags.join(', ')})` : ''}`
  return [
    `step ${quote(heading)} \\`,
    `  ${quote(sentence)} \\`,
    `  ${quote(names || '-')} \\`,
    `  ${evidence.map((one) => lookAt(one, stage === 'inside')).join(`'\n'`)}`,
  ]
}

/** Where names are known only when the script runs, the shell fills them in; what the person wrote it takes as it is. */
function lookAt({ file, expected }: Evidence, inside: boolean): string {
  return `"${inside ? file.replace('PID', '$pid') : file}"${quote(`: ${expected}`)}`
}

/** Ends with the last writer of the pipe, which is the parent of PID 1: whatever ended it, what was made is removed. */
function helper(plan: Plan, steps: readonly Numbered[]): string[] {
  const asked = steps.filter(({ host }) => host.length > 0)
  return [
    'helper() {',
    `  trap '' HUP INT PIPE QUIT TERM`,
    '  while read -r request pid; do',
    '    reply=no',
    '    case $request in',
    ...asked.flatMap(({ id, host }) => [`      ${id})`, ...indent([...together(host), 'reply=yes ;;'], '        ')]),
    '    esac',
    '    echo "$reply" || :',
    '  done',
    '  clean',
    '}',
    ...cleaning(plan),
  ]
}

/** Each line only if the ones before it went well. What is read and written here is the pipe, so they get neither. */
const together = (lines: readonly string[]): string[] => [
  '{',
  ...indent(lines.map((line, at) => (at < lines.length - 1 ? `${line} &&` : line))),
  '} < /dev/null >&2 &&',
]

/** The kernel lets go of groups and mounts a moment later, so it is tried again; nothing mounted is ever descended into. */
function cleaning(plan: Plan): string[] {
  const groups = groupFolders(plan).map(({ parent }) => `${quote(parent)}/"$name"`)
  return [
    'clean() {',
    '  cd /',
    ...plan.steps.flatMap(({ undo }) => indent(undo)),
    ...(groups.length === 0
      ? []
      : [
          `  for group in ${groups.join(' ')}; do`,
          '    tries=0',
          '    while [ -d "$group" ] && ! rmdir "$group" 2>/dev/null; do',
          '      tries=$((tries + 1))',
          `      [ $tries -lt 100 ] || { say "$group ${said.mounted}"; break; }`,
          '      sleep 0.05',
          '    done',
          '  done',
        ]),
    `  if grep -q "/$name/" /proc/self/mountinfo; then say "$lab ${said.mounted}"; return; fi`,
    '  # The kernel leaves the work folder of an overlay without any rights.',
    '  chmod -R u+rwx "$lab" || :',
    '  rm -rf "$lab"',
    '}',
  ]
}

function opening(plan: Plan): string[] {
  const { users, network } = plan.options
  // Other users have to be able to get there.
  const folder = users.kind === 'range' ? '/tmp' : '.'
  return [
    'stepping=',
    `[ "\${1-}" != --step ] || stepping=yes`,
    '# interlock run has made the folder already, with this script in it.',
    'if [ -n "${INTERLOCK_LAB-}" ]; then',
    '  lab=$INTERLOCK_LAB',
    'else',
    `  [ -f "$0" ] || { say '${said.unsaved}'; exit 2; }`,
    `  lab=$(mktemp -d "\${TMPDIR:-${folder}}/interlock-lab-XXXXXX")`,
    '  cp "$0" "$lab/run.sh"',
    'fi',
    'lab=$(cd "$lab" && pwd)',
    'name=${lab##*/}',
    'heading=',
    "trap 'status=$?; clean; failed $status' EXIT",
    "trap 'heading=; exit 130' HUP INT QUIT TERM",
    'setpriv=$(command -v setpriv)',
    ...(network === 'veth' ? ['cable=il-${name##*-}', 'net=10.231.$(($$ % 250 + 1))'] : []),
    `export lab name stepping setpriv${network === 'veth' ? ' cable net' : ''}`,
  ]
}

/** Only the parent of PID 1 keeps the pipe open for as long as the container lives. */
function started(step: Numbered): string[] {
  return [
    'cd "$lab"',
    'mkfifo ask answer',
    'helper < ask > answer &',
    'helper=$!',
    '# From here on the helper removes what was made. Ctrl-C is for the program in the container.',
    'trap - EXIT HUP TERM',
    'trap : INT QUIT',
    'status=0',
    ...step.lines,
    '  4> ask 5< answer || status=$?',
    'wait "$helper" || :',
    'exit "$status"',
  ]
}

const again = ['heading=', "trap 'failed $?' EXIT"]

/** The redirection is the shell's own, so the pid is its own too; and this /proc is still the host's. */
const first = [
  'read -r pid rest < /proc/self/stat',
  'export pid',
  ...again,
  `[ -z "$stepping" ] || say "${said.seen} $pid."`,
]

function inside(step: Numbered, tell: readonly string[], next: number): string[] {
  const host = step.host.length === 0 ? [] : [`echo "${step.id} $pid" >&4`, 'read -r answer <&5 && [ "$answer" = yes ]']
  const becomes =
    step.becomes.length === 0 ? [] : ['trap - EXIT', `exec ${words(step.becomes)} sh "$lab/run.sh" inside-${next}`]
  return [...tell, ...host, ...step.lines, ...becomes]
}
