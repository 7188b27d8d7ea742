// What a step of a tour is: where it points, what it asks for, and how it is known to be done. The workbench runs the
// steps; what they say is the lab's. Knows no lab.
import type { GraphModel } from '@contract/document.ts'

/** A part of the frame that steps can point at. */
export type TourPart = 'verdict' | 'evidence' | 'simulate' | 'nextStep' | 'find' | 'palette'

export type TourPlace = { part: TourPart } | { node: string }

/** What a step can see of the drawing and its run. */
export interface TourScene {
  model: GraphModel
  /** the number of the step an open run shows; null while none is open */
  depth: number | null
  /** how often the place itself was pointed at, or reached by keyboard, since the step began */
  visits: number
}

export interface TourStep {
  id: string
  title: string
  /** what to look at and what to do, with the mouse and by keyboard */
  text: string
  at: (now: TourScene) => TourPlace | null
  /** whether it is done, given how things were when the step began; left out: the person goes on with Next */
  done?: (now: TourScene, before: TourScene) => boolean
}
