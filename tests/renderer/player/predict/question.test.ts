// What is asked about the next step: results first, then numbers that are new, then which sentence will be true.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fits, type Question, questionOf } from '@page/player/predict/question.ts'

const shown = (question: Question | null): string =>
  question?.kind !== 'numbers'
    ? JSON.stringify(question)
    : question.pieces.map((piece) => ('words' in piece ? piece.words : piece.again ? '…' : `[${piece.value}]`)).join('')

const ask = (ahead: { now?: string; text?: string; status?: string; others?: string[] }): string =>
  shown(questionOf({ now: '', text: '', status: '', others: [], ...ahead }))

describe('the question', () => {
  test('leaves the results of formulas out, and the same number later on', () => {
    expect(ask({ text: 'Round 1: 819.2 MiB / 500 MiB/s = 1.638 s; in 1.638 s 163.84 MiB are written' })).toBe(
      'Round 1: 819.2 MiB / 500 MiB/s = [1.638] s; in … s 163.84 MiB are written',
    )
  })

  test('takes a number that is worked with for no result', () => {
    expect(ask({ text: 'a = 8 * 1,024 / 2,048 = 4; b: 4 + 4 = 8 of 8' })).toBe(
      'a = 8 * 1,024 / 2,048 = [4]; b: 4 + 4 = [8] of 8',
    )
  })

  test('looks into the sentence that will be true when nothing is worked out in what happens', () => {
    expect(ask({ text: 'The shares decide', status: 'cache: 8 / 2 = 4' })).toBe('cache: 8 / 2 = [4]')
  })

  test('asks for a number twice where two things have it', () => {
    expect(ask({ now: '0 ms: 0 sent, 0 under way.', text: 'P2 begins', status: '0 ms: 1 sent, 1 under way.' })).toBe(
      '0 ms: [1] sent, [1] under way.',
    )
  })

  test('asks for numbers that are new, and for no part of a name', () => {
    expect(
      ask({ now: '0 ms: 6 messages sent, 6 under way.', status: '10 ms: P4 of 1.2.3 has 12 messages, 6 under way.' }),
    ).toBe('[10] ms: P4 of 1.2.3 has [12] messages, 6 under way.')
  })

  test('is which sentence will be true where there are no numbers', () => {
    expect(questionOf({ now: 'Nobody waits.', text: 'P1 asks', status: 'P1 waits.', others: ['P2 waits.'] })).toEqual({
      kind: 'choice',
      happens: 'P1 asks',
      options: ['Nobody waits.', 'P1 waits.', 'P2 waits.'],
      right: 'P1 waits.',
    })
  })

  test('is none where nothing changes', () => {
    expect(ask({ now: 'Nobody waits.', status: 'Nobody waits.' })).toBe('null')
  })

  test('holds the whole sentence whatever it is, and no more than three gaps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(' = ', ' / ', '; ', ' MiB'), fc.nat(5000).map(String))),
        (words) => {
          const text = words.join(' ')
          const question = questionOf({ now: '', text, status: text, others: [] })
          if (question?.kind !== 'numbers') return
          expect(question.pieces.map((piece) => ('words' in piece ? piece.words : piece.value)).join('')).toBe(text)
          expect(question.values.length).toBeLessThanOrEqual(3)
        },
      ),
    )
  })
})

describe('a number that was written', () => {
  test.each([
    ['8.19', '8.192', true],
    ['8,192', '8.192', false],
    ['8,19', '8.192', true],
    ['8.1', '8.192', false],
    ['1024', '1,024', true],
    ['1,024', '1,024', true],
    ['1023', '1,024', true],
    ['1000', '1,024', false],
    ['5', '4', false],
    ['4.0', '4', true],
    ['four', '4', false],
    ['', '0', false],
    ['-', '0', false],
  ])('%s for %s', (written, value, right) => {
    expect(fits(written, value)).toBe(right)
  })
})
