// The settings of a policy as somebody gave them, checked, with usual values for what was left out. Knows no run.
import { InterlockError } from '../../../contract/errors.ts'
import {
  type PolicyId,
  type PolicyInfo,
  type PolicySetting,
  policies,
  policyTexts as texts,
} from '../model/policies.ts'
import type { VictimRule } from './detection.ts'

export interface Settings {
  /** numbers of the types that are shared */
  types: readonly number[]
  /** rank of each type, from 0 */
  ranks: readonly number[]
  timeout: number
  pause: number
  'back-off': 'fixed' | 'random'
  when: 'request' | 'events' | 'ticks' | 'idle'
  every: number
  below: number
  victim: VictimRule
}

export const infoOf = (policy: PolicyId): PolicyInfo => policies.find(({ id }) => id === policy)!

/** Two levels, the first half of the types below the second. */
const halves = (count: number): number[] => Array.from({ length: count }, (_, type) => (2 * type < count ? 0 : 1))

/**
 * @param given by key of the setting; types by their names
 * @param usualTypes shared when nobody chose any
 * @throws InterlockError `bad-input` with the setting and what it may be
 */
export function readSettings(
  policy: PolicyId,
  given: Readonly<Record<string, unknown>>,
  names: readonly string[],
  usualTypes: () => readonly number[],
): Settings {
  const { settings, title } = infoOf(policy)
  const known = settings.map(({ key }) => key)
  const unknown = Object.keys(given).find((key) => !known.includes(key))
  if (unknown !== undefined) refuse(unknown, texts.noSetting(title, unknown, known))
  const read: Record<string, unknown> = {
    types: [],
    ranks: policy === 'levels' ? halves(names.length) : names.map((_, type) => type),
  }
  for (const setting of settings) {
    const value = given[setting.key]
    if (setting.kind === 'types') read['types'] = value === undefined ? usualTypes() : typesIn(setting, value, names)
    else if (setting.kind === 'ranking') {
      if (value !== undefined) read['ranks'] = ranksIn(setting, value, names)
    } else read[setting.key] = value === undefined ? setting.usual : valueIn(setting, value)
  }
  return read as unknown as Settings
}

/** As they are given back: the names of types instead of their numbers. */
export function settingsSaid(
  policy: PolicyId,
  settings: Settings,
  names: readonly string[],
): Record<string, string | number | readonly string[]> {
  return Object.fromEntries(
    infoOf(policy).settings.map(({ key, kind }) => {
      if (kind === 'types') return [key, settings.types.map((type) => names[type]!)]
      if (kind === 'ranking') return [key, ranking(settings.ranks, names)]
      return [key, settings[key as 'timeout' | 'back-off']]
    }),
  )
}

/** Rising; names of one rank stand in one text with commas between. */
function ranking(ranks: readonly number[], names: readonly string[]): string[] {
  const rising = [...new Set(ranks)].sort((a, b) => a - b)
  return rising.map((rank) => names.filter((_, type) => ranks[type] === rank).join(', '))
}

function valueIn(setting: PolicySetting, value: unknown): unknown {
  if (setting.kind === 'number') {
    const { min, max } = setting
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
    return refuse(setting.key, texts.badNumber(setting.label, min, max))
  }
  if (setting.kind !== 'choice') return value
  const options = setting.options.map((option) => option.value)
  return options.includes(value as string) ? value : refuse(setting.key, texts.badChoice(setting.label, options))
}

function typesIn(setting: PolicySetting, value: unknown, names: readonly string[]): number[] {
  const numbers = Array.isArray(value) ? value.map((name) => names.indexOf(name as string)) : [-1]
  if (numbers.includes(-1) || new Set(numbers).size < numbers.length) {
    return refuse(setting.key, texts.badTypes(setting.label))
  }
  return numbers
}

function ranksIn(setting: PolicySetting, value: unknown, names: readonly string[]): number[] {
  const levels = Array.isArray(value) ? value.map((level: unknown) => (Array.isArray(level) ? level : [level])) : []
  const ranks = names.map((name) => levels.findIndex((level) => level.includes(name)))
  if (ranks.includes(-1) || levels.flat().length !== names.length) {
    return refuse(setting.key, texts.badRanking(setting.label))
  }
  return ranks
}

function refuse(key: string, sentence: string): never {
  throw new InterlockError('bad-input', `settings.${key}: ${sentence}`, { at: `settings.${key}` })
}
