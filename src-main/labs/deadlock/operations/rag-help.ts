// What `interlock eval deadlock.rag --help` says.
import { MAX_CYCLE_WORK, MAX_INSTANCES, MAX_LISTED_CYCLES } from '../../../contract/limits.ts'
import { number } from '../model/words.ts'
import type { RagInput } from './rag-input.ts'

export const ragExample: RagInput = {
  processes: ['P1', 'P2', 'P3'],
  resources: { R1: 1, R2: 2 },
  assignment: ['R1>P1', 'R2>P2', 'R2>P3'],
  request: ['P2>R1', 'P3>R1', 'P1>R2'],
}

export const ragHelp: string[] = [
  'Input, a JSON object:',
  '  processes          names; their order is the order of the reduction',
  `  resources          instances by name of the resource type, each a whole number from 1 to ${number(MAX_INSTANCES)};`,
  '                     names that are whole numbers are read in ascending order, before all others',
  '  assignment         units held, as "R1>P2"; may be left out',
  '  request            units asked for, as "P1>R1"; may be left out',
  '  claim              declared maxima, as "P1~R1"; may be left out. They change nothing in this answer: see',
  '                     deadlock.banker for safe and unsafe',
  '                     a repeated entry is one more unit; "P1>R1 x3" are three',
  'Output, all fields always present:',
  '  deadlock           true or false; null while more units of a type are assigned than exist',
  '  sentence           why, with the names of the input',
  '  withheld           what is not answered and why, or null',
  '  neverFinish        processes left by the reduction, in input order',
  '  finishOrder        the others, the lowest-numbered one that fits first',
  '  available          units of each type that nobody holds; negative when too many are assigned',
  '  work               Work at the start and after each process of finishOrder, types in input order',
  '  cycleCount         simple cycles of the graph, repeated entries counted as one edge',
  `  cycleCountComplete false when the search stopped after ${number(MAX_CYCLE_WORK)} edges: at least cycleCount exist`,
  `  cycles             the first ${number(MAX_LISTED_CYCLES)}, each from its first node in the order processes, resources`,
  '  waitFor            "P1>P2": P1 asks for more of a type than is available, and P2 holds some of it',
  '  onACycle           deadlocked processes on a ring of the wait-for graph',
  '  blockedBehind      processes that never finish without being on a ring or asking for more than exists',
  '  impossibleRequest  requests for more than exists, as "P1>R1 x2 of 1"; such a request alone is no deadlock',
  '  overAllocated      types with more assigned than exist, as "R1 2 of 1"; finishOrder and neverFinish then only',
  '                     show what the reduction makes of the impossible numbers',
  '  remarks            what was cut from the lists, in sentences; empty when nothing was',
]
