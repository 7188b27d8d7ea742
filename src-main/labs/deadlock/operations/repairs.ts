// The operation `deadlock.repairs`: a graph in, what would break its deadlock out.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { MAX_LISTED_REPAIRS, MAX_REPAIR_CHANGES, MAX_REPAIR_WORK } from '../../../contract/limits.ts'
import type { RecordEdit } from '../../../contract/verdict.ts'
import { repairTexts } from '../model/repair-texts.ts'
import { number } from '../model/words.ts'
import { repairs } from '../repairs/index.ts'
import { modelOf } from './play.ts'
import { ragExample } from './rag-help.ts'
import { type RagInput, readRag } from './rag-input.ts'

export interface RepairsOutput {
  repairs: {
    title: string
    sentence: string
    changes: { request?: string; assignment?: string; resource?: string; to: number }[]
  }[]
  remark: string | null
}

/** @throws InterlockError `bad-input` with the place in the input */
function run(input: RagInput): RepairsOutput {
  const named = readRag(input)
  const model = modelOf(named)
  const nameOf = new Map(model.nodes.map(({ id, name }) => [id, name]))
  const edges = new Map(model.edges.map((edge) => [edge.id, edge]))
  const changeOf = (edit: RecordEdit): RepairsOutput['repairs'][number]['changes'][number] => {
    if (edit.do === 'add') throw new Error('a repair of a deadlock adds nothing')
    const to = edit.do === 'set' ? Number(edit.value) : 0
    const edge = edges.get(edit.id)
    if (edge === undefined) return { resource: nameOf.get(edit.id)!, to }
    return { [edge.kind]: `${nameOf.get(edge.from)!}>${nameOf.get(edge.to)!}`, to }
  }
  const { repairs: found, remark } = repairs(model)
  return {
    repairs: found.map(({ title, sentence, edits }) => ({ title, sentence, changes: edits.map(changeOf) })),
    remark,
  }
}

export const repairsOperation: Operation<RagInput, RepairsOutput> = {
  summary: repairTexts.summary,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<RagInput>(() => true),
  help: [
    'Input, a JSON object:',
    '  processes, resources, assignment, request',
    '                     the graph, as for deadlock.rag',
    'Output, all fields always present:',
    `  repairs            single changes after which there is no deadlock, or, when none is enough, the smallest sets`,
    `                     of up to ${MAX_REPAIR_CHANGES} changes; at most ${MAX_LISTED_REPAIRS}; empty without a deadlock`,
    '                     order: fewer units first; an edge that keeps units before a whole edge; a request before',
    '                     an assignment; edges before a further instance',
    '    title            what is changed',
    '    sentence         who can finish then, in which order',
    '    changes          request "P1>R1", assignment "R1>P1" or resource "R1", and in `to` its units afterwards',
    `  remark             what was not looked for, or null; the search visits at most ${number(MAX_REPAIR_WORK)} edges`,
  ],
  get example() {
    const input: RagInput = { ...ragExample, resources: { R1: 1, R2: 1 }, assignment: ['R1>P1', 'R2>P2'] }
    return { input, output: run(input) }
  },
  run,
}
