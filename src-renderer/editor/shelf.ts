// What was copied last in this window, for commands run from a menu or the palette, where the browser hands out no
// clipboard. The keys on the canvas use the system's clipboard through its own events and leave a copy here as well.

export const shelf = {
  text: '',
  put(text: string): void {
    if (text !== '') shelf.text = text
  },
}
