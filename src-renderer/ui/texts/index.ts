// All texts of the frame in one typed catalogue. A lab's own words live in the lab.
import { editor } from './editor.ts'
import { frame } from './frame.ts'
import { panels } from './panels.ts'
import { player } from './player.ts'

export const texts = { frame, editor, player, panels }
export type Texts = typeof texts
