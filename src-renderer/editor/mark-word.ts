// What a mark means, in the words of the lab where it has some. Knows no lab by name.
import type { LabModel } from '@contract/lab.ts'
import type { Mark } from '@contract/verdict.ts'
import { editor as texts } from '../ui/texts/editor.ts'

export const markWord = (lab: LabModel, mark: Mark): string => lab.markWords?.[mark] ?? texts.marks[mark]
