// English sentences about what a machine can do.

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`

export const laneTexts = {
  noLinux:
    'It needs the Linux kernel. Play the recorded run, which has the full picture, or open Interlock in a Linux machine or WSL 2.',
  wsl1: 'WSL 1 has no Linux kernel of its own. Play the recorded run, or change the distribution to WSL 2.',
  tools: (missing: readonly string[]) =>
    `${missing.length === 1 ? 'A program is' : 'Programs are'} missing here: ${list(missing)}. Install ${missing.length === 1 ? 'it' : 'them'}, or play the recorded run.`,
  root: 'Only root may do this here. Run Interlock as root on a lab machine, or play the recorded run.',
  restricted: (reason: string) =>
    `This Linux refuses user namespaces to ordinary users: ${reason} Ask for the lab's profile, run Interlock as root on a lab machine, or play the recorded run.`,
  notDelegated: (controllers: readonly string[]) =>
    `Only root may make control groups${controllers.length === 0 ? '' : ` for ${list(controllers)}`} here, and no prepared folder was found. Ask root to make one and to give it to you, or play the recorded run.`,
  notHybrid: 'It needs a machine with both versions of control groups. Play the recorded run.',
  noController: (controllers: readonly string[]) =>
    `The kernel has no control groups for ${list(controllers)} mounted here. Play the recorded run.`,
  real: {
    root: 'It can be done here, as root.',
    delegated: 'It can be done here: a control group may be made.',
    user: 'It can be done here, without being root.',
    nothing: 'It can be done here by anybody.',
  },
} as const
