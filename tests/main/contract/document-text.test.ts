// Reading and writing drawings: what is whole goes round unchanged, what is broken is refused with its place.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentEnvelope } from '../../../src-main/contract/document.ts'
import { parseDocument, serialiseDocument, utf8Length } from '../../../src-main/contract/document-text.ts'
import { InterlockError } from '../../../src-main/contract/errors.ts'
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_RECORDS } from '../../../src-main/contract/limits.ts'
import { labModels } from '../../../src-main/host/lab-models.ts'

const ring = (): DocumentEnvelope => ({
  format: 'interlock',
  version: 1,
  lab: 'deadlock',
  title: 'Ring',
  model: {
    nodes: [
      { id: 'P1', kind: 'process', name: 'P₁' },
      { id: 'P2', kind: 'process', name: 'P₂' },
      { id: 'R1', kind: 'resource', name: 'Drucker 😀', instances: 2 },
    ],
    edges: [
      { id: 'e1', kind: 'request', from: 'P1', to: 'R1', count: 1 },
      { id: 'e2', kind: 'assignment', from: 'R1', to: 'P2', count: 2 },
    ],
  },
  layout: { positions: { P1: { x: 0, y: 0 }, P2: { x: 10.5, y: -3 } } },
  notes: [{ id: 'about', text: 'Look here.' }],
})

const read = (text: string): ReturnType<typeof parseDocument> => parseDocument(text, labModels)

function refusal(text: string): InterlockError {
  try {
    read(text)
  } catch (error) {
    if (error instanceof InterlockError) return error
    throw error
  }
  throw new Error('it was accepted')
}

/** The ring with something done to it. */
function changed(
  change: (document: Record<string, unknown> & { model: Record<string, Record<string, unknown>[]> }) => void,
): string {
  const copy = JSON.parse(JSON.stringify(ring())) as Parameters<typeof change>[0]
  change(copy)
  return JSON.stringify(copy)
}

describe('a whole drawing', () => {
  it('goes round unchanged, byte for byte', () => {
    const text = serialiseDocument(ring())
    const { document, readOnly, remarks } = read(text)
    expect(document).toEqual(ring())
    expect({ readOnly, remarks }).toEqual({ readOnly: null, remarks: [] })
    expect(serialiseDocument(document)).toBe(text)
    expect(text.endsWith('}\n')).toBe(true)
    expect(text).toContain('\n  "lab": "deadlock",\n')
  })

  it('gives equal bytes whatever the order of its records', () => {
    const one = ring()
    const two = ring()
    two.model['nodes'] = [...(two.model['nodes'] as unknown[])].reverse()
    two.model['edges'] = [...(two.model['edges'] as unknown[])].reverse()
    expect(serialiseDocument(two)).toBe(serialiseDocument(one))
  })

  it('keeps fields it does not know', () => {
    const text = changed((document) => {
      document['furtherField'] = { task: 'find the ring' }
    })
    expect(JSON.parse(serialiseDocument(read(text).document))).toMatchObject({
      furtherField: { task: 'find the ring' },
    })
  })

  it('may begin with a byte order mark', () => {
    expect(read(`\ufeff${serialiseDocument(ring())}`).document).toEqual(ring())
  })

  it('is not changed by being written', () => {
    const document = ring()
    const before = JSON.stringify(document)
    serialiseDocument(document)
    expect(JSON.stringify(document)).toBe(before)
  })
})

describe('a broken drawing is refused with its place', () => {
  it.each<[string, string, string, RegExp]>([
    ['an empty file', '', 'not-json', /empty/],
    ['spaces only', ' \n ', 'not-json', /empty/],
    [
      'a cut file',
      serialiseDocument(ring()).slice(0, 200),
      'not-json',
      /ends too early, at line \d+, column \d+.*cut off/,
    ],
    [
      'a missing comma',
      '{"format": "interlock"\n"version": 1}',
      'not-json',
      /line 2, column 1, "," or "}" was expected and ""?" was found/,
    ],
    ['another format', '{"format": "drawio"}', 'not-a-document', /"format" is "drawio"/],
    ['foreign JSON', '{"nodes": []}', 'not-a-document', /has no "format"/],
    ['a list', '[1, 2]', 'not-a-document', /a list of 2/],
    ['a number', '7', 'not-a-document', /it holds 7/],
    [
      'no version',
      '{"format": "interlock"}',
      'invalid-document',
      /version: expected a whole number of at least 1, found nothing/,
    ],
    ['version zero', '{"format": "interlock", "version": 0}', 'invalid-document', /at version: .*found 0/],
    [
      'deep nesting',
      `{"format": "interlock", "model": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      'not-json',
      /deeper than 32 levels/,
    ],
  ])('%s', (_name, text, code, message) => {
    const error = refusal(text)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })

  it.each<[string, string, string, RegExp]>([
    [
      'a wrong type',
      changed((d) => (d.model['nodes']![2]!['instances'] = 'three')),
      'model.nodes[2].instances',
      /expected a whole number|expected a number/,
    ],
    [
      'a fraction',
      changed((d) => (d.model['nodes']![2]!['instances'] = 1.5)),
      'model.nodes[2].instances',
      /whole number, found 1.5/,
    ],
    [
      'a negative count',
      changed((d) => (d.model['edges']![0]!['count'] = -1)),
      'model.edges[0].count',
      /at least 1, found -1/,
    ],
    [
      'too many instances',
      changed((d) => (d.model['nodes']![2]!['instances'] = 1e9)),
      'model.nodes[2].instances',
      /at most 1000000, found 1000000000/,
    ],
    [
      'an unknown kind',
      changed((d) => (d.model['nodes']![0]!['kind'] = 'thread')),
      'model.nodes[0].kind',
      /found "thread"/,
    ],
    [
      'a missing name',
      changed((d) => delete d.model['nodes']![0]!['name']),
      'model.nodes[0].name',
      /expected a text, found nothing/,
    ],
    [
      'a missing list',
      changed((d) => delete (d.model as Record<string, unknown>)['edges']),
      'model.edges',
      /expected a list, found nothing/,
    ],
    [
      'a wrong position',
      changed((d) => (d['layout'] = { positions: { P1: { x: 'left', y: 0 } } })),
      'layout.positions.P1.x',
      /expected a number, found "left"/,
    ],
    ['a title that is no text', changed((d) => (d['title'] = 4)), 'title', /expected a text, found 4/],
    [
      'an id that is a word of the language',
      changed((d) => (d.model['nodes']![0]!['id'] = 'constructor')),
      'model.nodes[0].id',
      /found "constructor"/,
    ],
    ['an edge to a missing node', changed((d) => (d.model['edges']![0]!['to'] = 'R9')), 'model.edges[0].to', /R9/],
  ])('%s', (_name, text, at, message) => {
    const error = refusal(text)
    expect(error.code).toBe('invalid-document')
    expect(error.details).toMatchObject({ at })
    expect(error.message).toContain(at)
    expect(error.message).toMatch(message)
  })

  it('refuses a note on the canvas with the id of a node, and lets a note about the whole drawing have it', () => {
    const place = { x: 0, y: 0, width: 100, height: 80 }
    const error = refusal(changed((d) => Object.assign(d, { notes: [{ id: 'P2', text: 'Hot.', place }] })))
    expect(error.message).toContain('"P2" twice: at model.nodes[1] and at notes[0]')
    const about = changed((d) => Object.assign(d, { notes: [{ id: 'P2', text: 'Hot.' }] }))
    expect(read(about).document.notes).toEqual([{ id: 'P2', text: 'Hot.' }])
  })

  it('names both places of a duplicate id, over nodes and edges together', () => {
    const error = refusal(changed((d) => (d.model['edges']![1]!['id'] = 'P2')))
    expect(error.code).toBe('invalid-document')
    expect(error.message).toContain('"P2" twice: at model.nodes[1] and at model.edges[1]')
  })

  it('refuses an unknown lab by its name', () => {
    const error = refusal(changed((d) => (d['lab'] = 'quantum')))
    expect(error.code).toBe('unknown-lab')
    expect(error.message).toContain('"quantum"')
  })

  it('never pollutes prototypes', () => {
    const text = changed(() => undefined).replace('"title"', '"__proto__": {"polluted": true}, "title"')
    expect(refusal(text).message).toContain('__proto__')
    expect(refusal('{"format": "interlock", "version": 1, "model": {"__proto__": {"polluted": 1}}}').code).toBe(
      'invalid-document',
    )
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('refuses every cut of a drawing with a sentence', () => {
    const text = serialiseDocument(ring())
    for (let length = 0; length < text.length - 2; length += 7) {
      const error = refusal(text.slice(0, length))
      expect(error.code).toBe('not-json')
      expect(error.message).toMatch(/empty|too early/)
    }
  })

  it('survives any JSON and any damage without another kind of error', () => {
    const text = serialiseDocument(ring())
    const damaged = fc
      .tuple(fc.nat(text.length), fc.nat(30), fc.string({ maxLength: 5 }))
      .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut))
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged, fc.string()), (candidate) => {
        try {
          read(candidate)
        } catch (error) {
          expect(error).toBeInstanceOf(InterlockError)
        }
      }),
      { numRuns: 1500 },
    )
  })
})

describe('limits', () => {
  it('refuses a text beyond the limit before it is parsed', () => {
    const begun = performance.now()
    expect(refusal(' '.repeat(MAX_DOCUMENT_BYTES + 1)).code).toBe('too-large')
    expect(refusal('ä'.repeat(MAX_DOCUMENT_BYTES / 2 + 1)).code).toBe('too-large')
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('counts bytes as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'))
      }),
    )
  })

  it('refuses too many records with both numbers', () => {
    const nodes = Array.from({ length: MAX_DOCUMENT_RECORDS + 1 }, (_, i) => ({
      id: `P${i}`,
      kind: 'process',
      name: 'P',
    }))
    const error = refusal(JSON.stringify({ ...ring(), model: { nodes, edges: [] } }))
    expect(error.code).toBe('too-large')
    expect(error.message).toContain(`${MAX_DOCUMENT_RECORDS + 1} nodes; at most ${MAX_DOCUMENT_RECORDS}`)
  })
})

describe('versions', () => {
  it('opens a newer version that still fits to look at only', () => {
    const { document, readOnly } = read(changed((d) => (d['version'] = 7)))
    expect(document.version).toBe(7)
    expect(readOnly).toMatch(/newer Interlock \(version 7 of the format; this one knows 1\)/)
  })

  it('refuses a newer version that does not fit, and says why', () => {
    const error = refusal(changed((d) => ((d['version'] = 2), (d.model['nodes']![0]!['kind'] = 'thread'))))
    expect(error.code).toBe('newer-version')
    expect(error.message).toMatch(/version 2.*model\.nodes\[0\]\.kind/)
  })

  it('migrates an older version step by step to the newest', () => {
    const chain = {
      version: 3,
      migrations: {
        1: (old: Record<string, unknown>) => ({ ...old, title: `${String(old['title'])} two` }),
        2: (old: Record<string, unknown>) => ({ ...old, title: `${String(old['title'])} three` }),
      },
    }
    const { document, readOnly, remarks } = parseDocument(serialiseDocument(ring()), labModels, chain)
    expect(document).toMatchObject({ version: 3, title: 'Ring two three' })
    expect(readOnly).toBeNull()
    expect(remarks).toEqual(['This drawing has version 1 of the format; saving writes version 3.'])
  })

  it('takes an older version from its own place in the chain', () => {
    const chain = { version: 3, migrations: { 2: (old: Record<string, unknown>) => ({ ...old, title: 'three' }) } }
    const text = changed((d) => (d['version'] = 2))
    expect(parseDocument(text, labModels, chain).document).toMatchObject({ version: 3, title: 'three' })
  })
})
