// The text forms of a resource allocation graph besides its own language, in the order in which they are offered.
import type { TextFormat } from '../../../../contract/lab.ts'
import type { DeadlockModel } from '../schema.ts'
import { csv } from './csv.ts'
import { dot } from './dot.ts'
import { json } from './json.ts'
import { latex } from './latex.ts'
import { markdown } from './markdown.ts'
import { mermaid } from './mermaid.ts'

export const formats: readonly TextFormat<DeadlockModel>[] = [dot, mermaid, json, csv, markdown, latex]
