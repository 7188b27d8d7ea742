// The samples of the labs: files beside the labs' code, found by registered ids only, read by the parser of all files.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenedDocument } from '../contract/api.ts'
import { InterlockError } from '../contract/errors.ts'
import type { LabEngine } from '../contract/lab.ts'
import { lengthOf } from '../contract/walkthrough-edits.ts'
import { EXTENSION } from './files/paths.ts'
import type { ParseText } from './files/parser.ts'

export interface Samples {
  list(
    lab: string,
  ): Promise<{ id: string; title: string; practice: boolean; week: number | null; told: number | null }[]>
  open(lab: string, id: string): Promise<OpenedDocument>
}

/** @param folder holds `<lab>/samples/<id>.interlock` and `<lab>/exercises/<id>.interlock` */
export function createSamples(folder: string, findLab: (id: string) => LabEngine, parse: ParseText): Samples {
  const read = async (lab: LabEngine, id: string): Promise<OpenedDocument> => {
    const exercise = lab.exercises?.some((one) => one.id === id) === true
    if (!exercise && !lab.samples.includes(id)) {
      const known = [...lab.samples, ...(lab.exercises ?? []).map((one) => one.id)].join(', ')
      throw new InterlockError('unknown-sample', `The lab ${lab.id} has no sample "${id}". It has: ${known}.`)
    }
    const text = await readFile(join(folder, lab.id, exercise ? 'exercises' : 'samples', `${id}${EXTENSION}`), 'utf8')
    return { file: null, ...(await parse(text)) }
  }
  return {
    async list(labId) {
      const lab = findLab(labId)
      const all = [...lab.samples.map((id) => ({ id, week: null })), ...(lab.exercises ?? [])]
      return Promise.all(
        all.map(async ({ id, week }) => {
          const { title, walkthrough } = (await read(lab, id)).document
          const practice = lab.practice?.includes(id) ?? false
          return { id, title, practice, week, told: walkthrough === undefined ? null : lengthOf(walkthrough) }
        }),
      )
    },
    open: async (labId, id) => read(findLab(labId), id),
  }
}
