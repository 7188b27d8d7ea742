// Declared maxima in texts: tables as books print them, the inputs of operations, arrows, words.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import { deadlockModel } from '../../../../../src-main/labs/deadlock/model/index.ts'
import { matricesOf } from '../../../../../src-main/labs/deadlock/model/matrices.ts'
import type { DeadlockModel } from '../../../../../src-main/labs/deadlock/model/schema.ts'
import { verdict } from '../../../../../src-main/labs/deadlock/verdict.ts'
import { draw } from '../drawing.ts'
import { meaning } from './meaning.ts'

const format = (id: string) => deadlockModel.formats.find((one) => one.id === id)!
const read = (id: string, text: string) => format(id).read!(text)
const write = (id: string, model: DeadlockModel): string =>
  format(id).write!({ model, layout: { positions: {} }, title: '', verdict: null })

const rowsOf = (model: DeadlockModel, matrix: 'allocation' | 'request' | 'max'): number[][] => {
  const { processes, types, cell } = matricesOf(model)
  return processes.map((p) => types.map((t) => cell(matrix, p.id, t.id)?.count ?? 0))
}

// 3 processes, 2 types
const state = draw(['P0', 'P1', 'P2'], { A: 7, B: 5 }, [
  'A>P0',
  'B>P0 x2',
  'A>P1 x3',
  'B>P2',
  'P0~A x4',
  'P0~B x2',
  'P1~A x5',
  'P1~B x3',
  'P2~A',
  'P2~B x4',
])

describe('a table of the Banker', () => {
  const grouped = [
    'Process,Allocation,,Max,,Available,',
    ',A,B,A,B,A,B',
    'P0,1,2,4,2,3,2',
    'P1,3,0,5,3,,',
    'P2,0,1,1,4,,',
  ].join('\n')
  const onePerTable = [
    'Allocation',
    ',A,B',
    'P0,1,2',
    'P1,3,0',
    'P2,0,1',
    '',
    'Max',
    ',A,B',
    'P0,4,2',
    'P1,5,3',
    'P2,1,4',
    '',
    'Available',
    ',A,B',
    ',3,2',
  ].join('\n')
  it.each([
    ['with columns in groups', 'csv', grouped],
    ['one for each matrix', 'csv', onePerTable],
    ['from a spreadsheet', 'csv', grouped.replaceAll(',', '\t')],
    [
      'with Need in a group of its own',
      'csv',
      'Process,Allocation,,Need,,Available,\n,A,B,A,B,A,B\nP0,1,2,3,0,3,2\nP1,3,0,2,3,,\nP2,0,1,1,3,,',
    ],
    [
      'in Markdown',
      'markdown',
      '| | Allocation | | Maximum | | Available | |\n|--|--|--|--|--|--|--|\n| | A | B | A | B | A | B |\n' +
        '| P0 | 1 | 2 | 4 | 2 | 3 | 2 |\n| P1 | 3 | 0 | 5 | 3 | | |\n| P2 | 0 | 1 | 1 | 4 | | |\n',
    ],
  ])('is read %s', (_, id, text) => {
    expect(meaning(read(id, text).model)).toEqual(meaning(state))
  })

  it('lands by name where another table has another order', () => {
    const turned = onePerTable.replace(',A,B\nP0,4,2\nP1,5,3\nP2,1,4', ',B,A\nP2,4,1\nP0,2,4\nP1,3,5')
    expect(turned).not.toBe(onePerTable)
    expect(meaning(read('csv', turned).model)).toEqual(meaning(state))
  })

  it('with a Need that does not fit is read by its Max, and the process is named', () => {
    const { model, remarks } = read('csv', 'Process,Allocation,Max,Need,Available\n,A,A,A,A\nP0,1,4,3,2\nP1,1,3,1,')
    expect(remarks.join(' ')).toMatch(/For P1 Need is not Max minus Allocation; Max was taken\./)
    expect(rowsOf(model, 'max')).toEqual([[4], [3]])
  })

  it('is written with Max and Need, and as before without claims', () => {
    const text = write('csv', state)
    expect(text).toContain(
      'Max\r\nProcess,A,B\r\nP0,4,2\r\nP1,5,3\r\nP2,1,4'.replaceAll('\r\n', text.includes('\r\n') ? '\r\n' : '\n'),
    )
    expect(text).toMatch(/Need\r?\nProcess,A,B\r?\nP0,3,0\r?\nP1,2,3\r?\nP2,1,3/)
    const plain = { ...state, edges: state.edges.filter(({ kind }) => kind !== 'claim') }
    expect(write('csv', plain)).not.toMatch(/Max|Need/)
    expect(write('latex', state)).toMatch(/Max[\s\S]*Need/)
  })
})

describe('arrows', () => {
  it('of DOT are dashed', () => {
    const model = draw(['P1'], { R1: 3 }, ['P1~R1 x2', 'R1>P1'])
    expect(write('dot', model)).toContain('[style=dashed, label="2"]')
    const text =
      'digraph { P1 [shape=circle]; R1 [shape=box label="R1 (3)"]; P1 -> R1 [style="bold,dashed" label=2]; R1 -> P1 }'
    expect(meaning(read('dot', text).model)).toEqual(meaning(model))
  })

  it('of Mermaid are dotted, and those of a picture dashed', () => {
    expect(write('mermaid', draw(['P1'], { R1: 3 }, ['P1~R1 x2']))).toContain('p1 -.->|2| r1')
  })

  it('of the text form have a sign and words of their own', () => {
    const lines = (text: string): string[] => meaning(read('text', text).model)
    expect(lines('R1 has 3\nP1 claims R1 x2')).toEqual(lines('R1 has 3\nP1 ~> R1 x2'))
    expect(lines('P1 holds R1, wants R2, claims R2 x2')).toContain('["claim","P1","R2",2]')
    expect(() => read('text', 'P1 claims R1\nP1 claims R1')).toThrow(/What P1 claims of R1 is said already/)
  })

  it('of an edge list have a tilde', () => {
    const model = draw(['P1'], { R1: 3 }, ['P1~R1 x2', 'P1>R1'])
    expect(JSON.parse(write('json', model))).toEqual({
      processes: ['P1'],
      resources: { R1: 3 },
      assignment: [],
      request: ['P1>R1'],
      claim: ['P1~R1 x2'],
    })
  })
})

describe('the input of an operation on matrices', () => {
  interface Case {
    id: string
    operation: string
    input: Record<string, unknown>
    expected: Record<string, unknown>
  }
  const file = new URL('../../../../labs/cases/deadlock.json', import.meta.url)
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }
  const of = (...names: string[]): [string, Case][] =>
    cases.filter(({ operation }) => names.includes(operation.replace('deadlock.', ''))).map((one) => [one.id, one])

  it.each(of('banker', 'detect', 'recover', 'request'))('becomes a drawing of the same numbers: %s', (_, one) => {
    const { model } = read('json', JSON.stringify(one))
    const { available, allocation, max, request, by, names } = one.input
    expect(rowsOf(model, 'allocation')).toEqual(allocation)
    expect(matricesOf(model).available).toEqual(available)
    if (max !== undefined) expect(rowsOf(model, 'max')).toEqual(max)
    if (by === undefined && request !== undefined) expect(rowsOf(model, 'request')).toEqual(request)
    if (by !== undefined) expect(rowsOf(model, 'request')[(names as string[]).indexOf(by as string)]).toEqual(request)
  })

  it('is recognised, alone and as a case', () => {
    for (const [, one] of of('banker', 'detect', 'recover', 'request', 'claim')) {
      for (const text of [JSON.stringify(one), JSON.stringify(one.input)]) {
        expect(deadlockModel.formats.find((other) => other.recognises(text, ''))?.id).toBe('json')
      }
    }
  })

  it.each(of('banker'))('is judged as the case says: %s', (_, { input, expected }) => {
    expect(verdict(read('json', JSON.stringify({ input })).model).word).toBe(
      expected['safe'] === true ? 'Safe' : 'Unsafe',
    )
  })

  it.each(of('request'))('has its request answered as the case says: %s', (_, { input, expected }) => {
    const { evidence } = verdict(read('json', JSON.stringify(input)).model)
    const answers = { grant: /can be granted/, wait: /has to wait/, 'refuse: unsafe': /would be unsafe/ }
    const answer = answers[expected['answer'] as keyof typeof answers]
    const said = evidence.find(({ id }) => id === 'requests')?.items.map(({ text }) => text) ?? []
    // More than declared is a fault of the drawing, since a drawing asks for what it asks.
    if (answer !== undefined) expect(said.join()).toMatch(answer)
  })

  it.each(of('claim'))('of claims becomes a drawing with its request: %s', (_, one) => {
    const { model } = read('json', JSON.stringify(one))
    const claims = model.edges.filter(({ kind }) => kind === 'claim')
    expect(claims).toHaveLength((one.input['claim'] as string[]).length)
    const [from, to] = (one.input['ask'] as string).split('>')
    expect(meaning(model)).toContain(JSON.stringify(['request', from, to, 1]))
  })

  it.each([
    ['{"available": [1], "allocation": [[0, 1]]}', /allocation\[0\]: 2 numbers are here, and Available has 1/],
    ['{"available": [1], "allocation": [[-1]]}', /allocation\[0\]\[0\]: expected a whole number/],
    ['{"available": [1], "allocation": [[0]], "max": []}', /max: 0 rows are here, and Allocation has 1/],
    ['{"available": [0], "allocation": [[0]]}', /the type “R1” would have no instance/],
    ['{"available": [1], "allocation": [[0]], "names": []}', /names: expected a list of 1 name/],
    ['{"available": [1], "allocation": [[0]], "by": "Q", "request": [1]}', /by: "Q" is the name of no process/],
    ['{"claim": ["P1>R1"]}', /claim\[0\]: expected an edge such as "P1~R1"/],
    ['{"assignment": ["R1>P1"], "ask": "R1>P1"}', /“R1” stands for a process and for a type/],
  ])('is refused with the place: %s', (text, message) => {
    try {
      read('json', text)
    } catch (error) {
      expect(error).toBeInstanceOf(InterlockError)
      expect((error as InterlockError).code).toBe('bad-input')
      expect((error as InterlockError).message).toMatch(message)
      return
    }
    expect.unreachable('accepted')
  })
})
