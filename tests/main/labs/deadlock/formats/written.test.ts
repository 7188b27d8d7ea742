// What the formats write is accepted by the programs they are written for.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deadlockModel, type DeadlockModel } from '../../../../../src-main/labs/deadlock/model/index.ts'
import { missing, run } from '../../../services/export/programs.ts'
import { draw } from '../drawing.ts'
import { anyName, drawings } from './meaning.ts'

function write(id: string, model: DeadlockModel, verdict: string | null = null): string {
  const format = deadlockModel.formats.find((one) => one.id === id)
  return format?.write?.({ model, layout: { positions: { P1: { x: 96, y: 48 } } }, title: 'A "title"', verdict }) ?? ''
}

const ring = draw(['P1', 'P2'], { R1: 1, R2: 3 }, ['R1>P1', 'P1>R2', 'R2>P2 x2', 'P2>R1'])

it('writes DOT that Graphviz draws, whatever the names', () => {
  const why = missing('dot', 'Install graphviz.', ['-V'])
  if (why !== null) return void process.stdout.write(`skipped: DOT is drawn by Graphviz: ${why}\n`)
  fc.assert(
    fc.property(drawings(anyName), (model) => {
      const svg = run('dot', ['-Tsvg'], { input: write('dot', model, 'Deadlock.') })
      expect(svg.match(/class="node"/g)).toHaveLength(model.nodes.length)
      expect(svg.match(/class="edge"/g) ?? []).toHaveLength(model.edges.length)
    }),
    { numRuns: 15 },
  )
})

it('writes DOT with positions that Graphviz keeps', () => {
  if (spawnSync('neato', ['-V']).error)
    return void process.stdout.write('skipped: DOT keeps positions: neato is not here. Install graphviz.\n')
  // 96 units of the canvas are an inch, which is 72 points; upward is positive there.
  const model = draw(['P1'], {}, [])
  expect(run('neato', ['-n', '-Tplain'], { input: write('dot', model) })).toMatch(/^node P1 /m)
  expect(write('dot', model)).toContain('pos="72,-36!"')
})

it('writes LaTeX tables that compile, whatever the names', { timeout: 90_000 }, () => {
  const why = missing('pdflatex', 'Install texlive-pictures.')
  if (why !== null) return void process.stdout.write(`skipped: LaTeX tables compile: ${why}\n`)
  const folder = mkdtempSync(join(tmpdir(), 'interlock-latex-'))
  try {
    const models = fc.sample(drawings(anyName), { numRuns: 12, seed: 7 })
    const tables = [ring, ...models].map((model) => write('latex', model, 'It is 50 % done.'))
    const text = `\\documentclass{article}\\begin{document}\n${tables.join('\n\n')}\n\\end{document}\n`
    writeFileSync(join(folder, 'tables.tex'), text)
    run('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'tables.tex'], { cwd: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('writes Mermaid with counts, instances and neutralised names', () => {
  const model = draw(['P1'], { R1: 2 }, ['R1>P1 x2', 'P1>R1'])
  model.nodes[0]!.name = 'a"b]#;<i>`c`'
  expect(write('mermaid', model, 'Free. 100 %').split('\n')).toEqual([
    '---',
    'title: "A \\"title\\""',
    '---',
    'flowchart LR',
    '  %% Free. 100 %',
    '  p1(("a#34;b#93;#35;#59;#60;i#62;#96;c#96;"))',
    '  r1["R1 (2)"]',
    '  r1 -->|2| p1',
    '  p1 --> r1',
    '',
  ])
})

it('writes an edge list that the operation for scripts takes', () => {
  expect(JSON.parse(write('json', ring))).toEqual({
    processes: ['P1', 'P2'],
    resources: { R1: 1, R2: 3 },
    assignment: ['R1>P1', 'R2>P2 x2'],
    request: ['P1>R2', 'P2>R1'],
  })
  const twins = draw(['P1', 'P2'], {}, [])
  twins.nodes[1]!.name = 'P1'
  expect(() => write('json', twins)).toThrow(/Two nodes are called “P1”.*choose another format/)
})

it.each(['dot', 'mermaid', 'markdown', 'latex'])('carries the verdict as a comment of one line in %s', (id) => {
  const line = write(id, ring, 'Deadlock.\nP1 waits')
    .split('\n')
    .filter((text) => text.includes('P1 waits'))
  expect(line).toHaveLength(1)
  expect(line[0]).toContain('Deadlock. P1 waits')
})
