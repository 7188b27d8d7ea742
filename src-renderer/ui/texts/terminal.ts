// Words about terminals.

export const terminal = {
  commands: {
    open: 'Open a terminal',
    openLogin: 'Open a terminal with your own shell',
    toggle: 'Show or hide the terminals',
    go: 'Go to the terminal and back',
    close: 'Close the terminal',
    find: 'Find in the terminal',
    clear: 'Clear the terminal',
    reader: (on: boolean): string =>
      on ? 'Terminals: stop reading output to screen readers' : 'Terminals: read output to screen readers',
    keywords: 'shell, console, command line, bash, tty',
  },
  region: 'Terminals',
  tabs: 'Open terminals',
  split: 'Height of the terminals',
  hide: 'Hide the terminals',
  closeTab: (label: string): string => `Close ${label}`,
  label: (number: number, program: string): string => (program === '' ? `Terminal ${number}` : `${number} ${program}`),
  screen: (number: number): string => `Terminal ${number}`,
  recorded: 'Recorded terminal',
  told: 'This is a real shell on this machine. It may do all that you may: read, change and delete your files, and use the network. Closing a terminal ends everything that was started in it.',
  understood: 'Understood',
  leave: 'leaves the terminal',
  ended: (code: number, signal: number): string =>
    signal === 0 ? `The shell has ended with ${code}.` : `The shell was ended by signal ${signal}.`,
  lost: 'This terminal is not there any more: Interlock was started anew, or no window showed it for a minute.',
  another: 'Open another',
  left: (count: number): string =>
    count === 1
      ? 'One process of this terminal belongs to another user and still runs.'
      : `${count} processes of this terminal belong to another user and still run.`,
  find: {
    label: 'Find in the terminal',
    next: 'Next match',
    previous: 'Previous match',
    close: 'Close the search',
    none: 'Not found',
  },
  paste: {
    title: (lines: number): string => (lines === 1 ? 'Paste a line that runs at once?' : `Paste ${lines} lines?`),
    sentence: 'A shell runs each line as soon as it is there. Read them first.',
    confirm: 'Paste',
    cancel: 'Cancel',
    long: (most: number): string => `At most ${most} characters can be pasted at once. Put longer text into a file.`,
  },
}
