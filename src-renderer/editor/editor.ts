// The editor of one drawing: what the page and the labs see of the kit. It puts the parts together and tells listeners
// what changed; the work is done in the parts. Knows its lab only through the lab's model, and works without a view.
// Longer than other files, because it is the whole public surface of the kit in one place, mostly one line a method.
import type { DocumentEnvelope, EdgeRecord, GraphModel, Layout, NodeRecord } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import type { Point, Scene, SceneNode } from '@contract/scene.ts'
import type { Mark } from '@contract/verdict.ts'
import type { Command } from '../ui/commands.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import { Arrange } from './arrange/arrange.ts'
import { ClipEdits } from './clip-edits.ts'
import { type Change, Changes } from './changes.ts'
import { editorCommands } from './commands.ts'
import { Drawing } from './drawing.ts'
import { Edits } from './edits.ts'
import { NODE_ROOM, type Rect, boxOf, freePlace } from './geometry.ts'
import { groupKeeper } from './groups.ts'
import { History } from './history/history.ts'
import { Travel } from './history/travel.ts'
import { listenTo } from './input.ts'
import { NoteEdits } from './note-edits.ts'
import { Notes } from './notes.ts'
import { neighbour } from './neighbour.ts'
import { Nested } from './nesting/nested.ts'
import { roomKeeper } from './nesting/room.ts'
import { loadDocument } from './records/document.ts'
import type { Recorder } from './recording.ts'
import { ScriptEdits } from './script.ts'
import { Selection } from './selection.ts'
import { shapeKeeper } from './shape.ts'
import { type Presented, Stage } from './stage.ts'
import { PlaceIdle } from './tools/place/idle.ts'
import { Aiming } from './tools/select/aiming.ts'
import { Naming } from './tools/select/naming.ts'
import type { ToolName } from './tools/tool.ts'
import { type Feedback, Toolbox } from './tools/toolbox.ts'
import { Camera } from './view/camera.ts'
import { Mount } from './view/mount.ts'
import type { CanvasTheme } from './view/view.ts'
import { WholeEdits } from './whole.ts'

export type { Change } from './changes.ts'
export type { Feedback } from './tools/toolbox.ts'
export type { CanvasTheme } from './view/view.ts'
export type { Collection, Key, Rec, RecordDiff } from './records/diff.ts'

export class Editor {
  readonly lab: LabModel
  /** the script that the document carries along */
  readonly script: ScriptEdits
  /** many records at once, or the drawing as a whole */
  readonly whole: WholeEdits
  /** align, distribute, tidy up */
  readonly arrange: Arrange
  /** notes on the canvas */
  readonly notes: Notes
  /** what lies in what */
  readonly nested: Nested
  readonly #drawing: Drawing
  readonly #camera: Camera
  readonly #stage: Stage
  readonly #selection: Selection
  readonly #history: History
  readonly #edits: Edits
  readonly travel: Travel
  readonly clip: ClipEdits
  readonly #toolbox: Toolbox
  readonly #mount: Mount
  readonly #changes = new Changes()
  #readOnly: boolean
  #recorder: Recorder | null = null
  /** hears of flags instead of the records while a run is open */
  flagRecorder: Recorder | null = null

  constructor(options: { model: LabModel; document: DocumentEnvelope; readOnly?: boolean }) {
    this.lab = options.model
    this.#readOnly = options.readOnly ?? false
    this.#drawing = new Drawing(options.model)
    this.#drawing.store.change('never', (draft) => loadDocument(this.#drawing.store, draft, options.document))
    this.#camera = new Camera(() => {
      this.#stage.look()
      this.#changes.tell({ view: true, feedback: true })
    })
    this.#stage = new Stage(this.#drawing, this.#camera)
    this.#selection = new Selection(() => {
      this.#stage.highlight({ selected: this.#selection.ids })
      this.#changes.tell({ selection: true, feedback: true })
    })
    const say = (text: string): void => this.#say(text)
    const keep = shapeKeeper(this.#drawing, this.#stage, { say, showAll: (ids) => this.showAll(ids) })
    const finish = [keep, roomKeeper(this.#drawing), groupKeeper(this.#drawing)]
    this.#history = new History(this.#drawing.store, () => this.#selection.list(), finish)
    const parts = {
      drawing: this.#drawing,
      stage: this.#stage,
      history: this.#history,
      selection: this.#selection,
      say,
      edited: () => this.#changes.tell({ edit: true, history: true }),
      recorder: () => this.#recorder,
      ready: () => this.#ready(),
      together: <T>(body: () => T): T => this.#changes.together(body),
    }
    this.#edits = new Edits(parts)
    this.script = new ScriptEdits(this.#drawing, this.#edits)
    const keepChosen = (): void => this.#selection.keep((id) => this.#drawing.has(id))
    this.whole = new WholeEdits({ ...parts, keep: keepChosen })
    const notes = new NoteEdits(parts, this.#edits)
    const withEdits = { ...parts, edits: this.#edits }
    this.#toolbox = new Toolbox(
      {
        ...withEdits,
        camera: this.#camera,
        notes,
        editable: () => this.editable,
        linkable: () => this.linkable,
      },
      (what) => this.#changes.tell(what === 'tool' ? { tool: true, feedback: true } : { feedback: true }),
    )
    this.travel = new Travel({
      ...parts,
      may: () => (this.editable ? 'all' : this.#readOnly ? 'nothing' : 'beside the drawing'),
      settle: () => this.#toolbox.settle(),
      select: (ids) => this.select(ids),
    })
    this.#drawing.store.listen(() => {
      keepChosen()
      this.#toolbox.forget((id) => this.#drawing.has(id))
      this.#changes.tell({ records: true, feedback: true })
    })
    this.notes = new Notes(this.#toolbox, notes, parts.ready)
    this.arrange = new Arrange({ ...withEdits, fit: () => this.fit() })
    this.nested = new Nested(withEdits)
    this.clip = new ClipEdits(withEdits)
    this.#mount = new Mount(this.#stage, this.#camera, () => this.fit())
  }

  subscribe(listener: (change: Change) => void): () => void {
    return this.#changes.subscribe(listener)
  }

  /** Hears sentences for those who cannot see the canvas. */
  onSay(hearer: (text: string) => void): () => void {
    return this.#changes.onSay(hearer)
  }

  // ---- reading

  get readOnly(): boolean {
    return this.#readOnly
  }

  set readOnly(value: boolean) {
    this.#toolbox.settle()
    this.#readOnly = value
    this.#changes.tell({ tool: true, feedback: true })
  }

  /** False while the drawing is open to look only or a state of a run is shown: then edits do nothing. */
  get editable(): boolean {
    return !this.#readOnly && !this.#stage.presented
  }

  /** Whether edges can be drawn and removed: also while a run is recorded. */
  get linkable(): boolean {
    return this.editable || (this.#recorder !== null && !this.#readOnly)
  }

  document(): DocumentEnvelope {
    return this.#drawing.document()
  }

  model(): GraphModel {
    return this.#drawing.model()
  }

  layout(): Layout {
    return this.#drawing.layout()
  }

  title(): string {
    return this.#drawing.title()
  }

  note(): string {
    return this.#drawing.aboutNote()?.text ?? ''
  }

  node(id: string): NodeRecord | undefined {
    return this.#drawing.node(id)
  }

  edge(id: string): EdgeRecord | undefined {
    return this.#drawing.edge(id)
  }

  edgesAt(id: string): readonly EdgeRecord[] {
    return this.#drawing.edgesAt(id)
  }

  /** The shape a new node of this kind will have, at the origin. */
  shapeOf(kind: string): SceneNode | null {
    return this.#drawing.shapeOf(kind)
  }

  label(id: string): string {
    return this.#drawing.label(id)
  }

  selection(): ReadonlySet<string> {
    return this.#selection.ids
  }

  select(ids: Iterable<string>, mode: 'replace' | 'add' | 'toggle' = 'replace'): void {
    this.#selection.set(
      [...ids].filter((id) => this.#drawing.has(id)),
      mode,
    )
  }

  selectAll(): void {
    this.select([...this.#drawing.nodes(), ...this.#drawing.edges(), ...this.#drawing.notes()].map(({ id }) => id))
  }

  /** Goes to the next or previous node or note by id and says what it is. */
  selectNeighbour(by: 1 | -1): void {
    const next = neighbour(this.#drawing, this.#selection.list()[0], by)
    if (next === null) return
    this.select([next.id])
    this.#say(next.said)
  }

  // ---- edits

  /** Makes a node and returns its id; an empty text when the drawing cannot be changed. */
  createNode(kind: string, at?: Point): string {
    if (!this.#ready()) return ''
    const free = (): Point => freePlace(this.#camera.middle(), NODE_ROOM, this.#stage.rects())
    const { place, box } = this.nested.placeFor(kind, at, free)
    return this.#edits.createNode(kind, place, box)
  }

  connect(from: string, to: string): { id: string } | { refused: string } {
    return this.#ready(this.linkable) ? this.#edits.connect(from, to) : { refused: texts.readOnly }
  }

  /** What connecting would mean, without doing it. */
  judge(from: string, to: string): { kind: string } | { refused: string } {
    return this.#edits.judge(from, to)
  }

  rename(id: string, name: string): void {
    if (this.#ready()) this.#edits.rename(id, name)
  }

  setField(id: string, key: string, value: unknown): void {
    if (this.#ready()) this.#edits.setField(id, key, value)
  }

  /** Adds to the first number of each selected record, within its bounds. */
  stepNumber(by: number): void {
    if (this.#ready()) this.#edits.step(this.#selection.ids, by)
  }

  setTitle(title: string): void {
    if (this.#ready()) this.#edits.setTitle(title)
  }

  setNote(note: string): void {
    if (this.#ready()) this.#edits.setNote(note)
  }

  moveBy(ids: Iterable<string>, dx: number, dy: number): void {
    if (this.#ready()) this.#edits.moveBy(ids, dx, dy)
  }

  remove(ids: Iterable<string> = this.#selection.list()): void {
    if (this.#ready(this.linkable)) this.#edits.remove(ids)
  }

  replaceDocument(document: DocumentEnvelope): void {
    if (this.#ready()) this.#edits.replaceDocument(document)
  }

  /** An edit from outside ends the gesture that is under way, as Escape would. */
  #ready(may = this.editable): boolean {
    if (!may) return false
    this.#toolbox.settle()
    return true
  }

  // ---- history

  canUndo(): boolean {
    return this.travel.can('undo')
  }

  canRedo(): boolean {
    return this.travel.can('redo')
  }

  undo(): void {
    this.travel.undo()
  }

  redo(): void {
    this.travel.redo()
  }

  history(): readonly { label: string; current: boolean }[] {
    return this.#history.entries()
  }

  // ---- the view

  /** Shows the drawing in an element that has a position and a size of its own. */
  attach(container: HTMLElement): void {
    this.#mount.attach(container, (element) =>
      listenTo(element, this.#toolbox, {
        pan: (dx, dy) => this.panBy(dx, dy),
        zoom: (factor, around) => this.zoomBy(factor, around),
      }),
    )
  }

  detach(): void {
    this.#mount.detach()
  }

  /** To be called when the element changed its size. */
  resize(): void {
    this.#mount.resize()
  }

  focus(): void {
    this.#mount.focus()
  }

  zoom(): number {
    return this.#camera.zoom
  }

  pan(): Point {
    return this.#camera.pan
  }

  zoomBy(factor: number, around?: Point): void {
    this.#camera.setZoom(this.#camera.zoom * factor, around)
  }

  setZoom(level: number): void {
    this.#camera.setZoom(level)
  }

  fit(ids?: Iterable<string>, largest = 1.25): void {
    const bounds = this.#stage.bounds(ids)
    if (bounds === null) this.#camera.setZoom(1)
    else this.#camera.fit(bounds, largest)
    if (ids === undefined) this.#mount.seenWhole()
  }

  /** Shows the whole drawing when one of these cannot be seen. */
  showAll(ids: Iterable<string>): void {
    if ([...ids].some((id) => !this.#stage.inView(id))) this.fit()
  }

  centreOn(id: string): void {
    const bounds = this.#stage.bounds([id])
    if (bounds !== null) this.#camera.centre({ x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 })
  }

  panBy(dx: number, dy: number): void {
    this.#camera.panBy(dx, dy)
  }

  toScreen(p: Point): Point {
    return this.#camera.toScreen(p)
  }

  toCanvas(p: Point): Point {
    return this.#camera.toCanvas(p)
  }

  screenBox(id: string): Rect | null {
    const node = this.#stage.node(id)
    const bounds = node === undefined ? this.#stage.bounds([id]) : boxOf(node)
    return bounds === null ? null : this.#camera.rectToScreen(bounds)
  }

  // ---- what is shown besides the records
  setMarks(marks: Readonly<Record<string, Mark>>): void {
    this.#stage.setMarks(marks)
    this.#changes.tell({ feedback: true })
  }

  setLights(ids: Iterable<string>): void {
    this.#stage.highlight({ lit: new Set(ids) })
  }

  present(state: Presented | null): void {
    this.#toolbox.settle()
    this.#mount.keepWhole(() => this.#stage.present(state))
    this.#changes.tell({ feedback: true, history: true, tool: true })
  }

  /** From now on drawing and removing edges is told to the recorder, and setting flags to the other; null ends that. */
  record(recorder: Recorder | null, flags = recorder): void {
    this.#recorder = recorder
    this.flagRecorder = flags
    this.#changes.tell({ feedback: true, tool: true })
  }

  setTheme(theme: CanvasTheme): void {
    this.#stage.setTheme(theme)
  }

  scene(): Scene {
    return this.#stage.scene()
  }

  // ---- tools and gestures

  /** The input of the tools: pointer events in screen pixels and keys. The canvas feeds it; tests do as well. */
  get input(): Toolbox {
    return this.#toolbox
  }

  toolPath(): string {
    return this.#toolbox.state.path
  }

  tool(): ToolName {
    return this.#toolbox.tool
  }

  setTool(tool: ToolName): void {
    this.#toolbox.settle()
    this.#toolbox.choose(typeof tool === 'object' && !this.editable ? 'select' : tool)
  }

  /** The kind of edge that is drawn where a direction can mean several; null for the usual one. */
  line(): string | null {
    return this.#edits.line
  }

  setLine(kind: string | null): void {
    if (this.#edits.line === kind) return
    this.#edits.line = kind
    this.#changes.tell({ tool: true, feedback: true })
  }

  startConnecting(from: string): void {
    if (!this.#ready(this.linkable) || this.node(from) === undefined) return
    this.#toolbox.choose('select')
    this.#toolbox.desk.go(new Aiming(this.#toolbox.desk, from))
  }

  startNaming(id: string): void {
    if (!this.#ready() || this.node(id) === undefined) return
    this.#toolbox.choose('select')
    this.#toolbox.desk.go(new Naming(this.#toolbox.desk, id))
  }

  /** Ends naming in place; null gives it up. */
  finishNaming(name: string | null): void {
    const { state } = this.#toolbox
    if (state instanceof Naming) state.finish(name)
  }

  palettePoint(kind: string, p: Point | null): void {
    if (!this.editable) return
    const { state } = this.#toolbox
    if (p === null) return this.setTool('select')
    if (!(state instanceof PlaceIdle)) this.setTool({ place: kind })
    this.#toolbox.move({ at: p, button: 0, shift: false, alt: false })
  }

  paletteDrop(kind: string, p: Point): string | null {
    if (!this.editable) return null
    this.setTool({ place: kind })
    const { state } = this.#toolbox
    return state instanceof PlaceIdle ? state.place({ at: p, shift: false }) : null
  }

  feedback(): Feedback {
    return this.#toolbox.feedback()
  }

  cancel(): boolean {
    return this.#toolbox.cancel()
  }

  commands(): Command[] {
    return editorCommands(this)
  }

  #say(text: string): void {
    this.#changes.say(text)
  }
}
