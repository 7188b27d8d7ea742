// What the tour of the topology lab says: what is to be seen, and what to do with the mouse or by keyboard.
export const tourTexts = {
  verdict: {
    title: 'Read what the rules say',
    text: 'A server with a hypervisor, and three machines in it with their guests. What lies in a box runs on it. After each change Interlock asks its rules whether all of it can be so.',
  },
  evidence: {
    title: 'Look at the rules',
    text: 'Here stand the rules that were asked, with their weeks. Open the list and point at one, or go there with Tab. Nothing is forbidden: what is unusual can be drawn, and is explained.',
  },
  break: {
    title: 'Take something away',
    text: 'Click this guest and press Delete. Its machine has nothing to boot now, and a rule says so.',
  },
  mend: {
    title: 'Mend it',
    text: 'The finding names what is concerned and what to do. Press the button below it, drag an operating system from the palette into the empty machine, or take the step back with Ctrl+Z.',
  },
  step: {
    title: 'Run it',
    text: 'Below the verdict stands what can be run with this drawing. Press the first one, then take three steps with the button at the lower edge, or with the full stop on the keyboard.',
  },
  find: {
    title: 'Find everything else here',
    text: 'Ctrl+K finds every command, Alt+E all samples and exercises, F1 explains the topics. The view Compare sets techniques, containers and clusters side by side. Alt+X closes the run.',
  },
}
