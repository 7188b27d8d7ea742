// Words of the views of a drawing: the bar that shows them, finding, the overview, the list of steps of history.

export const views = {
  label: 'Views of the drawing',
  drawing: 'Drawing',
  split: (view: string) => `Width of ${view}`,
  /** keys of the button at this place of the bar; there are digits for the first six */
  keys: (index: number): string[] => (index < 6 ? [`Alt+${index + 4}`] : []),
  tip: (view: string, on: boolean, only: boolean) =>
    only ? `${view} is the only view shown` : on ? `Hide ${view}` : `Show ${view}`,
  command: (view: string) => `Show or hide view: ${view}`,

  history: {
    command: 'Show the history of changes',
    label: 'What was done, oldest first',
    start: 'As it was opened',
    empty: 'What you change is listed here. A press on a line goes back to it.',
    undone: 'taken back',
    locked: 'While a run is open the drawing stays as it is. Close the run to go back and forth here.',
  },

  find: {
    command: 'Find in the drawing',
    label: 'Find by name',
    hint: 'Name, or two names of an edge',
    count: (at: number, all: number) => (all === 0 ? 'Nothing found' : `${at} of ${all}`),
    next: 'Next',
    previous: 'Previous',
    close: 'Close',
  },

  overview: {
    command: 'Show or hide the overview',
    label: 'Overview of the drawing: drag the frame to look elsewhere',
    unfold: 'Show the overview',
    fold: 'Fold the overview',
  },
}
