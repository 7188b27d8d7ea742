// Drawings made from a seed, for the page: a lab's generators, their values checked, the result as a document.
// Knows no lab by name.
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type DocumentEnvelope } from '../contract/document.ts'
import type { GeneratorInfo } from '../contract/api.ts'
import { InterlockError } from '../contract/errors.ts'
import type { Generator, LabEngine } from '../contract/lab.ts'

export function listGenerators(lab: LabEngine): GeneratorInfo[] {
  return (lab.generators ?? []).map(({ id, title, choices, fields }) => ({
    id,
    title,
    choices: choices.map(({ key, label, options }) => ({ key, label, options: [...options] })),
    fields: [...fields],
  }))
}

/**
 * @param values a value for each choice and field; a missing one is the first option, or the usual number
 * @throws InterlockError `bad-input` with the key in its details, when a value is out of range or no drawing can be so
 */
export function makeDrawing(
  lab: LabEngine,
  id: string,
  values: Readonly<Record<string, string | number>>,
  seed: number,
): DocumentEnvelope {
  const generator = lab.generators?.find((candidate) => candidate.id === id)
  if (generator === undefined) {
    const known = (lab.generators ?? []).map((candidate) => candidate.id).join(', ')
    throw new InterlockError('bad-input', `The lab ${lab.id} has no generator "${id}". It has: ${known || 'none'}.`)
  }
  const { model, layout, title } = generator.make(checkedValues(generator, values), seed)
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    lab: lab.id,
    title,
    model: { ...model },
    layout: layout ?? { positions: {} },
    notes: [],
  }
}

/** All values of a generator, with the usual ones for those that are missing. */
export function checkedValues(
  { choices, fields }: Pick<Generator, 'choices' | 'fields'>,
  values: Readonly<Record<string, string | number>>,
): Record<string, string | number> {
  const checked: Record<string, string | number> = {}
  for (const { key, options } of choices) {
    const value = values[key] ?? options[0]?.value ?? ''
    if (!options.some((option) => option.value === value)) {
      const known = options.map((option) => option.value).join(', ')
      throw new InterlockError('bad-input', `${key}: "${value}" is not known. Choose one of: ${known}.`, { at: key })
    }
    checked[key] = value
  }
  for (const { key, label, min, max, usual } of fields) {
    const value = values[key] ?? usual
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw new InterlockError('bad-input', `${label}: enter a whole number from ${min} to ${max}.`, { at: key })
    }
    checked[key] = value
  }
  return checked
}
