// What other people write is read as they meant it: DOT of many makes, tables of many layouts.
import { describe, expect, it } from 'vitest'
import { deadlockModel } from '../../../../../src-main/labs/deadlock/model/index.ts'
import { meaning } from './meaning.ts'

function read(
  id: string,
  text: string,
): { lines: string[]; remarks: string[]; positions: Record<string, { x: number; y: number }> } {
  const drawing = deadlockModel.formats.find((format) => format.id === id)!.read!(text)
  const names = new Map(drawing.model.nodes.map(({ id: node, name }) => [node, name]))
  const positions = Object.fromEntries(
    Object.entries(drawing.layout?.positions ?? {}).map(([node, at]) => [names.get(node) ?? '', at]),
  )
  return { lines: meaning(drawing.model), remarks: drawing.remarks, positions }
}

const small = [
  '["assignment","R1","P1",2]',
  '["process","P1",0]',
  '["process","P2",0]',
  '["request","P2","R1",1]',
  '["resource","R1",3]',
]

describe('DOT', () => {
  it.each([
    [
      'shapes',
      'digraph { P1 [shape=circle]; P2 [shape=ellipse]; R1 [shape=box, label="R1 (3)"]; R1 -> P1 [label=2]; P2 -> R1 }',
    ],
    [
      'defaults',
      'digraph { node [shape=circle]; P1; P2; node [shape=square]; R1 [label="R1\\n3"]; R1 -> P1 [label="x2"]; P2 -> R1 }',
    ],
    [
      'subgraphs',
      'digraph { subgraph cluster_p { node [shape=circle]; P1 P2 } subgraph cluster_r { node [shape=rect]; R1 [instances=3] } R1 -> P1 [label="×2"] P2 -> R1 }',
    ],
    [
      'records',
      'digraph { r [shape=record, label="{R1|● ● ○}"]; R [shape=none]; p [label=P1]; q [label=P2]; r -> p [label="2 units"]; q -> r }'.replace(
        ' R [shape=none];',
        '',
      ),
    ],
    ['parallel arrows', 'digraph { P1 P2; R1 [shape=Mrecord label="R1|3"]; R1 -> P1; R1 -> P1; P2 -> R1 }'],
    ['chains and groups', 'strict digraph { R1 [shape=box, label="R1 x3"]; P2 -> R1; R1 -> { P1 } [label=2] }'],
    ['back arrows', 'digraph { R1 [shape=box label="R1: 3"]; P1 -> R1 [dir=back label=2]; P2 -> R1 // done\n }'],
    ['html labels', 'digraph { P1; P2; R1 [shape=box label=<<b>R1</b><br/>3>]; R1 -> P1 [label=2]; P2 -> R1 }'],
  ])('tells processes, types, instances and counts by %s', (_, text) => {
    expect(read('dot', text).lines).toEqual(small)
  })

  it('goes by the first letter where there is no shape, and says so', () => {
    const { lines, remarks } = read('dot', 'digraph { P1 -> R1 -> worker }')
    expect(lines).toEqual([
      '["assignment","R1","worker",1]',
      '["process","P1",0]',
      '["process","worker",0]',
      '["request","P1","R1",1]',
      '["resource","R1",1]',
    ])
    expect(remarks.join()).toMatch(/For P1 the first letter decided/)
  })

  it('gives a type as many instances as are assigned when it says none', () => {
    const { lines, remarks } = read('dot', 'digraph { node [shape=circle] P1 P2 R1 [shape=box]; R1 -> P1; R1 -> P2 }')
    expect(lines).toContain('["resource","R1",2]')
    expect(remarks.join()).toMatch(/does not give the instances of R1/)
  })

  it('keeps positions of points, inches and scaled ones', () => {
    const at = (pos: string, head = ''): unknown => read('dot', `digraph { ${head} P1 [pos="${pos}"] }`).positions['P1']
    expect(at('72,36')).toEqual({ x: 96, y: -48 })
    expect(at('1,0.5!')).toEqual({ x: 96, y: -48 })
    expect(at('72,36!', 'graph [inputscale=72]')).toEqual({ x: 96, y: -48 })
  })

  it('leaves out labels that are no numbers and says how many', () => {
    expect(read('dot', 'digraph { P1 -> R1 [label="waits"] }').remarks.join()).toMatch(
      /1 label on arrows say no number/,
    )
  })
})

describe('tables', () => {
  const blocks = 'Allocation\n,R1\nP1,2\nP2,0\n\nRequest\n,R1\nP1,0\nP2,1\n\nTotal\n,R1\n,3\n'
  it.each([
    ['one below the other', blocks],
    ['with the title in the corner', 'Allocation,R1\nP1,2\nP2,\nRequest,R1\nP1,\nP2,1\nTotal,3\n'],
    ['with semicolons', blocks.replace(/,/g, ';')],
    ['from a spreadsheet', blocks.replace(/,/g, '\t')],
    ['side by side', 'Process,Allocation,Request,Available\n,R1,R1,R1\nP1,2,0,1\nP2,0,1,\n'],
    ['with Available instead of Total', 'Allocation,R1\nP1,2\nP2,-\n\nRequest,R1\nP1,0\nP2,1\n\nAvailable,1\n'],
    ['without titles', ',R1\nP1,2\nP2,0\n\n,R1\nP1,0\nP2,1\n\nInstances,3\n'],
    ['set apart by blanks', 'Allocation\n   R1\nP1 2\nP2 0\n\nRequest\n   R1\nP1 0\nP2 1\n\nTotal 3\n'],
  ])('are read %s', (_, text) => {
    expect(read('csv', text).lines).toEqual(small)
  })

  it('of Markdown are read with their headings, prose and comments around them', () => {
    const text =
      '# Exercise\n\nSome prose.\n\n## Allocation\n\n| | R1 |\n|:--|--:|\n| P1 | 2 |\n| P2 | |\n\n<!-- a note -->\n**Request**\n\n| | R1 |\n|--|--|\n| P1 | |\n| P2 | 1 |\n\n### Total\n\n| R1 | 3 |\n|--|--|\n'
    const { lines } = read('markdown', text.replace('| R1 | 3 |\n|--|--|\n', '| | R1 |\n|--|--|\n| | 3 |\n'))
    expect(lines).toEqual(small)
  })

  it('say what was understood, and what was not', () => {
    const { remarks } = read('csv', 'Work,R1\nP1,5\n\nAllocation,R1\nP1,2\n\nTotal,3\n\nAvailable,9\n')
    expect(remarks[0]).toBe('Read Allocation, Total and Available of 1 process and 1 type.')
    expect(remarks.join(' ')).toMatch(/“Work” was left out/)
    expect(remarks.join(' ')).toMatch(/For R1 Total and Available do not agree; Total was taken/)
  })
})

it('reads a case of an edge list with its title, and refuses a list of several', () => {
  const json = deadlockModel.formats.find(({ id }) => id === 'json')!
  const input = { processes: ['P1'], resources: { R1: 2 }, assignment: ['R1>P1 x2'] }
  expect(json.read!(JSON.stringify({ id: 'one', title: 'One', input }))).toMatchObject({ title: 'One' })
  expect(json.read!(JSON.stringify({ cases: [{ id: 'one', input }] }))).toMatchObject({ title: 'one' })
  expect(() => json.read!(JSON.stringify({ cases: [{ input }, { input }] }))).toThrow(/holds 2 cases.*Keep one/)
})
