// No algorithm: a person says what nodes do, as one draws a space-time diagram. Each node keeps the three logical clocks,
// and each message carries those of its sender.
// Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", 1978; Fidge 1988 and Mattern 1989 (vector);
// Wuu and Bernstein 1984 (matrix).
import { MAX_MATRIX_NODES } from '../../../../contract/limits.ts'
import { handTexts as texts } from '../../model/hand-texts.ts'
import type { Algorithm, Body, Output, Reaction, Self } from '../../network/types.ts'
import { note, reaction } from '../reactions.ts'

/** The clocks of a node, or those that a message carries. */
export interface Clocks {
  readonly lamport: number
  /** by node, how many of its events are known of */
  readonly vector: readonly number[]
  /** by node, the vector that it is known to have had; null on networks where that would be too much to keep */
  readonly matrix: readonly (readonly number[])[] | null
}

/** Most nodes whose vectors stand below a node or on a message. */
const MOST_SHOWN = 5

const zeros = (count: number): number[] => new Array<number>(count).fill(0)

function unmoved({ count }: Self): Clocks {
  const matrix = count <= MAX_MATRIX_NODES ? Array.from({ length: count }, () => zeros(count)) : null
  return { lamport: 0, vector: zeros(count), matrix }
}

/** The clocks after one more event of the node; `got`: those that the message carries which it receives, and its sender. */
export function tick(clocks: Clocks, self: Self, got?: { from: number; clocks: Clocks }): Clocks {
  const { index } = self
  const known = got === undefined ? clocks.vector : merged(clocks.vector, got.clocks.vector)
  const vector = known.with(index, (clocks.vector[index] ?? 0) + 1)
  const rows = clocks.matrix?.map((row, node) => {
    const other = got?.clocks.matrix?.[node]
    return other === undefined ? row : merged(row, other)
  })
  return {
    lamport: Math.max(clocks.lamport, got?.clocks.lamport ?? 0) + 1,
    vector,
    matrix: rows?.with(index, vector) ?? null,
  }
}

const merged = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((one, index) => Math.max(one, b[index] ?? 0))

/** Clocks go to stable storage with every event: they go on where they were when a node comes back. */
function ticked(clocks: Clocks, outputs: readonly Output[] = []): Reaction<Clocks> {
  return reaction(clocks, [...outputs, { do: 'store', value: clocks }])
}

const clocksIn = (body: Body): Clocks => body['clocks'] as Clocks

export const vectorText = (vector: readonly number[]): string => `(${vector.join(',')})`

/** The vector in brackets; of many nodes only the numbers that are not 0, by name. */
export function vectorCell(vector: readonly number[], { names }: Self): string {
  if (vector.length <= MAX_MATRIX_NODES) return vectorText(vector)
  return vector.flatMap((number, node) => (number === 0 ? [] : [`${names[node] ?? ''} ${number}`])).join(', ')
}

const brief = ({ lamport, vector }: Clocks): string =>
  texts.stamps(lamport, vector.length <= MOST_SHOWN ? vectorText(vector) : '')

const shows = ({ settings }: Self): boolean => settings['clocks'] === 1

export const byHand: Algorithm<Clocks> = {
  id: 'by-hand',
  label: texts.label,
  family: 'clocks',
  needs: 'any',
  source: texts.source,
  explanation: texts.explanation,
  columns: texts.columns,
  settings: [{ key: 'clocks', ...texts.shown, min: 0, max: 1, usual: 1 }],
  alone: true,
  byHand: true,
  beginners: () => [],
  init: (self) => reaction(unmoved(self)),
  react(state, input, self) {
    switch (input.do) {
      case 'hand': {
        const clocks = tick(state, self)
        const { label, to, takes } = input
        if (to === null) return ticked(clocks, label === '' ? [] : [note('told', label)])
        return ticked(clocks, [{ do: 'send', to, body: { kind: label, clocks }, ...(takes === null ? {} : { takes }) }])
      }
      case 'message':
        return ticked(tick(state, self, { from: input.from, clocks: clocksIn(input.body) }))
      case 'start':
      case 'befalls':
        return ticked(tick(state, self))
      case 'recover':
        return ticked(tick((input.stored as Clocks | undefined) ?? state, self))
      default:
        return reaction(state)
    }
  },
  look(state, self) {
    const { lamport, vector, matrix } = state
    if (!shows(self)) return { said: '', mark: null, cells: [texts.none, texts.none, texts.none] }
    const rows = matrix?.map(vectorText).join(' ') ?? texts.none
    return {
      said: lamport === 0 ? '' : brief(state),
      mark: null,
      cells: [String(lamport), vectorCell(vector, self), rows],
    }
  },
  tell: (body, self) => (shows(self) ? brief(clocksIn(body)) : ''),
  brief: () => '',
}
