// Words of the deadlock lab that only the page says. What the engine says as well is in the lab's model.
export const texts = {
  title: 'Deadlock',
  legend: { request: 'P asks for R', claim: 'P may ask for R: a claim', assignment: 'a unit of R is held by P' },
  invitation: 'Drag a process here, or press P.',

  available: {
    title: 'Available',
    columns: { type: 'Type', total: 'Total', assigned: 'Assigned', available: 'Available' },
    empty: 'A resource type appears here with its units. Add one with R.',
    derived: 'Worked out from the drawing: total minus assigned.',
    tooMany: (type: string, over: number) =>
      `${type}: ${over} ${over === 1 ? 'unit is' : 'units are'} assigned that ${over === 1 ? 'does' : 'do'} not exist`,
    shown: (shown: number, total: number) => `The first ${shown} of ${total} types are listed.`,
  },
}

/** What the tour says: what is to be seen, and what to do with the mouse or by keyboard. */
export const tourTexts = {
  verdict: {
    title: 'Read the verdict',
    text: 'Five philosophers each hold one fork and wait for the next. Interlock judges the drawing while it changes: one word, and a sentence that says why.',
  },
  evidence: {
    title: 'Ask for the reason',
    text: 'Move the pointer over a line of the evidence, or go there with Tab. What it speaks of lights up in the drawing.',
  },
  unit: {
    title: 'Add a unit',
    text: 'Click this fork and press +. It now has two units, and the verdict changes: the same ring does no harm.',
  },
  draw: {
    title: 'Draw a process',
    text: 'Drag Process from here into the drawing, or press P. It holds nothing and waits for nobody yet.',
  },
  connect: {
    title: 'Draw an arrow',
    text: 'Move over the new process, take its round handle and drag it to a fork: it asks for that fork. By keyboard: select it, press E, choose with the arrow keys, press Enter.',
  },
  step: {
    title: 'See how the answer was found',
    text: 'Press Step through the reduction, then take two steps with the button at the lower edge, or with the full stop on the keyboard. A comma goes back.',
  },
  find: {
    title: 'Find everything else here',
    text: 'Ctrl+K finds every command by its name and ? shows all shortcuts. Alt+X closes the run. Now draw something of your own: Alt+N.',
  },
}
