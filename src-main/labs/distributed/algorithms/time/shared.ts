// What the algorithms for physical clocks share: who is asked, how a correction is made and told, how it is shown.
import type { Output, Self, Setting } from '../../network/types.ts'
import { higher, note } from '../reactions.ts'
import { aim, correctionAt, type SoftClock } from './soft-clock.ts'
import { timeTexts as texts } from './texts.ts'

/** The node whose number a setting names; the highest one where it names none. */
export function chosen(self: Self, key: string): number {
  const named = self.numbers.indexOf(self.settings[key] ?? 0)
  if (named !== -1) return named
  return self.numbers.reduce((top, _, index) => (higher(self, index, top) ? index : top), 0)
}

export const setting = ({ settings }: Self, key: string): number => settings[key] ?? 0

/** Whether a node that has begun so many rounds may begin another. */
export const goesOn = (self: Self, rounds: number): boolean => {
  const most = setting(self, 'rounds')
  return most === 0 || rounds < most
}

/** Aims a clock at a new correction, and the word about it. */
export function correct(soft: SoftClock, target: number, clock: number, self: Self): { soft: SoftClock; told: Output } {
  const percent = setting(self, 'slew')
  // The rounding takes away the dust of binary fractions that drifting clocks leave.
  const by = Math.round((target - correctionAt(soft, clock)) * 1e6) / 1e6
  return {
    soft: aim(soft, target, clock, percent),
    told: note('told', percent === 0 ? texts.sets(by) : texts.slews(by)),
  }
}

/** The correction for the table: where it is on its way, how far it had come when it was aimed, and its goal. */
export const correctionCell = ({ applied, target }: SoftClock): string =>
  applied === target ? texts.signed(target) : texts.slewing(texts.signed(applied), texts.signed(target))

const { settings } = texts
export const periodSetting: Setting = {
  key: 'period',
  label: settings.period,
  min: 1,
  max: 1_000_000,
  usual: 1_000,
  unit: 'ms',
  hint: settings.periodHint,
}
export const roundsSetting: Setting = {
  key: 'rounds',
  label: settings.rounds,
  min: 0,
  max: 10_000,
  usual: 5,
  hint: settings.roundsHint,
}
export const timeoutSetting: Setting = {
  key: 'timeout',
  label: settings.timeout,
  min: 1,
  max: 100_000,
  usual: 200,
  unit: 'ms',
  hint: settings.timeoutHint,
}
export const serverSetting: Setting = {
  key: 'server',
  label: settings.server,
  min: 0,
  max: 1_000_000,
  usual: 0,
  hint: settings.serverHint,
}
export const slewSetting: Setting = {
  key: 'slew',
  label: settings.slew,
  min: 0,
  max: 50,
  usual: 0,
  unit: '%',
  hint: settings.slewHint,
}
