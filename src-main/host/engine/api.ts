// What an engine worker serves: the calls of the page that compute, and the reading of large documents.
import { z } from 'zod'
import { hostApi } from '../../contract/api.ts'
import { DocumentEnvelope } from '../../contract/document.ts'
import { GradeReport } from '../../contract/exercise.ts'

export const engineApi = {
  'verdict.of': hostApi['verdict.of'],
  'repairs.of': hostApi['repairs.of'],
  'generators.list': hostApi['generators.list'],
  'generators.make': hostApi['generators.make'],
  'runs.open': hostApi['runs.open'],
  'runs.apply': hostApi['runs.apply'],
  'runs.continue': hostApi['runs.continue'],
  'runs.generate': hostApi['runs.generate'],
  'runs.play': hostApi['runs.play'],
  'runs.write': hostApi['runs.write'],
  'runs.read': hostApi['runs.read'],
  'runs.edited': hostApi['runs.edited'],
  'runs.state': hostApi['runs.state'],
  'runs.steps': hostApi['runs.steps'],
  'runs.close': hostApi['runs.close'],
  'operations.run': hostApi['operations.run'],
  'exercise.begin': hostApi['exercise.begin'],
  'exercise.forms': hostApi['exercise.forms'],
  'exercise.judge': hostApi['exercise.judge'],
  'exercise.key': hostApi['exercise.key'],
  'exercise.checks': hostApi['exercise.checks'],
  /** `pack` and `folder` are absolute; `shown` is how the report calls them */
  'grading.grade': {
    input: z.object({
      pack: z.string(),
      folder: z.string(),
      shown: z.object({ pack: z.string(), folder: z.string() }),
    }),
    output: GradeReport,
  },
  'export.drawing': hostApi['export.drawing'],
  'export.walkthrough': hostApi['export.walkthrough'],
  'export.run': hostApi['export.run'],
  'export.shot': hostApi['export.shot'],
  'document.parse': {
    /** without a name the text is Interlock's own document */
    input: z.object({ text: z.string(), name: z.string().optional() }),
    output: z.object({
      document: DocumentEnvelope,
      readOnly: z.string().nullable(),
      remarks: z.array(z.string()),
      imported: z.string().optional(),
    }),
  },
} as const

export type EngineApi = typeof engineApi

/** Fields of the worker's answers that the host passes on as text when they are large, the innermost first. */
export const bulkyAnswers = ['document', 'ok'] as const
