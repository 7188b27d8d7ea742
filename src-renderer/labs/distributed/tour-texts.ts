// What the tour of the distributed lab says: what is to be seen, and what to do with the mouse or by keyboard.
export const tourTexts = {
  verdict: {
    title: 'Read how it ends',
    text: 'Eight nodes on a ring; P8 led them and has crashed. Interlock runs the election above the drawing to its end after each change, and says who leads, and what it cost.',
  },
  evidence: {
    title: 'Ask for the reason',
    text: 'Below stand what must hold, the messages beside the textbook, and what happened. Point at a line, or go there with Tab; what it speaks of lights up.',
  },
  crash: {
    title: 'Crash a node',
    text: 'Click this node and press X. It is crashed from the beginning now, and another one is elected. The number in a name is the id.',
  },
  step: {
    title: 'Run it yourself',
    text: 'Press Run Ring election, then take three steps with the button at the lower edge, or with the full stop on the keyboard. Messages travel between the nodes.',
  },
  break: {
    title: 'Break it by hand',
    text: 'Click a message in the drawing and drop it, or right-click a node to crash it. The comma goes back; every choice stays as a branch. The view Space-time draws what happened.',
  },
  find: {
    title: 'Find everything else here',
    text: 'Ctrl+K finds every command by its name, Alt+E all samples and exercises, F1 explains the topics. Alt+X closes the run. Now draw a network of your own: Alt+N.',
  },
}
