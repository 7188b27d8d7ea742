// The same container made by runc, where a filter of system calls is asked for: the bundle, and runc itself. Pure.
import { configOf } from './bundle.ts'
import { quote } from './shell.ts'
import type { Settled } from './settle.ts'
import type { Step } from './step.ts'
import { texts } from './texts.ts'

export function bundle(settled: Settled): Step {
  return {
    id: 'bundle',
    stage: 'before',
    ...texts.steps.bundle,
    calls: ['mkdir', 'openat', 'write'],
    flags: [],
    lines: [
      'mkdir bundle && mv lower bundle/rootfs',
      `printf '%s\\n' ${quote(configOf(settled))} > bundle/config.json`,
    ],
    host: [],
    becomes: [],
    undo: [],
    evidence: [{ file: '$lab/bundle', expected: texts.evidence.bundle }],
  }
}

export function runtime(): Step {
  const runc = 'runc --root "$lab/state"'
  return {
    id: 'runtime',
    stage: 'start',
    ...texts.steps.runtime,
    calls: ['unshare', 'fork', 'mount', 'pivot_root', 'sethostname', 'capset', 'prctl', 'seccomp', 'execve'],
    flags: ['SECCOMP_SET_MODE_FILTER'],
    lines: [`setpriv --pdeathsig KILL ${runc} run --bundle "$lab/bundle" "$name" \\`],
    host: [],
    becomes: [],
    undo: [`${runc} delete --force "$name" 2>/dev/null || :`],
    evidence: [{ file: '/proc/PID/status', expected: texts.evidence.seccomp }],
  }
}
