// Words of the text view: what the completion says beside a word, and the example in an empty text.

export const textView = {
  title: 'Text',
  label: 'The drawing as text',
  kinds: { process: 'process', resource: 'resource type' },
  words: {
    '->': 'asks for, or is held by',
    holds: 'units it has',
    wants: 'units it waits for',
    '~>': 'may come to hold at most',
    claims: 'the most it may ever hold',
    has: 'how many instances',
    process: 'one without edges',
    type: 'one without edges',
  },
  hint: [
    '# One statement a line, for example',
    'R1 has 2',
    'P1 holds R1, wants R2',
    'P2 -> R1',
    'P2 claims R1 x2',
    'R2 -> P2 x2',
    'process P3',
  ].join('\n'),
}
