// The text form: what statements mean, what is said about mistakes, and that text and drawing come back from each other.
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generate, grammars, parserOf } from '../../../../scripts/grammars.ts'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { faults } from '../../../../src-main/labs/deadlock/model/faults.ts'
import { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { textFormat } from '../../../../src-main/labs/deadlock/model/text/format.ts'
import { parseText } from '../../../../src-main/labs/deadlock/model/text/parse.ts'
import { printText } from '../../../../src-main/labs/deadlock/model/text/print.ts'
import { drawing, meaningOf } from './text-arbitraries.ts'

/** The canonical text on one line, or the problems with their places. */
function read(text: string): string {
  const { model, problems } = parseText(text)
  if (model !== undefined) return printText(model).trim().replace(/\n+/g, ' | ')
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join(' / ')
}

test('the parsers in the repository are those that the grammars give', async () => {
  expect(grammars().length).toBeGreaterThan(0)
  for (const grammar of grammars()) expect(await generate(grammar)).toBe(readFileSync(parserOf(grammar), 'utf8'))
})

test.each([
  ['P1 -> R1', 'R1 has 1 | P1 wants R1'],
  ['R1 -> P2 x2', 'R1 has 1 | P2 holds R1 x2'],
  ['P1 -> R1 -> P2', 'R1 has 1 | P1 wants R1 | P2 holds R1'],
  ['P1→R1→P2 ×3', 'R1 has 1 | P1 wants R1 | P2 holds R1 x3'],
  ['R3 has 3', 'R3 has 3'],
  ['P4 holds R1, wants R2 R3', 'R1 has 1 | R2 has 1 | R3 has 1 | P4 holds R1, wants R2, R3'],
  ['P4 wants R2 x2 and R3 holds R1', 'R2 has 1 | R3 has 1 | R1 has 1 | P4 holds R1, wants R2 x2, R3'],
  ['P1 asks for R1, requests R2', 'R1 has 1 | R2 has 1 | P1 wants R1, R2'],
  ['process P5, P6\ntype R9', 'R9 has 1 | process P5 | process P6'],
  ['P1 -> R1 # asks\n\n# nothing else', 'R1 has 1 | P1 wants R1'],
  ['P1 -> R1\nP1 wants R1 x2', 'R1 has 1 | P1 wants R1 x3'],
  ['"CPU 1" has 2\n"a \\"b\\" \\\\" -> "CPU 1"', '"CPU 1" has 2 | "a \\"b\\" \\\\" wants "CPU 1"'],
  ['process "holds", "x2"', 'process "holds" | process "x2"'],
  ['P@a holds R\nP@b wants R', 'R has 1 | P@a holds R | P@b wants R'],
])('%s means %s', (text, meaning) => expect(read(text)).toBe(meaning))

test.each([
  ['a name in a declared place', 'reader holds disk', 'disk has 1 | reader holds disk'],
  [
    'a neighbour that is known',
    'disk has 1\nreader -> disk -> writer',
    'disk has 1 | reader wants disk | writer holds disk',
  ],
  ['a neighbour known only later', 'a -> b\nb -> c\nprocess c', 'b has 1 | a wants b | c holds b'],
  ['the first letter at last', 'Philosopher -> fork', 'fork has 1 | Philosopher wants fork'],
  ['what is said against the letter', 'process R1\nR1 -> P1', 'P1 has 1 | R1 wants P1'],
])('kinds are found by %s', (_, text, meaning) => {
  expect(read(text)).toBe(meaning)
})

test.each([
  ['P1 hold R1', '1:4 hold is not understood here.'],
  ['Process P1', '1:1 Process is not understood here.'],
  ['P1 ->', '1:4 The arrow leads nowhere.'],
  ['-> R1', '1:1 The arrow comes from nowhere.'],
  ['P1 => R1', '1:4 => means nothing here.'],
  ['P1 <- R1', '1:4 <- means nothing here.'],
  ['R1 has', '1:4 The number after has is missing.'],
  ['R1 has 0', '1:8 0 is not a number of instances.'],
  ['R1 has two', '1:8 two is not a number of instances.'],
  ['P1 -> R1 x0', '1:10 x0 is not a count.'],
  ['P1 x2 -> R1', '1:4 The count x2 stands at the beginning of an arrow or of a statement.'],
  ['P1 -> x2', '1:7 x2 is a count, and nothing stands before it that could be counted.'],
  ['P1', '1:1 P1 stands alone.'],
  ['"ab', '1:1 The quotation mark is not closed.'],
  ['process ""', '1:9 This name is empty.'],
  ['process "a\tb"', '1:9 This name has a control character, such as a tab, in it.'],
  [`process ${'n'.repeat(201)}`, '1:9 This name has 201 characters.'],
  ['holds -> R1', '1:1 holds is a word of this language and cannot stand here.'],
  ['P1 holds', '1:4 Nothing is named after holds.'],
  ['process', '1:1 Nothing is named after process.'],
  ['P1 asks R1', '1:9 asks stands without for.'],
  ['@a', '1:1 Nothing stands before the @.'],
  ['P1 -> P2', '1:1 P1 and P2 both look like processes.'],
  ['P1 -> P1', '1:1 This arrow leads from P1 to itself.'],
  ['process P1, P2\nP1 -> P2', '2:1 P1 and P2 are both processes.'],
  ['Disk has 1\n\nDisk has 2', '3:1 How many instances Disk has is said in line 1 already.'],
  ['P1 holds R1\nprocess R1', '1:10 R1 is a process by line 2.'],
  [
    'x -> y',
    '1:1 Whether x is a process or a resource type cannot be told. / 1:6 Whether y is a process or a resource type cannot be told.',
  ],
  ['P1 -> R1 x1000000\nP1 -> R1', '2:7 The counts for P1 -> R1 add up to more than 1,000,000.'],
])('%s is a mistake: %s', (text, sentence) => expect(read(text)).toBe(sentence))

test('several mistakes are told at once, each with its place in the text and a remedy', () => {
  const text = 'P1 -> R1\nP1 hold R2\nR1 has no\n'
  const { problems } = parseText(text)
  expect(problems.map(({ from, to }) => text.slice(from, to))).toEqual(['hold', 'no'])
  expect(problems.map(({ line, column }) => [line, column])).toEqual([
    [2, 4],
    [3, 8],
  ])
  expect(problems[0]?.remedy).toBe('Did you mean holds?')
})

test('a name whose kind is open is told near ones', () => {
  expect(parseText('Disk has 1\nreader holds Disk\nDsik -> wirter').problems[0]?.remedy).toMatch(/^Did you mean Disk\?/)
})

test('no text makes the reader fail, and every place lies in the text', () => {
  const piece = fc.constantFrom(
    'P1',
    'R1',
    '->',
    ' ',
    'x2',
    'holds',
    'wants',
    ',',
    '"',
    '\\',
    '#',
    '\n',
    '@',
    'has',
    '3',
    'process',
    '%',
    '→',
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((list) => list.join('')),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, (value) => {
      const { model, problems } = parseText(value)
      expect(model === undefined).toBe(problems.length > 0)
      for (const { from, to, line, column } of problems) {
        expect(from >= 0 && to <= value.length + 1 && line >= 1 && column >= 1).toBe(true)
      }
      if (model === undefined) return
      expect(DeadlockModel.safeParse(model).success).toBe(true)
      expect(faults(model)).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test('a printed drawing reads back as the same drawing, and prints the same again', () => {
  fc.assert(
    fc.property(drawing, (model) => {
      const text = printText(model)
      const { model: again, problems } = parseText(text)
      expect(problems).toEqual([])
      if (again === undefined) return
      expect(meaningOf(again)).toEqual(meaningOf(model))
      expect(printText(again)).toBe(text)
    }),
    { numRuns: 2000 },
  )
})

test('the format reads a file with its comments and writes title and verdict as comments', () => {
  const text = '# mine\nP1 -> R1\n'
  expect(textFormat.read?.(`\ufeff${text.replaceAll('\n', '\r\n')}`).source).toBe(text)
  const { model, source } = textFormat.read?.('R1 has 1\n\nP1 wants R1\n') ?? {}
  expect(source).toBeUndefined()
  if (model === undefined) throw new Error('not read')
  const drawing = { model: model as DeadlockModel, layout: { positions: {} }, title: 'Two\nlines', verdict: 'Free.' }
  expect(textFormat.write?.(drawing)).toBe('# Two\n# lines\n# Free.\n\nR1 has 1\n\nP1 wants R1\n')
})

test('a file with mistakes is refused with the place of the first one and how many more there are', () => {
  const attempt = (): unknown => textFormat.read?.('P1 -> R1\nP1 hold R2\nR1 has no')
  expect(attempt).toThrow(InterlockError)
  expect(attempt).toThrow('Line 2, column 4: hold is not understood here. Did you mean holds? And 1 more problem.')
})

test.each([
  ['P1 -> R1\n# x\n', 'a.txt', true],
  ['P1 holds R1', 'a', true],
  ['anything', 'a.rag', true],
  ['digraph { a -> b }', 'a.txt', false],
  ['digraph {\n a -> b;\n}', 'a.txt', false],
  ['P,R1,R2\nP1,1,0', 'a.csv', false],
  ['{"nodes": []}', 'a.json', false],
  ['', 'a.txt', false],
])('%j as %s looks like this format: %s', (text, name, yes) => expect(textFormat.recognises(text, name)).toBe(yes))
