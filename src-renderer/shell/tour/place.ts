// Where a step points on the page, and where its card stands beside that. All numbers are the page's own pixels.
import { texts } from '../../ui/texts/index.ts'
import type { TourPart, TourPlace } from './tour-steps.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export type Side = 'right' | 'left' | 'below' | 'above'

/** How far the ring stands off what it is around, and the card off the ring. */
export const RING = 6
const GAP = 18
const EDGE = 8

const quoted = (text: string): string => text.replace(/["\\]/g, '\\$&')

const parts: Readonly<Record<TourPart, () => string>> = {
  verdict: () => '[data-testid="verdict"] .answer',
  evidence: () => '[data-testid="verdict"] .groups',
  simulate: () => '[data-testid="verdict"] .actions button',
  nextStep: () => `[data-testid="timeline"] [aria-label="${quoted(texts.player.commands.next)}"]`,
  find: () => '[data-tour="find"]',
  palette: () => `[role="toolbar"][aria-label="${quoted(texts.frame.labs.palette)}"]`,
}

export function elementAt(place: TourPlace): Element | null {
  const selector = 'part' in place ? parts[place.part]() : `[data-node-id="${quoted(place.node)}"]`
  return document.querySelector(selector)
}

/** Where a card of this size stands: at the first side that has room, else in the corner farthest from the target. */
export function cardPlace(
  target: Box | null,
  card: { width: number; height: number },
  page: { width: number; height: number },
): { x: number; y: number; side: Side | null } {
  const within = (value: number, size: number, room: number): number =>
    Math.max(EDGE, Math.min(value, room - size - EDGE))
  if (target === null) {
    return { x: within((page.width - card.width) / 2, card.width, page.width), y: page.height / 3, side: null }
  }
  const middle = { x: target.x + target.width / 2, y: target.y + target.height / 2 }
  const beside = within(middle.y - card.height / 2, card.height, page.height)
  const along = within(middle.x - card.width / 2, card.width, page.width)
  const right = target.x + target.width + RING + GAP
  const left = target.x - RING - GAP - card.width
  const below = target.y + target.height + RING + GAP
  const above = target.y - RING - GAP - card.height
  if (left >= EDGE) return { x: left, y: beside, side: 'left' }
  if (right + card.width + EDGE <= page.width) return { x: right, y: beside, side: 'right' }
  if (below + card.height + EDGE <= page.height) return { x: along, y: below, side: 'below' }
  if (above >= EDGE) return { x: along, y: above, side: 'above' }
  const x = middle.x < page.width / 2 ? page.width - card.width - EDGE : EDGE
  const y = middle.y < page.height / 2 ? page.height - card.height - EDGE : EDGE
  return { x: Math.max(EDGE, x), y: Math.max(EDGE, y), side: null }
}

/** From the edge of the card to the ring around the target, or null where the card stands apart. */
export function arrow(target: Box, card: Box, side: Side): { from: [number, number]; to: [number, number] } {
  const middle: [number, number] = [target.x + target.width / 2, target.y + target.height / 2]
  const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))
  if (side === 'left' || side === 'right') {
    const y = clamp(middle[1], card.y + 16, card.y + card.height - 16)
    const [from, to] =
      side === 'left' ? [card.x + card.width, target.x - RING] : [card.x, target.x + target.width + RING]
    return { from: [from, y], to: [to, clamp(y, target.y, target.y + target.height)] }
  }
  const x = clamp(middle[0], card.x + 16, card.x + card.width - 16)
  const [from, to] =
    side === 'above' ? [card.y + card.height, target.y - RING] : [card.y, target.y + target.height + RING]
  return { from: [x, from], to: [clamp(x, target.x, target.x + target.width), to] }
}
