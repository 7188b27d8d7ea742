// English texts of the frame: tabs, files, dialogs, connection, status line, commands.

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const frame = {
  product: 'Interlock',
  untitled: 'Untitled drawing',
  close: 'Close',
  cancel: 'Cancel',

  labs: {
    label: 'Labs',
    palette: 'Palette',
    paletteHint: 'Drag into the drawing, or press the key.',
    lineHint: 'Lines that you draw from now on mean this.',
    weeks: (weeks: string) => `Weeks ${weeks}`,
    shortWeeks: (weeks: string) => `wk ${weeks}`,
  },
  tools: { select: 'Select', pan: 'Move the view' },
  tabs: {
    label: 'Open drawings',
    close: (title: string) => `Close ${title}`,
    unsaved: 'not saved',
  },
  side: {
    label: 'Side panel',
    task: 'Task',
    verdict: 'Verdict',
    inspector: 'Inspector',
    list: 'List',
    history: 'History',
  },
  split: { side: 'Width of the side panel', timeline: 'Height of the timeline' },

  commands: {
    new: 'New drawing',
    open: 'Open …',
    library: 'Samples and exercises …',
    openLook: 'Open to look only …',
    editCopy: 'Edit a copy of this drawing',
    save: 'Save',
    saveAs: 'Save as …',
    download: 'Download a copy',
    upload: 'Open from this computer …',
    closeTab: 'Close this drawing',
    nextTab: 'Next drawing',
    previousTab: 'Previous drawing',
    sample: (title: string) => `Sample: ${title}`,
    // its title says that it is practice
    practice: (title: string) => title,
    exportSvg: 'Export as SVG',
    exportPng: 'Export as PNG',
    exportPlainSvg: 'Export as SVG without the verdict’s marks',
    theme: (name: string) => `Theme: ${name}`,
    palette: 'Find a command',
    shortcuts: 'Keyboard shortcuts',
    help: 'Help',
    showVerdict: 'Show the verdict',
    showInspector: 'Show the inspector',
    showList: 'Show the list',
    toggleTimeline: 'Fold or unfold the timeline',
    focusCanvas: 'Go to the drawing',
    recover: 'Recover unsaved drawings',
  },
  themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast', projector: 'Projector' },
  menus: { open: 'Open', export: 'Export', theme: 'Theme', recent: 'Recent' },
  groups: { file: 'File', edit: 'Edit', draw: 'Draw', view: 'View', run: 'Run', help: 'Help', go: 'Go to' },

  find: {
    title: 'Find a command',
    hint: 'Type a part of its name',
    none: (query: string) => `No command is called “${query}”.`,
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    search: 'Find a shortcut by its name or its key',
    none: (query: string) => `Nothing with “${query}” has a shortcut. The command palette finds commands without one.`,
    list: 'Shortcuts',
  },
  library: {
    title: 'Samples and exercises',
    search: 'Find one by its title',
    none: (query: string) => `No sample or exercise is called “${query}”.`,
  },
  help: {
    title: 'Help',
    topics: 'Topics',
    week: (week: number | null) => (week === null ? 'Working with the lab' : `Week ${week}`),
    see: 'See it, or try it',
    exercise: (title: string) => `Exercise: ${title}`,
  },

  start: {
    title: 'Draw it, run it, break it, understand it',
    sentence: 'Interlock judges a drawing of coordination while you draw it, and says why.',
    recent: 'Recent drawings',
    samples: 'Samples',
    practice: 'Practice',
    noRecent: 'Drawings you open or save appear here.',
    newIn: (lab: string) => `New drawing: ${lab}`,
  },

  recovery: {
    title: 'Unsaved work was found',
    sentence: 'Interlock ended before these drawings were saved. Nothing was written into your files.',
    recover: 'Recover',
    discard: 'Discard',
    later: 'Decide later',
    from: (name: string) => `changes to ${name}`,
    never: 'never saved',
    saved: (when: string) => `kept ${when}`,
    discarded: (title: string) => `The unsaved work on “${title}” was discarded.`,
    recovered: (title: string) => `“${title}” is as it was. It is not saved yet.`,
  },

  files: {
    openTitle: 'Open a drawing',
    saveTitle: 'Save the drawing',
    open: 'Open',
    save: 'Save',
    name: 'File name',
    up: 'To the folder above',
    folder: 'New folder',
    folderName: 'Name of the new folder',
    make: 'Make it',
    empty: 'No drawings here.',
    list: 'Files',
    overwriteTitle: 'Replace the file?',
    overwrite: (name: string) => `“${name}” exists already. Replacing it cannot be undone.`,
    replace: 'Replace it',
    bytes: (size: number) =>
      size < 1024
        ? `${size} B`
        : size < 1024 * 1024
          ? `${Math.round(size / 1024)} KB`
          : `${(size / 1024 / 1024).toFixed(1)} MB`,
    look: 'Look only',
    lookHint: 'Nothing is written to the file or beside it, and it is not listed as recent',
    dropHere: 'Drop a drawing here to open it',
  },

  closing: {
    title: 'Save before closing?',
    sentence: (title: string) => `“${title}” has changes that are not saved.`,
    save: 'Save',
    discard: 'Close without saving',
  },

  notices: {
    label: 'Messages',
    dismiss: 'Dismiss this message',
    saved: (name: string) => `Saved as ${name}.`,
    exported: (name: string) => `${name} is in your downloads.`,
    copied: 'This is a copy now. It is not saved yet.',
    saveCopy: 'Save a copy',
    overwrite: 'Overwrite',
    reload: 'Take the changed file',
    saveAnew: 'Save anew',
    reloaded: (name: string) => `This is ${name} as it is now. Undo brings back what you had.`,
    cannotReload: (title: string) =>
      `“${title}” cannot be opened again from here. Find it with Open; what you have here stays as it is.`,
    retry: 'Try again',
    unexpected: (what: string) => `Something went wrong in the page: ${what}. Your drawing is kept.`,
    tooLarge: (name: string, mib: number) => `“${name}” is larger than ${mib} MB, which is more than a drawing may be.`,
    unknownLab: (lab: string) => `This drawing belongs to the lab “${lab}”, which this version does not have.`,
    notOpened: (name: string, why: string) => `“${name}” was not opened. ${why}`,
    noPicture: 'The picture could not be drawn at this size. Export it as SVG instead.',
  },

  banner: {
    lookOnly: 'Look only',
    saveCopy: 'Save a copy to change it',
    editCopy: 'Edit a copy',
    looking: (name: string) => `Nothing is written to “${name}” or beside it.`,
    keptHere: 'Your drawing is kept in this window.',
  },

  status: {
    connecting: 'Connecting …',
    connected: 'Connected',
    reconnecting: 'The connection broke. Your work is kept in this window; trying again …',
    notSaved: 'Not saved yet',
    changed: 'Not saved',
    kept: (time: string) => `Changes kept at ${time}, not saved`,
    rule: (name: string) => `Rule: ${name}`,
    savedIn: (place: string, name: string) => (place === '' ? name : `${place}/${name}`),
    nodes: (nodes: number, edges: number) => `${counted(nodes, 'node', 'nodes')}, ${counted(edges, 'edge', 'edges')}`,
    zoom: (zoom: number) => `${Math.round(zoom * 100)} %`,
    zoomLabel: 'Zoom to 100 %',
  },

  connection: {
    lostCall: 'The connection to Interlock broke. Your work is kept in this window; try again in a moment.',
    connecting: 'Connecting to Interlock …',
    refusedTitle: 'This page cannot go on',
    wrongToken: 'Interlock was started again since this page was opened, so its token is a new one.',
    refusedHelp: 'Open the address that Interlock printed when it was started last, or load this page again.',
    keptHere: 'Nothing is lost. These drawings have changes that are not saved:',
    download: (title: string) => `Download “${title}”`,
    reload: 'Load the page again',
    waiting: 'Interlock does not answer. If you closed it, start it again and open the address it prints.',
  },
}
