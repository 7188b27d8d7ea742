// English texts of the tour. What its steps say belongs to the lab.

export const tour = {
  start: 'One-minute tour',
  offer: 'New here?',
  decline: 'No tour now',
  label: 'Tour',
  place: (step: number, of: number) => `Step ${step} of ${of}`,
  next: 'Next',
  goOn: 'Next step of the tour',
  finish: 'Finish',
  leave: 'Leave the tour',
  done: 'Done',
  lost: 'This part of the window is closed just now. Choose Next to go on.',
  finished: 'That was the tour. Find it again in the help or with Ctrl+K.',
  left: 'The tour has ended. Start it again from the help whenever you like.',
}
