// The style sheet of the graph view: the looks of nodes and labels in cytoscape's words; strokes of edges are in paint.ts.
// The four states are told apart by outline, stroke and badge; colour only repeats them. Measures agree with the export.
import type { StylesheetJson } from 'cytoscape'
import type { Mark } from '@contract/verdict.ts'
import { CORNER } from './faces.ts'
import type { CanvasTheme } from './view.ts'

/** Mixes two colours given as `rgb(r, g, b)` or `#rrggbb`; the first one when either is written otherwise. */
export function mix(colour: string, into: string, part: number): string {
  const [a, b] = [channels(colour), channels(into)]
  if (a === null || b === null) return colour
  return `rgb(${a.map((value, i) => Math.round(value * part + (b[i] ?? 0) * (1 - part))).join(', ')})`
}

function channels(colour: string): number[] | null {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (hex !== null) return hex.slice(1, 4).map((pair) => Number.parseInt(pair, 16))
  const rgb = /^rgba?\((\d+)[ ,]+(\d+)[ ,]+(\d+)/.exec(colour)
  return rgb === null ? null : rgb.slice(1, 4).map(Number)
}

export function styleSheet(theme: CanvasTheme): StylesheetJson {
  const s = theme.stroke
  const tint = theme.contrast ? theme.canvas : mix(theme.ring, theme.canvas, 0.12)
  const marks: Mark[] = ['free', 'ring', 'behind', 'impossible']

  return [
    {
      selector: 'node',
      style: {
        width: 'data(w)',
        height: 'data(h)',
        shape: 'ellipse',
        'background-color': theme.canvas,
        'border-width': 2 * s,
        'border-color': theme.text,
        label: 'data(label)',
        color: theme.text,
        'font-family': theme.font,
        'font-size': 'data(size)',
        'font-weight': 500,
        // Smaller text cannot be read, and drawing it is half the cost of a large drawing seen from afar.
        'min-zoomed-font-size': 5,
        'text-valign': 'center',
        'text-halign': 'center',
        'text-max-width': 'data(room)',
        'text-wrap': 'ellipsis',
        'z-index-compare': 'manual',
        'z-index': 1,
        events: 'no',
      },
    },
    { selector: 'node.box', style: { shape: 'round-rectangle', 'corner-radius': `${CORNER}px` } },
    {
      selector: 'node.above, node.below, node.right, node.left',
      style: {
        'text-outline-width': 2,
        'text-outline-color': theme.canvas,
        'text-outline-opacity': 1,
      },
    },
    { selector: 'node.above', style: { 'text-valign': 'top', 'text-margin-y': -5 } },
    { selector: 'node.below', style: { 'text-valign': 'bottom', 'text-margin-y': 6 } },
    { selector: 'node.right', style: { 'text-halign': 'right', 'text-margin-x': 8 } },
    { selector: 'node.left', style: { 'text-halign': 'left', 'text-margin-x': -8 } },
    {
      selector: 'node[?face]',
      style: {
        'background-image': 'data(face)',
        'background-width': 'data(fw)',
        'background-height': 'data(fh)',
        'background-clip': 'none',
        'background-image-containment': 'over',
        'background-image-smoothing': 'yes',
        'bounds-expansion': [14],
      },
    },
    { selector: 'node.free', style: { 'border-width': 1.5 * s, 'border-color': theme.free, color: theme.free } },
    {
      selector: 'node.ring',
      style: { 'border-width': 2.5 * s, 'border-color': theme.ring, 'background-color': tint },
    },
    {
      selector: 'node.behind',
      style: {
        'border-style': 'dashed',
        'border-dash-pattern': [6, 4],
        'border-color': theme.behind,
        color: theme.behind,
      },
    },
    { selector: 'node.impossible', style: { 'border-color': theme.impossible, color: theme.impossible } },
    {
      selector: 'node.sub',
      style: {
        'background-opacity': 0,
        'border-width': 0,
        color: theme.secondary,
        'font-weight': 400,
        'text-valign': 'bottom',
        'text-margin-y': 6,
      },
    },
    {
      selector: 'edge',
      style: {
        width: 2 * s,
        'curve-style': 'straight',
        label: 'data(label)',
        'font-family': theme.font,
        'font-size': 12,
        'font-weight': 500,
        'text-outline-width': 2.5,
        'text-outline-color': theme.canvas,
        'text-outline-opacity': 1,
        'z-index-compare': 'manual',
        'z-index': 2,
        events: 'no',
        color: theme.text,
      },
    },
    { selector: 'edge[?start]', style: { 'source-endpoint': 'data(start)' } },
    {
      selector: 'edge[?bow]',
      style: {
        'curve-style': 'unbundled-bezier',
        'control-point-distances': 'data(bow)',
        'control-point-weights': 'data(weight)',
        'edge-distances': 'node-position',
      },
    },
    ...marks.map((mark) => ({ selector: `edge.${mark}`, style: { color: theme[mark] } })),
    ...highlightStyles(theme),
  ] as StylesheetJson
}

function highlightStyles(theme: CanvasTheme): { selector: string; style: object }[] {
  const under = { 'underlay-color': theme.accent, 'underlay-opacity': 0.28, 'underlay-padding': 10 }
  return [
    { selector: 'node.lit', style: { ...under, 'underlay-shape': 'ellipse' } },
    { selector: 'node.box.lit', style: { 'underlay-shape': 'round-rectangle' } },
    {
      selector: 'node.selected',
      style: { 'outline-width': 2 * theme.stroke, 'outline-offset': 7, 'outline-color': theme.accent },
    },
    {
      selector: 'node.target',
      style: { 'outline-width': 2, 'outline-offset': 5, 'outline-style': 'dashed', 'outline-color': theme.accent },
    },
    {
      selector: 'node.over',
      style: { 'outline-width': 4, 'outline-offset': 5, 'outline-style': 'solid', 'outline-color': theme.accent },
    },
  ]
}
