// All texts of the frame in one typed catalogue. A lab's own words live in the lab.
import { arrange } from './arrange.ts'
import { authoring } from './authoring.ts'
import { code } from './code.ts'
import { editor } from './editor.ts'
import { grading } from './grading.ts'
import { exercise } from './exercise.ts'
import { exchange } from './exchange.ts'
import { film } from './film.ts'
import { frame } from './frame.ts'
import { machine } from './machine.ts'
import { panels } from './panels.ts'
import { player } from './player.ts'
import { present } from './present.ts'
import { generate, repairs } from './repairs.ts'
import { terminal } from './terminal.ts'
import { tour } from './tour.ts'
import { walkthrough } from './walkthrough.ts'

export const texts = {
  authoring,
  exchange,
  exercise,
  grading,
  arrange,
  code,
  film,
  frame,
  editor,
  player,
  panels,
  machine,
  present,
  terminal,
  tour,
  walkthrough,
  repairs,
  generate,
}
export type Texts = typeof texts
