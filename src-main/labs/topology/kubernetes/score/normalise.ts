// The ways in which raw scores are brought to 0 to 100, each with its arithmetic. Knows no cluster.
import { show } from '../../figures.ts'
import { MAX_SCORE } from './types.ts'

/** Least and most of the raw scores. */
export interface Bounds {
  min: number
  max: number
}

export interface Scale {
  score(raw: number, bounds: Bounds): number
  /** the arithmetic in one line */
  line(raw: number, bounds: Bounds): string
}

/** More is better: floor(raw * 100 / max), all 0 when nobody has any (node affinity). */
export const byMaximum: Scale = {
  score: (raw, { max }) => (max === 0 ? 0 : Math.floor((raw * MAX_SCORE) / max)),
  line: (raw, bounds) =>
    bounds.max === 0
      ? 'No node has any: 0.'
      : `floor(${show(raw)} * 100 / ${show(bounds.max)}) = ${byMaximum.score(raw, bounds)}`,
}

/** Less is better: 100 - floor(raw * 100 / max), all 100 when nobody has any (taints). */
export const byMaximumReversed: Scale = {
  score: (raw, { max }) => (max === 0 ? MAX_SCORE : MAX_SCORE - Math.floor((raw * MAX_SCORE) / max)),
  line: (raw, bounds) =>
    bounds.max === 0
      ? 'No node has any: 100.'
      : `100 - floor(${show(raw)} * 100 / ${show(bounds.max)}) = ${byMaximumReversed.score(raw, bounds)}`,
}

/** Between least and most: floor(100 * (raw - min) / (max - min)), all 0 when they are equal (inter-pod affinity). */
export const byRange: Scale = {
  score: (raw, { min, max }) => (max === min ? 0 : Math.floor((MAX_SCORE * (raw - min)) / (max - min))),
  line: (raw, bounds) =>
    bounds.max === bounds.min
      ? 'All nodes have the same sum: 0.'
      : `floor(100 * (${show(raw)} - ${show(bounds.min)}) / (${show(bounds.max)} - ${show(bounds.min)})) = ${byRange.score(raw, bounds)}`,
}

/**
 * Less is better, and the best gets 100: floor(100 * (max + min - raw) / max), all 100 when max is 0 (spreading). NaN
 * stands for a node that lacks a label; it gets 0 and does not count for the others.
 */
export const bySpread: Scale = {
  score: (raw, { min, max }) =>
    Number.isNaN(raw) ? 0 : max === 0 ? MAX_SCORE : Math.floor((MAX_SCORE * (max + min - raw)) / max),
  line: (raw, bounds) =>
    Number.isNaN(raw)
      ? 'The node lacks a label of a constraint: 0.'
      : bounds.max === 0
        ? 'No matching pods anywhere: 100.'
        : `floor(100 * (${show(bounds.max)} + ${show(bounds.min)} - ${show(raw)}) / ${show(bounds.max)}) = ${bySpread.score(raw, bounds)}`,
}

/** NaN is passed over; 0 and 0 when nothing is left. */
export function boundsOf(raws: readonly number[]): Bounds {
  let min = Infinity
  let max = -Infinity
  for (const raw of raws) {
    if (raw < min) min = raw
    if (raw > max) max = raw
  }
  return min > max ? { min: 0, max: 0 } : { min, max }
}

export function scoresBy(scale: Scale, raws: readonly number[]): number[] {
  const bounds = boundsOf(raws)
  return raws.map((raw) => scale.score(raw, bounds))
}

/** All scores with a line of arithmetic for each. */
export function workedBy(scale: Scale, raws: readonly number[]): { scores: number[]; working: string[] } {
  const bounds = boundsOf(raws)
  return { scores: raws.map((raw) => scale.score(raw, bounds)), working: raws.map((raw) => scale.line(raw, bounds)) }
}
