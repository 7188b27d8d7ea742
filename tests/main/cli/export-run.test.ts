// `interlock export` of the trace of a run: formats, choices, refusals, and no file left beside the drawing.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHelp } from '../../../src-main/cli/help.ts'
import { runFormats } from '../../../src-main/contract/export.ts'
import { traceFromJson } from '../../../src-main/simulation/trace/json.ts'
import { type Ended, interlock, root } from './program.ts'

const sample = readFileSync(join(root, 'src-main/labs/distributed/samples/bully-crash.interlock'), 'utf8')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock run export-'))
  writeFileSync(join(folder, 'bully.interlock'), sample)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const exported = (...args: string[]): Promise<Ended> => interlock(['export', ...args], { cwd: folder })

describe('interlock export of a run', () => {
  it('names all its formats in its help', () => {
    const names = new Set(commandHelp.export.split(/\s+/))
    expect(runFormats.filter((to) => !names.has(to))).toEqual([])
  })

  it('writes texts to standard output, or to a file', async () => {
    const { code, out, err } = await exported('bully.interlock', '--to', 'trace-json')
    expect([code, err]).toEqual([0, ''])
    expect(traceFromJson(out).title).toBe('Bully: P5 has crashed, P1 notices')
    expect(
      (await exported('bully.interlock', '--to', 'space-time-svg', '--down', '--stamps', 'vector', '--out', 'd.svg'))
        .code,
    ).toBe(0)
    expect(readFileSync(join(folder, 'd.svg'), 'utf8')).toContain('>(1,0,0,0,0)<')
    expect(readdirSync(folder).sort()).toEqual(['bully.interlock', 'd.svg'])
  })

  it('plays at most so many events where that is asked for', async () => {
    const { code, out, err } = await exported('bully.interlock', '--to', 'trace-json', '--events', '3')
    expect(code).toBe(0)
    expect(traceFromJson(out).events).toHaveLength(4)
    expect(err).toBe('interlock: note: The run was cut after 3 events; it may go on.\n')
  })

  it.each<[string[], RegExp]>([
    [['--to', 'shivis'], /"shivis" is not a format\. Did you mean shiviz\?/],
    [['--to', 'svg', '--stamps', 'vector'], /--stamps is for the trace of a run, and svg is none/],
    [['--to', 'shiviz', '--verdict'], /--verdict is for a drawing, and shiviz is none/],
    [
      ['--to', 'space-time-svg', '--stamps', 'matrix'],
      /"matrix" cannot be given for --stamps\. Choose one of none, lamport/,
    ],
    [['--to', 'space-time-svg', '--axis', 'x'], /"x" cannot be given for --axis\. Choose one of order, time/],
    [['--to', 'shiviz', '--events', '0'], /"0" is not a number of events\. Give a whole number from 1 to 100000/],
    [['--to', 'shiviz', '--events', '100001'], /"100001" is not a number of events/],
  ])('refuses %j', async (args, sentence) => {
    expect(await exported('bully.interlock', ...args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(sentence),
    })
  })

  it('refuses a drawing whose runs send no messages', async () => {
    const ring = join(root, 'src-main/labs/deadlock/samples/chain.interlock')
    expect(await exported(ring, '--to', 'counters')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/so its runs have no trace\./),
    })
  })
})
