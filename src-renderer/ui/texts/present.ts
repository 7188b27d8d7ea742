// English texts of the presentation, of the page's zoom, and of what a small window folds.

export const present = {
  label: 'Presentation',
  start: 'Present this drawing',
  keywords: 'presentation projector full screen video beamer',
  hint: 'Esc leaves. Page Up and Page Down step or change drawings, B blanks the screen. 2 is a spotlight, 3 ink, 4 enlarges a part, 0 wipes and shows all.',
  tools: {
    spotlight: 'Spotlight: the wheel makes it larger or smaller. 2 or Esc ends it.',
    ink: 'Ink: draw on top of the drawing. 0 wipes it, 3 or Esc ends it.',
    region: 'Drag around the part that is to fill the screen. 0 shows all again.',
  },
  blank: 'The screen is blank. Press any key to go on.',
  captionsOn: 'Show pressed keys in presentations',
  captionsOff: 'Do not show pressed keys in presentations',
  step: (depth: number) => `Step ${depth}`,

  toggleSide: 'Show or hide the side panel',
  larger: 'Make the page larger',
  smaller: 'Make the page smaller',
  usual: 'Show the page at its usual size',
  zoomKeywords: 'zoom size scale magnify',
  zoomed: (zoom: number) => `The page is at ${Math.round(zoom * 100)} %.`,

  menu: 'Menu',
  openSide: (word: string) => `Open the side panel: ${word}`,
  closeSide: 'Close the side panel',
  noVerdict: 'Verdict',
}
