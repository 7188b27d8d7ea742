// English texts of importing and exporting: formats, choices, dialogs.

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const exchange = {
  commands: {
    export: 'Export …',
    import: 'Import from text …',
    importWords: 'paste DOT CSV Markdown JSON matrices tables Graphviz compose Kubernetes YAML',
  },

  export: {
    title: 'Export the drawing',
    formats: 'Format',
    pictures: 'Pictures',
    texts: 'Texts',
    picture: {
      svg: { label: 'SVG', about: 'stays sharp at any size' },
      png: { label: 'PNG', about: 'pixels, for wherever a photo fits' },
      pdf: { label: 'PDF', about: 'one page, for printing and for LaTeX' },
      tikz: { label: 'TikZ', about: 'LaTeX code, to be changed by hand' },
    },
    textAbout: (endings: string, read: boolean) => `${endings}${read ? '; can be opened again' : ''}`,
    choices: 'Choices',
    marks: 'Marks of the verdict',
    verdictBelow: 'Verdict below the picture',
    verdictComment: 'Verdict as a comment',
    heading: 'Title above the picture',
    outlines: 'Letters as shapes, for programs without the font',
    fragment: 'Picture alone, without a document around it',
    scale: 'Pixels for each unit',
    times: (factor: number) => `${factor}×`,
    background: 'Background',
    backgrounds: { white: 'White', transparent: 'Transparent' },
    preview: 'Preview',
    previewLarge: (nodes: number) => `A drawing of ${nodes} nodes is shown without a preview.`,
    cut: (lines: number) => `… and ${counted(lines, 'more line', 'more lines')}`,
    copy: 'Copy',
    download: 'Download',
    copied: (what: string) => `${what} is in the clipboard.`,
    notCopied: 'The browser did not let the page use the clipboard. Download the file instead.',
    working: 'Preparing …',
    drawnHere: (letters: string) => `The picture’s own font lacks ${letters}, so the browser drew it with its fonts.`,
  },

  import: {
    title: 'Import from text',
    sentence: 'Paste a drawing in any of these forms; which one it is shows below.',
    label: 'Text of the drawing',
    placeholder: 'Allocation, R1, R2\nP1, 1, 0\nP2, 0, 1\n\nRequest, R1, R2\nP1, 0, 1\nP2, 1, 0',
    reads: (labels: string) => `Reads ${labels}.`,
    count: (label: string, count: number) => `${label}: ${count}`,
    arrows: 'Arrows',
    own: 'Interlock drawing',
    go: 'Go to the place',
    reading: 'Reading …',
    create: 'Create the drawing',
  },
}
