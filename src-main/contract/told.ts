// A walkthrough as it is told outside of the workbench: its pictures are drawn, its runs are played, and what is left is
// what to show, what to say and when. The web page of a walkthrough carries this as JSON. Types only, so that the page's
// script needs nothing else.

export interface ToldAnswer {
  text: string
  right: boolean
}

export interface ToldQuestion {
  text: string
  answers: ToldAnswer[]
  /** told after the right answer; empty for nothing */
  why: string
}

export interface ToldStep {
  /** when it begins and how long it is shown, in milliseconds */
  at: number
  ms: number
  /** title of the chapter that begins here; empty for none */
  chapter: string
  caption: string
  /** index of its picture */
  picture: number
  /** what the verdict or the run says of this picture, as one sentence; empty for nothing */
  state: string
  question: ToldQuestion | null
}

export interface ToldWindow {
  left: number
  top: number
  width: number
  height: number
}

/** What the script of a web page is given. */
export interface PlayerData {
  title: string
  /** in milliseconds */
  length: number
  /** the part of the canvas that all pictures share */
  window: ToldWindow
  /** pieces of SVG, each once however many pictures have it */
  pieces: string[]
  /** each picture: numbers of its pieces, in the order of painting */
  pictures: number[][]
  steps: ToldStep[]
}
