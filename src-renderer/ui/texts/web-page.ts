// Texts of a walkthrough as a web page of its own.

export const webPage = {
  play: 'Play',
  pause: 'Pause',
  again: 'Play again',
  previous: 'Previous step',
  next: 'Next step',
  position: 'Position',
  where: (at: string, length: string, step: number, steps: number) => `${at} of ${length}, step ${step} of ${steps}`,
  speed: 'Speed',
  speedOf: (factor: number) => `${factor}×`,
  chapters: 'Chapters',
  beginning: 'Beginning',
  captions: 'Captions',
  transcript: 'Transcript',
  question: 'What do you expect?',
  right: 'That is right.',
  wrong: 'Not that one.',
  goOn: 'Continue',
  controls: 'Controls',
  picture: (title: string, state: string) => `${title}. ${state}`,
  keys: 'Space plays and pauses, ← and → go from step to step, C shows captions, T the transcript.',
}
