// The input of `deadlock.rag` as a graph of numbers with its names.
import { type Rag, buildRag } from '../engine/graph.ts'
import { type Columns, type EdgeListInput, readEdgeList } from '../model/formats/edge-list.ts'

export type RagInput = EdgeListInput

export interface NamedRag {
  graph: Rag
  processNames: readonly string[]
  resourceNames: readonly string[]
  /** declared maxima; the graph is about requests alone */
  claims: Columns
}

/** @throws InterlockError `bad-input` with the place, what is wrong there and what to write instead */
export function readRag(input: unknown): NamedRag {
  const { processNames, resourceNames, total, request, assignment, claim } = readEdgeList(input)
  return {
    graph: buildRag(processNames.length, total, request, assignment),
    processNames,
    resourceNames,
    claims: claim,
  }
}
