// English texts of the editor: commands, entries of history, announcements, canvas and list view.

const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1)
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const editor = {
  onlyEdges: 'Only connections are recorded. Select one to take it away.',
  commands: {
    flag: (set: string, clear: string) => `${set} / ${lower(clear)}`,
    shape: (label: string) => `Keep the drawing in shape: ${lower(label)}`,
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    duplicate: 'Duplicate',
    remove: 'Delete',
    selectAll: 'Select all',
    cancel: 'Leave the tool or the selection',
    rename: 'Rename',
    connect: 'Connect to another node',
    create: (kind: string) => `New ${lower(kind)}`,
    nextNode: 'Select the next node',
    previousNode: 'Select the previous node',
    move: { left: 'Move left', right: 'Move right', up: 'Move up', down: 'Move down' },
    moveFar: {
      left: 'Move far to the left',
      right: 'Move far to the right',
      up: 'Move far up',
      down: 'Move far down',
    },
    more: 'Increase the number of the selection',
    less: 'Decrease the number of the selection',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomReset: 'Zoom to 100 %',
    fit: 'Show the whole drawing',
    fitSelection: 'Show the selection',
    selectTool: 'Select tool',
    line: (kind: string) => `Draw lines as: ${kind}, or as usual`,
    kind: (kind: string) => `Change the selected line to: ${kind}`,
    panTool: 'Pan tool',
  },

  history: {
    create: (name: string) => `New ${name}`,
    template: (title: string) => `Put in: ${lower(title)}`,
    connect: (label: string) => `Connect ${label}`,
    rename: (name: string) => `Rename to ${name}`,
    set: (label: string, field: string) => `Change ${lower(field)} of ${label}`,
    kind: (label: string, kind: string) => `Change ${label} to ${lower(kind)}`,
    flag: (what: string, names: string) => `${what}: ${names}`,
    shape: (label: string) => `Shape: ${lower(label)}`,
    setMany: (count: number) => `Change ${count} numbers`,
    title: 'Change the title',
    note: 'Change the note',
    move: (what: string) => `Move ${what}`,
    remove: (what: string) => `Delete ${what}`,
    cut: (what: string) => `Cut ${what}`,
    paste: (what: string) => `Paste ${what}`,
    duplicate: (what: string) => `Duplicate ${what}`,
    replace: 'Replace the drawing',
  },

  /** What an entry or announcement calls several records: the name of a single one, else how many. */
  what: (labels: readonly string[]): string => (labels.length === 1 ? (labels[0] ?? '') : `${labels.length} things`),

  say: {
    travelled: (label: string | null) => (label === null ? 'Back at the beginning' : `Back at: ${label}`),
    created: (name: string, kind: string) => `${name}, ${lower(kind)}, added`,
    connected: (label: string, kind: string) => `${label}, ${lower(kind)} added`,
    merged: (label: string, kind: string, count: unknown) => `${label}, ${lower(kind)}, now ${String(count)}`,
    already: (label: string, kind: string) => `${label}, ${lower(kind)}, is there already`,
    released: 'The drawing is no longer kept in its shape.',
    refused: (reason: string) => `Not connected. ${reason}`,
    renamed: (from: string, to: string) => `${from} is now ${to}`,
    changed: (label: string, field: string, value: unknown) => `${label}, ${lower(field)} ${String(value)}`,
    removed: (what: string) => `${what} deleted`,
    copied: (what: string) => `${what} copied`,
    pasted: (what: string) => `${what} pasted`,
    notPasted: 'The clipboard holds nothing that fits into this drawing.',
    moved: (what: string) => `${what} moved`,
    putInto: (what: string, box: string) => `${what} put into ${box}`,
    takenOut: (what: string) => `${what} put beside everything`,
    undone: (label: string) => `Undone: ${label}`,
    redone: (label: string) => `Redone: ${label}`,
    selected: (name: string, kind: string, edges: number) =>
      `${name}, ${lower(kind)}, ${counted(edges, 'connection', 'connections')}`,
    connecting: (from: string, first: string | null) =>
      first === null
        ? `There is nothing that ${from} can be connected to.`
        : `Connect ${from} to ${first}: press Enter, or choose another node with the arrow keys. Escape leaves.`,
    target: (label: string, kind: string) => `${label}: ${lower(kind)}`,
    cancelled: 'Cancelled',
  },

  readOnly: 'This drawing is open to look only.',
  nothingThere: 'That node is no longer in the drawing.',

  canvas: {
    label: (title: string, nodes: number, edges: number) =>
      `Drawing ${title}: ${counted(nodes, 'node', 'nodes')}, ${counted(edges, 'edge', 'edges')}`,
    handle: (name: string) => `Connect ${name}`,
    name: 'Name',
    node: (name: string, kind: string, mark: string | null) =>
      mark === null ? `${name}, ${lower(kind)}` : `${name}, ${lower(kind)}, ${mark}`,
  },

  marks: {
    free: 'can finish',
    ring: 'on a ring',
    behind: 'blocked behind a ring',
    unsafe: 'not sure to finish',
    impossible: 'impossible',
  },

  list: {
    label: 'Nodes and edges',
    nodes: 'Nodes',
    edges: 'Edges',
    empty: 'Nothing is drawn yet.',
    hint: 'Arrow keys move, Space selects, F2 renames, + and − change the number, E connects, Delete deletes.',
    connect: (name: string) => `Connect ${name} to …`,
    connectTitle: (name: string) => `Connect ${name} to`,
    remove: (label: string) => `Delete ${label}`,
    rename: (label: string) => `Rename ${label}`,
    name: (label: string) => `Name of ${label}`,
    field: (field: string, label: string) => `${field} of ${label}`,
    cancel: 'Leave it',
    range: (min: number, max: number) => `Enter a whole number from ${min} to ${max}.`,
    noTarget: 'Nothing here can be connected.',
  },
}
