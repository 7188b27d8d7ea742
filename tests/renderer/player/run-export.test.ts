// The branch that is shown, as it is handed to the host for other programs: its events and no others, of the drawing
// that the run began with. What fails is said.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CallName, Input, Output } from '@contract/api.ts'
import { InterlockError } from '@contract/errors.ts'
import { defaultRunExportOptions, runFormats } from '@contract/export.ts'
import { RunPlayer } from '@page/player/run-player.svelte.ts'
import { exportBranch, exportCommands } from '@page/player/spacetime/run-export.ts'
import { spaceTime } from '@page/ui/texts/space-time.ts'
import type { OpenDocument } from '@page/shell/documents/open-document.svelte.ts'
import { HandClock, MemoryClient } from './rig.ts'

const began = { nodes: [], edges: [] }
const document = {
  ...{ format: 'interlock' as const, version: 1, lab: 'distributed', title: 'Old title', layout: { positions: {} } },
  notes: [],
  model: { nodes: [{ id: 'n1', kind: 'node', name: 'drawn since' }], edges: [] },
}
const doc = { document: () => document, label: 'Shown title' } as unknown as OpenDocument

class ExportClient extends MemoryClient {
  asked: Input<'export.run'>[] = []
  fails = false

  override async call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> {
    if (name !== 'export.run') return super.call(name, input)
    this.asked.push(input as Input<'export.run'>)
    if (this.fails) throw new InterlockError('too-large', 'The picture would be too large.')
    const answer = { name: 'x.log', media: 'text/plain', text: 'written', base64: null, remarks: ['Cut.'], lacks: '' }
    return answer as Output<K>
  }
}

async function started(): Promise<{ player: RunPlayer; client: ExportClient }> {
  const client = new ExportClient()
  const input = { lab: 'deadlock', simulation: 'count', seed: 7, model: began }
  return { player: await RunPlayer.open(client, input, new HandClock()), client }
}

/** A clipboard that keeps what it is given, or refuses. */
function clipboard(refuses = false): string[] {
  const kept: string[] = []
  const writeText = (text: string): Promise<void> =>
    refuses ? Promise.reject(new Error('not allowed')) : Promise.resolve(void kept.push(text))
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  return kept
}
afterEach(() => vi.unstubAllGlobals())

describe('exporting the branch that is shown', () => {
  it('hands over the events of this branch, whatever is shown of it, and the drawing that the run began with', async () => {
    const kept = clipboard()
    const { player, client } = await started()
    await player.apply(3)
    await player.apply(2)
    await player.back()
    await player.apply(1)
    await player.back()
    const said = await exportBranch(doc, player, 'shiviz', { ...defaultRunExportOptions, stamps: 'vector' }, 'copy')
    expect(said).toBe(`${spaceTime.export.copied('ShiViz log')} Cut.`)
    expect(kept).toEqual(['written'])
    expect(client.asked).toEqual([
      {
        document: { ...document, title: 'Shown title', model: began },
        script: { simulation: 'count', seed: 7, events: [3, 1] },
        to: 'shiviz',
        options: { ...defaultRunExportOptions, stamps: 'vector' },
      },
    ])
  })

  it('says when the browser refuses the clipboard', async () => {
    clipboard(true)
    const { player } = await started()
    const said = await exportBranch(doc, player, 'sequence', defaultRunExportOptions, 'copy')
    expect(said).toBe(spaceTime.export.notCopied)
    expect(player.error).toBeNull()
  })

  it('says what the host refuses', async () => {
    const { player, client } = await started()
    client.fails = true
    expect(await exportBranch(doc, player, 'space-time-png', defaultRunExportOptions, 'download')).toBe('')
    expect(player.error).toBe('The picture would be too large.')
  })

  it('has a command for each format, offered where steps are traced', async () => {
    const { player } = await started()
    const commands = exportCommands(doc, player)
    expect(commands.map(({ id }) => id).sort()).toEqual(runFormats.map((to) => `run.export.${to}`).sort())
    expect(new Set(commands.map(({ label }) => label)).size).toBe(runFormats.length)
    expect(commands.filter((command) => command.when())).toEqual([])
  })
})
