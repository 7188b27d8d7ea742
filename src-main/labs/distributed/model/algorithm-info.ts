// What the page knows of an algorithm: what it is called and what it can be told. Shared by host and page; what an
// algorithm does is known to the host alone.

export type Family = 'election' | 'exclusion' | 'clocks' | 'time' | 'causality' | 'naming'

/** What the drawing must be for an algorithm. */
export type Needs = 'any' | 'ring' | 'grid' | 'links'

/** A number or a switch (0 to 1) that an algorithm can be told. */
export interface Setting {
  readonly key: string
  readonly label: string
  readonly min: number
  readonly max: number
  readonly usual: number
  /** said behind the field, such as "ms" */
  readonly unit?: string
  /** what it does, in a sentence */
  readonly hint: string
}

export interface AlgorithmInfo {
  id: string
  label: string
  family: Family
  needs: Needs
  source: string
  explanation: string
  settings: Setting[]
  /** it does something else than the others of its family, so that comparing costs says nothing */
  alone?: true
  /** a person says what nodes do: events and messages of the plan and of a hand are for it alone */
  byHand?: true
}
