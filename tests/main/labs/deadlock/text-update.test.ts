// A text follows its drawing: the result means the drawing, and the writer finds the text as it was but for what changed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { parseText } from '../../../../src-main/labs/deadlock/model/text/parse.ts'
import { printText } from '../../../../src-main/labs/deadlock/model/text/print.ts'
import { means, updateText } from '../../../../src-main/labs/deadlock/model/text/update.ts'
import { drawing, edited, meaningOf, steps } from './text-arbitraries.ts'

type Edit = (model: DeadlockModel) => DeadlockModel

const without =
  (...ids: string[]): Edit =>
  ({ nodes, edges }) => ({
    nodes: nodes.filter(({ id }) => !ids.includes(id)),
    edges: edges.filter(({ from, to }) => !ids.includes(from) && !ids.includes(to)),
  })
const cut =
  (from: string, to: string): Edit =>
  ({ nodes, edges }) => ({ nodes, edges: edges.filter((edge) => edge.from !== from || edge.to !== to) })
const rename =
  (id: string, name: string): Edit =>
  ({ nodes, edges }) => ({ nodes: nodes.map((node) => (node.id === id ? { ...node, name } : node)), edges })
const counted =
  (from: string, to: string, count: number): Edit =>
  ({ nodes, edges }) => ({
    nodes,
    edges: edges.map((edge) => (edge.from === from && edge.to === to ? { ...edge, count } : edge)),
  })
const joined =
  (from: string, to: string, count = 1): Edit =>
  ({ nodes, edges }) => {
    const kind =
      nodes.find(({ id }) => id === from)?.kind === 'process' ? ('request' as const) : ('assignment' as const)
    return { nodes, edges: [...edges, { id: `${from}-${to}`, kind, from, to, count }] }
  }
const instances =
  (id: string, count: number): Edit =>
  ({ nodes, edges }) => ({
    nodes: nodes.map((node) => (node.id === id && node.kind === 'resource' ? { ...node, instances: count } : node)),
    edges,
  })
const process =
  (id: string): Edit =>
  ({ nodes, edges }) => ({ nodes: [...nodes, { id, kind: 'process', name: id }], edges })

function after(text: string, ...edits: Edit[]): string {
  const { model } = parseText(text)
  if (model === undefined) throw new Error('the text of the test has mistakes')
  return updateText(
    text,
    model,
    edits.reduce((now, edit) => edit(now), model),
  )
}

test.each<[string, string, Edit[], string]>([
  ['a count is changed in place', 'P1 -> R1  ×2 # c', [counted('P1', 'R1', 3)], 'P1 -> R1  ×3 # c'],
  ['a count is added', 'P1 wants R1, R2 # c', [counted('P1', 'R1', 2)], 'P1 wants R1 x2, R2 # c'],
  ['a count of one goes', 'P1 wants R1 x2, R2', [counted('P1', 'R1', 1)], 'P1 wants R1, R2'],
  ['arrows that add up lose the last one first', 'P1 -> R1\nP1 -> R1 # b', [counted('P1', 'R1', 1)], 'P1 -> R1\n# b'],
  ['the number of instances', 'R1 has  03 # three', [instances('R1', 4)], 'R1 has  4 # three'],
  ['a number of instances that was not said', 'P1 -> R1\n\n# end', [instances('R1', 4)], 'P1 -> R1\nR1 has 4\n\n# end'],
  [
    'a rename reaches every mention',
    'R1 has 2\nP1 -> R1 # R1\nP2 holds R1',
    [rename('R1', 'CPU 1')],
    '"CPU 1" has 2\nP1 -> "CPU 1" # R1\nP2 holds "CPU 1"',
  ],
  ['twins get their ids', 'P1 holds R1\nP2 wants R1', [rename('P2', 'P1')], 'P1@P1 holds R1\nP1@P2 wants R1'],
  [
    'an item goes with its comma',
    'P1 wants R1, R2, R3',
    [cut('P1', 'R1'), cut('P1', 'R2')],
    'P1 wants R3\nR1 has 1\nR2 has 1',
  ],
  ['the first verb goes', 'P1 holds R1, wants R2\nR1 has 1', [cut('R1', 'P1')], 'P1 wants R2\nR1 has 1'],
  ['the last verb goes', 'P1 holds R1, wants R2 # c\nR2 has 1', [cut('P1', 'R2')], 'P1 holds R1 # c\nR2 has 1'],
  [
    'a statement that is empty leaves its comment',
    'R1 has 1\n  P1 -> R1 # why\nprocess P1',
    [cut('P1', 'R1')],
    'R1 has 1\n  # why\nprocess P1',
  ],
  [
    'a statement that is empty goes with its line',
    'R1 has 1\nP1 -> R1\nprocess P1\n',
    [cut('P1', 'R1')],
    'R1 has 1\nprocess P1\n',
  ],
  ['a chain loses its end', 'P1 -> R1 -> P2\nprocess P2', [cut('R1', 'P2')], 'P1 -> R1\nprocess P2'],
  ['a chain is broken in two', 'P1 -> R1 -> P2 -> R2', [cut('R1', 'P2')], 'P1 -> R1\nP2 -> R2'],
  [
    'a node goes',
    '# all\nR1 has 2\nprocess P1, P2, P3\nP2 holds R1',
    [without('P2')],
    '# all\nR1 has 2\nprocess P1, P3',
  ],
  [
    'an edge joins the statement of its process',
    'P1 holds R1 R2 # c\nR3 has 1',
    [joined('R3', 'P1', 2)],
    'P1 holds R1 R2 R3 x2 # c\nR3 has 1',
  ],
  ['an edge brings its verb', 'P1 holds R1 # c\nR3 has 1', [joined('P1', 'R3')], 'P1 holds R1, wants R3 # c\nR3 has 1'],
  ['a request granted changes its verb', 'P1 wants R1\n', [cut('P1', 'R1'), joined('R1', 'P1')], 'P1 holds R1\n'],
  [
    'an edge among arrows is an arrow',
    'P1 -> R1\n\n# rest\nR2 has 1',
    [joined('P1', 'R2')],
    'P1 -> R1\n\n# rest\nR2 has 1\nP1 -> R2',
  ],
  [
    'a new process with an edge',
    'P1 holds R1\n\n# end',
    [process('P2'), joined('P2', 'R1')],
    'P1 holds R1\nP2 wants R1\n\n# end',
  ],
  ['a new process alone', 'P1 holds R1\n', [process('P2')], 'P1 holds R1\nprocess P2\n'],
  ['comments alone stay on top', '# mine\n', [process('P2')], '# mine\n\nprocess P2\n'],
  [
    'line ends of Windows stay',
    'P1 holds R1\r\nP2 wants R1\r\n',
    [process('P3')],
    'P1 holds R1\r\nP2 wants R1\r\nprocess P3\r\n',
  ],
])('%s', (_, text, edits, wanted) => expect(after(text, ...edits)).toBe(wanted))

test('lines with mistakes stay as they are', () => {
  const good = parseText('P1 -> R1\nP2 wants R1').model
  if (good === undefined) throw new Error('not read')
  const next = counted('P1', 'R1', 2)(good)
  expect(updateText('P1 -> R1\nP3 hold R1 # oh\nP2 wants R1', good, next)).toBe(
    'P1 -> R1 x2\nP3 hold R1 # oh\nP2 wants R1',
  )
})

/** A text as a person writes it: canonical lines in another order and style, with comments and blank lines between. */
const written = fc
  .record({ model: drawing, order: fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }) })
  .map(({ model, order }) => {
    const lines = printText(model)
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line, index) => {
        const roll = order[index % order.length] ?? 0
        const plain = line.replace(/ x(\d+)(?=,|$)/g, roll % 3 === 0 ? '  ×$1' : ' x$1')
        const body = roll % 5 === 0 ? `  ${plain}  # note ${index}` : plain
        return roll % 7 === 0 ? [`# before ${index}`, '', body] : [body]
      })
    return { model, text: `${lines.join('\n')}\n` }
  })

test('the result means the drawing, whatever was edited', () => {
  fc.assert(
    fc.property(written, steps, ({ model, text }, list) => {
      const target = edited(model, list)
      const result = updateText(text, model, target)
      const { model: read, problems } = parseText(result)
      expect(problems).toEqual([])
      if (read !== undefined) expect(meaningOf(read)).toEqual(meaningOf(target))
      expect(means(result, target)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('every comment survives, and nothing changes when nothing changed', () => {
  fc.assert(
    fc.property(written, steps, ({ model, text }, list) => {
      expect(updateText(text, model, structuredClone(model))).toBe(text)
      const comments = (of: string): string[] => of.match(/# (?:note|before) \d+/g) ?? []
      expect(comments(updateText(text, model, edited(model, list))).sort()).toEqual(comments(text).sort())
    }),
    { numRuns: 1000 },
  )
})

test('lines that speak of nothing that changed are byte-identical and in their order', () => {
  fc.assert(
    fc.property(written, fc.nat(20), ({ model, text }, at) => {
      const type = model.nodes.filter(({ kind }) => kind === 'resource')[at % 3]
      if (type === undefined || model.nodes.some((node) => node !== type && node.name === type.name)) return
      const target = instances(type.id, 999)(model)
      const result = updateText(text, model, target).split('\n')
      const others = text.split('\n').filter((line) => !/ has \d+/.test(line))
      expect(result.filter((line) => !/ has \d+/.test(line))).toEqual(others)
    }),
    { numRuns: 500 },
  )
})
