// What an engine worker serves: the calls of the page that compute, and the reading of large documents.
import { z } from 'zod'
import { hostApi } from '../../contract/api.ts'
import { DocumentEnvelope } from '../../contract/document.ts'

export const engineApi = {
  'verdict.of': hostApi['verdict.of'],
  'runs.open': hostApi['runs.open'],
  'runs.apply': hostApi['runs.apply'],
  'runs.continue': hostApi['runs.continue'],
  'runs.state': hostApi['runs.state'],
  'runs.steps': hostApi['runs.steps'],
  'runs.close': hostApi['runs.close'],
  'export.svg': hostApi['export.svg'],
  'document.parse': {
    input: z.object({ text: z.string() }),
    output: z.object({ document: DocumentEnvelope, readOnly: z.string().nullable(), remarks: z.array(z.string()) }),
  },
} as const

export type EngineApi = typeof engineApi

/** Fields of the worker's answers that the host passes on as text when they are large, the innermost first. */
export const bulkyAnswers = ['document', 'ok'] as const
