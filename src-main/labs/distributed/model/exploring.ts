// What trying every order answers, shared by host and page.

export interface ExploreOutput {
  states: number
  transitions: number
  depth: number
  ends: number
  /** whether every state that can be reached was looked at */
  complete: boolean
  rules: {
    id: string
    title: string
    holds: boolean
    sentence: string
    /** a shortest way to the state that breaks it, as events that the player plays */
    events: readonly unknown[]
  }[]
}
