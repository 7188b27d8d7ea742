// How services read the text of a drawing: given by the host, which does large ones in a worker.
import type { OpenedDocument } from '../../contract/api.ts'

/** @param name name of the file, by which formats are told apart; left out for a text that is Interlock's own document */
export type ParseText = (
  text: string,
  name?: string,
) => Promise<Pick<OpenedDocument, 'document' | 'readOnly' | 'remarks' | 'imported'>>
