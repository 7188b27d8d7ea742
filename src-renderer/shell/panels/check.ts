// Whether what a person typed fits, and why not. Pure functions; the fields show the answer.
import type { PropertyField } from '@contract/lab.ts'
import { MAX_NAME_LENGTH } from '@contract/limits.ts'
import { texts } from '../../ui/texts/index.ts'

const words = texts.panels.inspector

export type Checked<T> = { value: T } | { problem: string }

export function checkNumber(text: string, min: number, max: number): Checked<number> {
  const trimmed = text.trim()
  const value = /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : NaN
  return Number.isSafeInteger(value) && value >= min && value <= max
    ? { value }
    : { problem: words.badNumber(text, min, max) }
}

/** A text fits when the whole of it follows the pattern of its property. */
export function checkProperty(text: string, field: Extract<PropertyField, { type: 'text' }>): Checked<string> {
  const value = text.trim()
  return new RegExp(`^(?:${field.pattern})$`, 'u').test(value)
    ? { value }
    : { problem: words.badProperty(text, field.expected, field.example) }
}

export function checkName(text: string): Checked<string> {
  const value = text.trim()
  if (value === '') return { problem: words.noName }
  if (value.length > MAX_NAME_LENGTH) return { problem: words.longName(MAX_NAME_LENGTH) }
  return /[\u0000-\u001f\u007f]/.test(value) ? { problem: words.badName } : { value }
}
