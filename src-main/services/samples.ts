// The samples of the labs: files beside the labs' code, found by registered ids only, read by the parser of all files.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenedDocument } from '../contract/api.ts'
import { InterlockError } from '../contract/errors.ts'
import type { LabEngine } from '../contract/lab.ts'
import { EXTENSION } from './files/paths.ts'
import type { ParseText } from './files/parser.ts'

export interface Samples {
  list(lab: string): Promise<{ id: string; title: string; practice: boolean }[]>
  open(lab: string, id: string): Promise<OpenedDocument>
}

/** @param folder holds `<lab>/samples/<id>.interlock` */
export function createSamples(folder: string, findLab: (id: string) => LabEngine, parse: ParseText): Samples {
  const read = async (lab: LabEngine, id: string): Promise<OpenedDocument> => {
    if (!lab.samples.includes(id)) {
      const known = lab.samples.join(', ')
      throw new InterlockError('unknown-sample', `The lab ${lab.id} has no sample "${id}". It has: ${known}.`)
    }
    const text = await readFile(join(folder, lab.id, 'samples', `${id}${EXTENSION}`), 'utf8')
    return { file: null, ...(await parse(text)) }
  }
  return {
    async list(labId) {
      const lab = findLab(labId)
      return Promise.all(
        lab.samples.map(async (id) => ({
          id,
          title: (await read(lab, id)).document.title,
          practice: lab.practice?.includes(id) ?? false,
        })),
      )
    },
    open: async (labId, id) => read(findLab(labId), id),
  }
}
