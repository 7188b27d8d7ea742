// The operation `deadlock.rag`: a graph written as text in, every fact about it out. Knows no drawing.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import {
  MAX_CYCLE_WORK,
  MAX_LISTED_CYCLES,
  MAX_LISTED_CYCLE_NODES,
  MAX_LISTED_WAITS,
  MAX_LISTED_WORK,
} from '../../../contract/limits.ts'
import { wholeGraph } from '../engine/adjacency.ts'
import { BEHIND, RING, analyse } from '../engine/analysis.ts'
import { simpleCycles } from '../engine/cycles.ts'
import { workAfterEach } from '../engine/reduction.ts'
import { waitFor } from '../engine/wait-for.ts'
import { answer } from '../answer.ts'
import { texts } from '../model/texts.ts'
import type { Named } from '../naming.ts'
import { ragExample, ragHelp } from './rag-help.ts'
import { type RagInput, readRag } from './rag-input.ts'

export interface RagOutput {
  deadlock: boolean | null
  sentence: string
  withheld: string | null
  neverFinish: string[]
  finishOrder: string[]
  available: Record<string, number>
  work: number[][]
  cycleCount: number
  cycleCountComplete: boolean
  cycles: string[]
  waitFor: string[]
  onACycle: string[]
  blockedBehind: string[]
  impossibleRequest: string[]
  overAllocated: string[]
  remarks: string[]
}

/** @throws InterlockError `bad-input`, see `readRag` */
function run(input: RagInput): RagOutput {
  const { graph, processNames, resourceNames } = readRag(input)
  const named: Named = {
    graph,
    processName: (process) => processNames[process]!,
    resourceName: (resource) => resourceNames[resource]!,
  }
  const analysis = analyse(graph)
  const cycles = simpleCycles(wholeGraph(graph), {
    listed: MAX_LISTED_CYCLES,
    listedVertices: MAX_LISTED_CYCLE_NODES,
    found: Number.POSITIVE_INFINITY,
    work: MAX_CYCLE_WORK,
  })
  const waits = waitFor(graph, MAX_LISTED_WAITS)
  const { reduction, classes } = analysis
  const { operation } = texts
  const work = workAfterEach(graph, reduction.order, MAX_LISTED_WORK)
  const { sentence, withheld } = answer(named, analysis, cycles.found, cycles.complete)
  const processesWhere = (test: (process: number) => boolean): string[] =>
    processNames.filter((_, process) => test(process))
  const vertexName = (vertex: number): string =>
    vertex < graph.processes ? processNames[vertex]! : resourceNames[vertex - graph.processes]!

  return {
    deadlock: analysis.deadlock,
    sentence,
    withheld,
    neverFinish: processesWhere((process) => reduction.finishes[process] === 0),
    finishOrder: Array.from(reduction.order, (process) => processNames[process]!),
    // own properties whatever the names are, `__proto__` included
    available: Object.fromEntries(resourceNames.map((name, resource) => [name, graph.available[resource]!])),
    work,
    cycleCount: cycles.found,
    cycleCountComplete: cycles.complete,
    cycles: cycles.listed.map((cycle) => [...cycle, cycle[0]!].map(vertexName).join(' ')),
    waitFor: waits.from.map((process, index) => `${processNames[process]}>${processNames[waits.to[index]!]}`),
    onACycle: processesWhere((process) => classes[process] === RING),
    blockedBehind: processesWhere((process) => classes[process] === BEHIND),
    impossibleRequest: analysis.impossible.map(
      ({ process, resource, count }) =>
        `${processNames[process]}>${resourceNames[resource]} x${count} of ${graph.total[resource]}`,
    ),
    overAllocated: analysis.overAllocated.map(
      (resource) => `${resourceNames[resource]} ${graph.assigned[resource]} of ${graph.total[resource]}`,
    ),
    remarks: [
      ...(cycles.listed.length === cycles.found ? [] : [operation.cyclesCut(cycles.listed.length, cycles.found)]),
      ...(cycles.complete ? [] : [operation.searchStopped(cycles.found)]),
      ...(waits.complete ? [] : [operation.waitsCut(waits.from.length)]),
      ...(work.length > reduction.order.length ? [] : [operation.workCut(work.length, reduction.order.length + 1)]),
    ],
  }
}

/** Anything is let through to `run`, whose refusals name the place in the input and the remedy. */
const Input = z.custom<RagInput>(() => true)

export const rag: Operation<RagInput, RagOutput> = {
  summary: texts.operation.summary,
  input: Input,
  help: ragHelp,
  get example() {
    return { input: ragExample, output: run(ragExample) }
  },
  run,
}
