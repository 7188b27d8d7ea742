// Elements of a page made by hand. Text is always text: nothing that was typed by a person is read as markup.

type Child = Node | string

/** @param more attributes; `true` is an empty one, `false` none */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  more: Readonly<Record<string, string | boolean>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(more)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children)
  return element
}

export function on<Type extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  type: Type,
  act: (event: HTMLElementEventMap[Type]) => void,
): void {
  element.addEventListener(type, act)
}

/** A choice in which the entry of a value can be set. */
export function choice(label: string, entries: readonly (readonly [string, string])[]): HTMLSelectElement {
  return make('select', { 'aria-label': label }, ...entries.map(([value, text]) => make('option', { value }, text)))
}

/** An icon of strokes in a square of 24. */
export function icon(...paths: readonly string[]): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  for (const [name, value] of [
    ['viewBox', '0 0 24 24'],
    ['width', '18'],
    ['height', '18'],
    ['aria-hidden', 'true'],
  ] as const) {
    svg.setAttribute(name, value)
  }
  for (const data of paths) {
    const path = document.createElementNS(space, 'path')
    path.setAttribute('d', data)
    svg.append(path)
  }
  return svg
}

/** A time for people: `1:05`. */
export const clockTime = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`
