// The operation `distributed.mutexMessages`: how many messages one entry takes, counted in runs of each algorithm.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { MAX_NETWORK_NODES } from '../../../contract/limits.ts'
import { readFields, readWhole } from '../../../contract/operation-input.ts'
import { central } from '../algorithms/exclusion/central.ts'
import { lamport } from '../algorithms/exclusion/lamport.ts'
import { maekawa } from '../algorithms/exclusion/maekawa.ts'
import { ricartAgrawala } from '../algorithms/exclusion/ricart-agrawala.ts'
import { suzukiKasami } from '../algorithms/exclusion/suzuki-kasami.ts'
import { tokenRing } from '../algorithms/exclusion/token-ring.ts'
import { exclusionTexts } from '../model/exclusion-texts.ts'
import type { Algorithm } from '../network/types.ts'
import { playRequests } from './exclusion-runs.ts'

export interface MutexMessagesOutput {
  centralised: number
  lamport: number
  ricartAgrawala: number
  suzukiKasamiBest: number
  suzukiKasamiWorst: number
  tokenRingBest: number
  tokenRingWorst: number
  maekawa: number
}

const DELAY = 10

/** The messages of the one entry of a process that asks alone at time 0; those of leaving count too. */
function messagesOf(algorithm: Algorithm, processes: number, process: number): number {
  let count = 0
  playRequests(algorithm, processes, [{ process, at: 0 }], { delay: DELAY, hold: 1 }, { sent: () => void (count += 1) })
  return count
}

/**
 * How often the token is passed from the request of process 0 to its entry. The token begins at process 0, which keeps
 * it for a moment and then passes it on.
 */
function passesUntilEntry(processes: number, at: 'there' | 'just passed'): number {
  const rest = 2
  const asks = at === 'there' ? 0 : rest + 1
  let count = 0
  let entered = false
  playRequests(
    tokenRing,
    processes,
    [{ process: 0, at: asks }],
    { delay: DELAY, hold: 1, settings: { rest, limit: 2 } },
    {
      sent: (_, now) => void (count += !entered && now >= asks ? 1 : 0),
      entered: () => void (entered = true),
    },
  )
  return count
}

function runMutexMessages(input: unknown): MutexMessagesOutput {
  const processes = readWhole(readFields(input)['processes'], 'processes', 1, MAX_NETWORK_NODES)
  const last = processes - 1
  return {
    centralised: messagesOf(central, processes, last),
    lamport: messagesOf(lamport, processes, last),
    ricartAgrawala: messagesOf(ricartAgrawala, processes, last),
    suzukiKasamiBest: messagesOf(suzukiKasami, processes, 0),
    suzukiKasamiWorst: messagesOf(suzukiKasami, processes, last),
    tokenRingBest: passesUntilEntry(processes, 'there'),
    tokenRingWorst: passesUntilEntry(processes, 'just passed'),
    maekawa: messagesOf(maekawa, processes, 0),
  }
}

const example = { processes: 5 }

export const mutexMessages: Operation<unknown, MutexMessagesOutput> = {
  summary: exclusionTexts.operations.mutexMessages,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<unknown>(() => true),
  help: [
    'Input:',
    '  processes            how many processes there are, 1 to 1000',
    'Output, messages for one entry while nobody else asks, each counted in a run:',
    '  centralised          of a process that is not the coordinator',
    '  lamport              REQUEST, REPLY and RELEASE',
    '  ricartAgrawala       REQUEST and OK',
    '  suzukiKasamiBest     of the process that has the token',
    '  suzukiKasamiWorst    of one that has not',
    '  tokenRingBest        passes of the token until entry when it is there',
    '  tokenRingWorst       the same when it has just been passed on',
    '  maekawa              of process 0, whose row and column in the grid are the longest',
  ],
  get example() {
    return { input: example, output: runMutexMessages(example) }
  },
  run: runMutexMessages,
}
