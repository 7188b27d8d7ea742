// Whether things snap while they are moved: one switch for the window, whichever drawing is open.

export const snapping = { on: true }
