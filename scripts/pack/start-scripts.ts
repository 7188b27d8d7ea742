// The texts of a portable archive: its start scripts and what a person reads first. Pure.
import type { Platform } from './runtime.ts'

/** Finds its own folder through links and whatever the path holds, and hands every argument on untouched. */
const posixScript = `#!/bin/sh
# Starts Interlock with the Node that lies beside it. Writes nothing here.
here=$0
while [ -h "$here" ]; do
  link=$(readlink "$here")
  case $link in
    /*) here=$link ;;
    *) here=$(dirname "$here")/$link ;;
  esac
done
here=$(CDPATH= cd -P "$(dirname "$here")" && pwd) || exit 1
exec "$here/runtime/node" "$here/app/out/main/portable.js" "$@"
`

const windowsScript = [
  '@echo off',
  'rem Starts Interlock with the Node that lies beside it. Writes nothing here.',
  'setlocal DisableDelayedExpansion',
  '"%~dp0runtime\\node.exe" "%~dp0app\\out\\main\\portable.js" %*',
  'if errorlevel 1 if "%~1"=="" pause',
  '',
].join('\r\n')

export function startScript(platform: Platform): { name: string; text: string } {
  return platform.startsWith('win')
    ? { name: 'Interlock.cmd', text: windowsScript }
    : { name: 'interlock', text: posixScript }
}

export function readme(version: string, platform: Platform): string {
  const windows = platform.startsWith('win')
  const start = windows ? 'Interlock.cmd' : './interlock'
  const [drawings, data, cache] = windows
    ? ['%USERPROFILE%\\Interlock', '%APPDATA%\\Interlock', '%LOCALAPPDATA%\\Interlock\\Cache']
    : platform.startsWith('darwin')
      ? ['~/Interlock', '~/Library/Application Support/Interlock', '~/Library/Caches/Interlock']
      : ['~/Interlock', '~/.config/interlock', '~/.cache/interlock']
  const text = `Interlock ${version}, portable, for ${platform}

Unpack this archive anywhere, on a shared drive as well, and run ${start}.
Nothing is installed, no administrator is needed, and nothing is ever written
in this folder: it may be read-only. No network is used.

Interlock opens in a browser that is installed here. Without a display it
prints an address; open it in a browser of this machine. The address works for
your account only and ends with the program.

  ${start}                      opens Interlock
  ${start} drawing.interlock    opens a drawing
  ${start} open --no-browser    only prints the address
  ${start} --help               everything else: check, eval, export …

Where things are kept, and how to choose another folder:

  drawings                      ${drawings}
                                --workspace DIR
  settings, unsaved work        ${data}
                                --data DIR, or the variable INTERLOCK_DATA
  the browser's cache, 50 MB    ${cache}
  at most                       the variable INTERLOCK_CACHE; INTERLOCK_CACHE_MB
                                says how much, and 0 switches it off

Interlock is under the MIT licence (LICENSE). The folder licences holds those
of everything else in here.
`
  return windows ? text.replaceAll('\n', '\r\n') : text
}
