// Reading the machines of a host that runs short of memory. Knows no formula.
import { bad } from '../../../contract/operation-input.ts'
import type { ReclaimMachine } from '../capacity/reclaim-run.ts'
import { show } from '../figures.ts'
import { readFlag, readName, readNamed, readNumber, readOptional, readSize } from './input.ts'

/** Most memory of one machine in such a run, MiB: it is taken back 1 MiB at a time. */
const MAX_MACHINE_MIB = 1_048_576

/** @throws InterlockError `bad-input` */
export function readReclaimMachine(value: unknown, index: number): ReclaimMachine {
  const place = `vms[${index}]`
  const fields = readNamed(value, {}, place)
  const configured = readSize(fields['configured'], `${place}.configured`, 'Mi', { above: 0, max: MAX_MACHINE_MIB })
  if (configured > MAX_MACHINE_MIB) {
    throw bad(`${place}.configured`, `a machine may have ${show(MAX_MACHINE_MIB)} MiB at most. Write less.`)
  }
  const shared = readOptional(fields['shared'], 0, (given) => readSize(given, `${place}.shared`, 'Mi'))
  if (shared > configured) throw bad(`${place}.shared`, `the machine has only ${show(configured)} MiB. Write less.`)
  return {
    name: readOptional(fields['name'], `VM ${index + 1}`, (given) => readName(given, `${place}.name`)),
    configured,
    shares: readNumber(fields['shares'], `${place}.shares`, { above: 0 }),
    active: readNumber(fields['active'], `${place}.active`, { max: 1 }),
    shared,
    driver: readOptional(fields['driver'], true, (given) => readFlag(given, `${place}.driver`)),
  }
}
