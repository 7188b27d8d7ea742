// The host as pages see it: hello, samples, verdicts, runs, pictures, events.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultExportOptions, defaultRunExportOptions } from '../../../src-main/contract/export.ts'
import { Verdict } from '../../../src-main/contract/verdict.ts'
import { hostApi, PROTOCOL_VERSION } from '../../../src-main/contract/api.ts'
import { MAX_RUNS } from '../../../src-main/contract/limits.ts'
import { labs } from '../../../src-main/labs/index.ts'
import { drawing, type Folders, makeFolders, refusal, type StandIn, startHost } from './stand-in.ts'

const selfWait = {
  nodes: [
    { id: 'P1', kind: 'process', name: 'P1' },
    { id: 'R1', kind: 'resource', name: 'R1', instances: 1 },
  ],
  edges: [
    { id: 'e1', kind: 'assignment', from: 'R1', to: 'P1', count: 1 },
    { id: 'e2', kind: 'request', from: 'P1', to: 'R1', count: 1 },
  ],
}

let folders: Folders
let standIn: StandIn

beforeEach(() => {
  folders = makeFolders()
  standIn = startHost(folders)
})
afterEach(async () => {
  await standIn.host.close()
  folders.remove()
})

describe('hello', () => {
  it('tells what the page needs and no absolute path', async () => {
    const page = standIn.stranger()
    const answer = await page.call('hello', { protocol: PROTOCOL_VERSION, build: 'test' })
    expect(answer).toMatchObject({ protocol: PROTOCOL_VERSION, build: 'test', shell: 'browser', nativeDialogs: false })
    expect(answer.workspace).toMatch(/Übungen ½$/)
    expect(answer.workspace.startsWith('/')).toBe(false)
  })

  it.each([
    ['another protocol', { protocol: PROTOCOL_VERSION + 1, build: 'test' }],
    ['another build', { protocol: PROTOCOL_VERSION, build: 'older' }],
  ])('refuses %s, and whatever the page says after that', async (_name, hello) => {
    const page = standIn.stranger()
    expect((await refusal(page.call('hello', hello))).code).toBe('protocol-mismatch')
    expect((await refusal(page.call('settings.get', {}))).code).toBe('protocol-mismatch')
  })

  it('has to come first', async () => {
    const error = await refusal(standIn.stranger().call('settings.get', {}))
    expect(error).toMatchObject({ code: 'bad-message', message: 'The first call has to be hello.' })
  })
})

describe('samples', () => {
  it('are listed with their titles and open as drawings that fit the contract', async () => {
    const page = await standIn.page()
    for (const lab of labs) {
      const list = await page.call('samples.list', { lab: lab.id })
      expect(list.map((sample) => sample.id)).toEqual([...lab.samples, ...(lab.exercises ?? []).map(({ id }) => id)])
      for (const { id, title } of list) {
        const opened = hostApi['samples.open'].output.parse(await page.call('samples.open', { lab: lab.id, id }))
        expect(opened).toMatchObject({ file: null, readOnly: null, remarks: [], document: { lab: lab.id, title } })
      }
    }
  })

  it.each(['../../../../package', 'constructor', ''])('answer the unknown name %j with the known ones', async (id) => {
    const error = await refusal((await standIn.page()).call('samples.open', { lab: 'deadlock', id }))
    expect(error.code).toBe('unknown-sample')
    expect(error.message).toContain(labs[0]?.samples[0])
  })

  it('of an unknown lab are refused', async () => {
    expect((await refusal((await standIn.page()).call('samples.list', { lab: 'quantum' }))).code).toBe('unknown-lab')
  })
})

describe('verdicts', () => {
  it('are those of the lab, in the shape of the contract', async () => {
    const page = await standIn.page()
    const verdict = Verdict.parse(await page.call('verdict.of', { lab: 'deadlock', key: 'k', model: selfWait }))
    expect(verdict).toMatchObject({ word: 'Deadlock', mark: 'ring' })
  })

  it('of a wrong model are refused with the place', async () => {
    const page = await standIn.page()
    const model = {
      nodes: [
        { id: 'P1', kind: 'process', name: 'P1' },
        { id: 'R1', kind: 'resource', name: 'R1' },
      ],
      edges: [],
    }
    const error = await refusal(page.call('verdict.of', { lab: 'deadlock', key: 'k', model }))
    expect(error.code).toBe('bad-input')
    expect(error.details).toMatchObject({ at: 'model.nodes[1].instances' })
  })

  it('of an unknown lab are refused', async () => {
    const page = await standIn.page()
    expect((await refusal(page.call('verdict.of', { lab: '__proto__', key: 'k', model: selfWait }))).code).toBe(
      'unknown-lab',
    )
  })
})

describe('operations', () => {
  const banker = { lab: 'deadlock', operation: 'banker', key: 'a' }

  it('answer the page as they answer the command line', async () => {
    const page = await standIn.page()
    const input = { available: [6], allocation: [[0], [2], [2]], max: [[7], [5], [3]] }
    expect(await page.call('operations.run', { ...banker, input })).toMatchObject({ safe: true, sequences: 4 })
  })

  it('tell the page that asked, and no other, how far a long one is', async () => {
    const [page, other] = [await standIn.page(), await standIn.page()]
    const rows = (units: number): number[][] => Array.from({ length: 400 }, () => Array<number>(50).fill(units))
    const input = { available: Array(50).fill(1), allocation: rows(1), max: rows(2) }
    expect(await page.call('operations.run', { ...banker, input })).toMatchObject({ safe: true })
    const told = page.events.filter(([name]) => name === 'progress').map(([, payload]) => payload)
    expect(told.length).toBeGreaterThan(0)
    for (const one of told) expect(one).toEqual({ key: 'a', done: expect.closeTo(0.5, 0) as number })
    expect(other.events).toEqual([])
  })

  it('that do not exist, and input that is none, are refused with the remedy', async () => {
    const page = await standIn.page()
    const unknown = await refusal(page.call('operations.run', { ...banker, operation: 'toString', input: {} }))
    expect(unknown.message).toContain('banker')
    const wrong = await refusal(page.call('operations.run', { ...banker, input: { available: [1], allocation: 'x' } }))
    expect(wrong).toMatchObject({ code: 'bad-input', details: { at: 'allocation' } })
  })

  it('can be cancelled when they have ended or never begun, without harm', async () => {
    const page = await standIn.page()
    expect(await page.call('operations.cancel', { key: 'never' })).toEqual({})
    const input = { available: [1], allocation: [[0]], max: [[1]] }
    expect(await page.call('operations.run', { ...banker, input })).toMatchObject({ safe: true })
    expect(await page.call('operations.cancel', { key: 'a' })).toEqual({})
  })
})

describe('runs', () => {
  const open = { lab: 'deadlock', simulation: 'reduction', seed: 1, model: selfWait }
  const free = { ...open, model: { nodes: selfWait.nodes, edges: [] } }

  it('are stepped, read in pages and closed', async () => {
    const page = await standIn.page()
    const { run, state } = await page.call('runs.open', free)
    expect(state).toMatchObject({ step: 0 })
    expect(state.possible).toHaveLength(1)
    const played = await page.call('runs.apply', { run, at: 0, event: state.possible[0]?.event })
    expect(played).toMatchObject({ step: { step: 1, parent: 0 }, state: { step: 1 } })
    expect(await page.call('runs.steps', { run, from: 0, count: 1 })).toMatchObject({ steps: [{ step: 0 }], total: 2 })
    expect(await page.call('runs.state', { run, at: 0 })).toEqual(state)
    expect((await page.call('runs.continue', { run, at: 1, most: 10 })).steps).toEqual([])
    await page.call('runs.close', { run })
    expect((await refusal(page.call('runs.state', { run, at: 0 }))).code).toBe('unknown-run')
  })

  it('refuse a step that is not there and an event that is not possible', async () => {
    const page = await standIn.page()
    const { run } = await page.call('runs.open', open)
    expect((await refusal(page.call('runs.state', { run, at: 3 }))).code).toBe('bad-input')
    expect((await refusal(page.call('runs.apply', { run, at: 0, event: { process: 'P9' } }))).code).toBe('bad-event')
  })

  it('of an unknown simulation are refused with the known ones', async () => {
    const error = await refusal((await standIn.page()).call('runs.open', { ...open, simulation: 'toString' }))
    expect(error.code).toBe('unknown-operation')
    expect(error.message).toContain('reduction')
  })

  it('belong to their page: another one cannot touch them', async () => {
    const { run } = await (await standIn.page()).call('runs.open', open)
    expect((await refusal((await standIn.page()).call('runs.state', { run, at: 0 }))).code).toBe('unknown-run')
  })

  it('are limited in number, and closing one makes room', async () => {
    const page = await standIn.page()
    const runs = await Promise.all(Array.from({ length: MAX_RUNS }, () => page.call('runs.open', open)))
    const error = await refusal(page.call('runs.open', open))
    expect(error).toMatchObject({ code: 'too-large' })
    expect(error.message).toContain(String(MAX_RUNS))
    await page.call('runs.close', { run: runs[0]?.run ?? '' })
    await page.call('runs.open', open)
  })
})

describe('pictures', () => {
  it('carry the marks of the verdict when asked', async () => {
    const page = await standIn.page()
    const document = { ...drawing('Self-wait'), model: selfWait }
    const svg = async (marks: boolean): Promise<string> => {
      const options = { ...defaultExportOptions, marks }
      return (await page.call('export.drawing', { document, to: 'svg', options })).text ?? ''
    }
    const [marked, plain] = [await svg(true), await svg(false)]
    expect(marked).toContain('P1: on a ring')
    expect(plain).not.toContain('on a ring')
    expect(plain).toContain('>P1<')
  })
})

describe('traces', () => {
  it('are of the events that the page hands over, not of the script in the drawing', async () => {
    const page = await standIn.page()
    const nodes = [1, 2, 3].map((number) => ({ id: `n${number}`, kind: 'node', name: `P${number}` }))
    const model = { nodes, edges: [], algorithm: 'bully' }
    const script = { simulation: 'bully', seed: 1, events: [{ do: 'start', node: 'n2' }] }
    const document = { ...drawing('Asked'), lab: 'distributed', model, script: { ...script, events: [] } }
    const options = defaultRunExportOptions
    const { text, name } = await page.call('export.run', { document, script, to: 'shiviz', options })
    expect(text).toMatch(/\nP2 \{"P2":1\}\nP2 begins; sends ELECTION to P3\n$/)
    expect(name).toBe('Asked.shiviz.log')
    const gone = { ...script, simulation: 'gone' }
    await expect(page.call('export.run', { document, script: gone, to: 'shiviz', options })).rejects.toThrow(/"gone"/)
  })
})

describe('events', () => {
  it('of a file given before any page come to the first page', async () => {
    await standIn.host.openPath(`${folders.root}/gone.interlock`)
    const page = await standIn.page()
    await expect.poll(() => page.events.length).toBe(1)
    const [name, payload] = page.events[0] ?? []
    expect(name).toBe('open-file')
    const { id } = payload as { id: string }
    const error = await refusal(page.call('files.openRecent', { id }))
    expect(error.code).toBe('not-found')
    expect(error.message).toContain('gone.interlock')
  })

  it('of the menu come to every page', async () => {
    const pages = [await standIn.page(), await standIn.page()]
    standIn.host.runCommand('file.save')
    await expect.poll(() => pages.map((page) => page.events.length)).toEqual([1, 1])
    expect(pages[1]?.events).toEqual([['run-command', { command: 'file.save' }]])
  })
})

it('closing the host rejects what is unanswered and ends every session', async () => {
  const page = await standIn.page()
  const pending = refusal(page.call('verdict.of', { lab: 'deadlock', key: 'k', model: selfWait }))
  await standIn.host.close()
  expect((await pending).code).toBe('disconnected')
  await page.closed
})
