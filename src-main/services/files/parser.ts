// How services read the text of a drawing: given by the host, which does large ones in a worker.
import type { OpenedDocument } from '../../contract/api.ts'

export type ParseText = (text: string) => Promise<Pick<OpenedDocument, 'document' | 'readOnly' | 'remarks'>>
