// Words of the race between two threads.
export const texts = {
  noCompiler: 'There is no C compiler (cc, gcc or clang) here, so threads of JavaScript race instead.',
  wantsCompiler:
    'There is no C compiler (cc, gcc or clang) here. Install the package gcc, or write --threads javascript.',
  notCompiled: (cc: string, why: string) =>
    `${cc} could not compile the race: ${why}. Install the headers of C (package libc6-dev), or write --threads javascript.`,
  notRunnable:
    'The compiled program may not be started in the folder for temporary files. Set TMPDIR to one that allows it, or write --threads javascript.',
  ended: (code: string) => `The race ended without a result (${code}). Try fewer increments.`,
  number: (option: string, found: string, most: number) =>
    `${option} cannot be "${found}". Give a whole number from 1 to ${most}.`,
  threads: (found: string) => `--threads cannot be "${found}". Write c or javascript.`,
  title: (increments: number, expected: number, runs: number) =>
    `Two threads add ${increments} times each to one counter, which should then say ${expected}. ${runs} ${runs === 1 ? 'run' : 'runs'} each way.`,
  made: (how: string, cores: number) => `Made with ${how}, on ${cores} ${cores === 1 ? 'CPU' : 'CPUs'}.`,
  headings: ['run', 'no mutex', 'lost', 'with mutex', 'lost'],
  rows: { least: 'least lost', median: 'median lost', most: 'most lost', exact: 'exact runs', time: 'median time' },
  exact: (exact: number, of: number) => `${exact} of ${of}`,
  milliseconds: (value: number) => `${value.toFixed(2)} ms`,
  lucky:
    'Nothing was lost this time. That is luck and proves nothing: run it again, or with more increments. On one CPU it happens rarely.',
} as const
