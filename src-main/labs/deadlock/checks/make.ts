// The forms of this lab's questions: those of all labs, about the drawing that is given or one in their parameters.
import { z } from 'zod'
import { checkForms } from '../../../contract/check-forms.ts'
import type { Check } from '../../../contract/lab.ts'
import { MAX_NOTE_LENGTH } from '../../../contract/limits.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { textFormat } from '../model/text/format.ts'
import { texts } from './texts.ts'

export type DeadlockCheck = Check<DeadlockModel>

/** A question may be about a drawing that the task describes in words: it then stands here in the text form. */
export const About = z.strictObject({ about: z.string().max(MAX_NOTE_LENGTH).optional().describe(texts.params.about) })

/** @throws InterlockError `bad-input` with the place in the text */
export function readGraph(text: string): DeadlockModel {
  return textFormat.read!(text).model
}

/** The drawing a question is about: the one in its parameters, else the one given. */
function aboutOf(given: DeadlockModel, params: unknown): DeadlockModel {
  const about = About.loose().parse(params).about
  return about === undefined ? given : readGraph(about)
}

export const { check, choice, concept: conceptOf } = checkForms<DeadlockModel>(String, aboutOf)
