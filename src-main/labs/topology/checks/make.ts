// The forms of this lab's questions: numbers as its formulas show them.
import { checkForms } from '../../../contract/check-forms.ts'
import type { Check } from '../../../contract/lab.ts'
import { show } from '../figures.ts'
import type { TopologyModel } from '../model/schema.ts'

export type TopologyCheck = Check<TopologyModel>

export const { check, choice, numeric, concept: conceptOf } = checkForms<TopologyModel>(show)
