// English texts for arranging: align, distribute, tidy up, guides, and notes on the canvas.

const some = (count: number): string => (count === 1 ? 'one thing' : `${count} things`)
const CALLED = 24

export const arrange = {
  commands: {
    align: {
      left: 'Align left edges',
      centre: 'Align centres, one above the other',
      right: 'Align right edges',
      top: 'Align top edges',
      middle: 'Align centres, side by side',
      bottom: 'Align bottom edges',
    },
    spread: {
      across: 'Distribute horizontally, with equal gaps',
      down: 'Distribute vertically, with equal gaps',
    },
    tidy: {
      right: 'Tidy up, left to right',
      down: 'Tidy up, top down',
      rings: 'Tidy up, as rings',
    },
    snapOff: 'Stop snapping to the grid and to neighbours',
    snapOn: 'Snap to the grid and to neighbours',
    note: 'New note on the drawing',
    writeNote: 'Write in the note',
    wider: 'Make the note wider',
    narrower: 'Make the note narrower',
    taller: 'Make the note taller',
    shorter: 'Make the note shorter',
    keywords: 'arrange order layout align distribute tidy',
    snapKeywords: 'guides grid magnet',
    noteKeywords: 'comment text annotation label',
  },
  history: {
    align: (count: number) => `Align ${some(count)}`,
    spread: (count: number) => `Distribute ${some(count)}`,
    tidy: 'Tidy up',
    note: 'New note',
    write: 'Write a note',
    resize: 'Change the size of a note',
  },
  say: {
    aligned: {
      left: (count: number) => `${some(count)} aligned at their left edges`,
      centre: (count: number) => `${some(count)} aligned at their centres, one above the other`,
      right: (count: number) => `${some(count)} aligned at their right edges`,
      top: (count: number) => `${some(count)} aligned at their top edges`,
      middle: (count: number) => `${some(count)} aligned at their centres, side by side`,
      bottom: (count: number) => `${some(count)} aligned at their bottom edges`,
    },
    spread: {
      across: (count: number) => `${some(count)} distributed horizontally`,
      down: (count: number) => `${some(count)} distributed vertically`,
    },
    already: 'They already stand like that.',
    tidied: (count: number) => `${some(count)} tidied up`,
    tooManyForRings: (count: number, most: number) =>
      `${count} nodes are too many to be laid out as rings; at most ${most} are. “Tidy up, left to right” works for any number.`,
    snapOn: 'Things snap to the grid and to their neighbours. Hold Alt to place them freely.',
    snapOff: 'Things can be placed freely.',
    noteAdded: 'Note added. Write, then press Ctrl and Enter; Escape takes it back.',
    noteWritten: 'Note kept',
    noteSize: (width: number, height: number) => `Note is now ${width} wide and ${height} high`,
  },
  note: {
    label: 'Note',
    hint: 'Write here',
    field: 'Text of the note',
    fieldHint: 'Ctrl and Enter keeps the note, Escape leaves it as it was.',
    list: 'Notes',
    empty: 'Empty note',
    spoken: (text: string) => (text === '' ? 'Empty note' : `Note: ${text}`),
    remove: (called: string) => `Delete ${called}`,
    /** How a note is called in a sentence: its first words. */
    called: (text: string) => {
      const words = text.trim().replace(/\s+/g, ' ')
      if (words === '') return 'an empty note'
      return words.length <= CALLED ? `“${words}”` : `“${words.slice(0, CALLED).trimEnd()}…”`
    },
    howTo: 'Double-click to write in it. Drag its corners, or press Alt and an arrow key, to change its size.',
  },
}
