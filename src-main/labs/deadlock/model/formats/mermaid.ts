// The drawing as a Mermaid flow chart, for readmes and wikis. Written only.
import type { TextFormat } from '../../../../contract/lab.ts'
import { mermaidLabel } from '../../../../formats/mermaid.ts'
import { oneLine } from '../../../../formats/refusal.ts'
import type { DeadlockModel } from '../schema.ts'
import { listed } from './builder.ts'
import { texts } from './texts.ts'

export const mermaid: TextFormat<DeadlockModel> = {
  id: 'mermaid',
  label: texts.labels.mermaid,
  extensions: ['mmd'],
  media: 'text/vnd.mermaid',
  recognises: () => false,
  write({ model, title, verdict }) {
    const { processes, types, pairs } = listed(model)
    const lines = [
      // The head of the chart is YAML, in which a JSON text is a text.
      ...(title === '' ? [] : ['---', `title: ${JSON.stringify(oneLine(title))}`, '---']),
      'flowchart LR',
      ...(verdict === null ? [] : [`  %% ${oneLine(verdict).replace(/[{}]/g, ' ')}`]),
      ...processes.map(({ name }, index) => `  p${index + 1}((${mermaidLabel(name)}))`),
      ...types.map(({ name, instances }, index) => `  r${index + 1}[${mermaidLabel(`${name} (${instances})`)}]`),
    ]
    const arrow = (count: number): string => (count === 1 ? '-->' : `-->|${count}|`)
    for (const { process, type, held, asked, claimed } of pairs) {
      if (held > 0) lines.push(`  r${type + 1} ${arrow(held)} p${process + 1}`)
      if (asked > 0) lines.push(`  p${process + 1} ${arrow(asked)} r${type + 1}`)
      if (claimed > 0) lines.push(`  p${process + 1} -.->${claimed === 1 ? '' : `|${claimed}|`} r${type + 1}`)
    }
    return `${lines.join('\n')}\n`
  },
}
