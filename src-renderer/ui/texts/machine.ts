// Words about the machine that is shared: forgetting a session, and waiting for a large file.

export const machine = {
  forget: {
    command: 'Forget this session',
    keywords: 'log out, shared computer, privacy, recent files, clear',
    title: 'Forget this session?',
    sentence: (unsaved: number): string =>
      'The list of recent files, all unsaved drawings and what this tab remembers are removed from this machine. ' +
      (unsaved === 0
        ? 'Saved files and settings stay.'
        : `${unsaved === 1 ? 'One open drawing is' : `${unsaved} open drawings are`} not saved and will be lost. Saved files and settings stay.`),
    confirm: 'Forget',
    done: 'Forgotten. Nothing of this session is kept here but the files you saved.',
  },
  opening: (name: string, megabytes: number | null): string =>
    megabytes === null ? `Opening ${name}…` : `Opening ${name}, ${megabytes} MB…`,
}
