// Sizes of boxes in a nested drawing, in canvas units: shared by the picture and by what lays a drawing out.
import { STRIP_HEIGHT } from '../../../contract/scene.ts'

export const LEAF = { width: 136, height: 60 }
/** A box with nothing in it, large enough to drop something into. */
export const EMPTY = { width: 168, height: 64 }
export const PADDING = 14
/** Room above what lies in a box. */
export const HEAD = STRIP_HEIGHT + PADDING
export const GAP = 16
