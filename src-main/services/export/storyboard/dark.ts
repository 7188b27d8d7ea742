// The colours of pictures on a dark page: each colour of paper beside the one it becomes. They are those of the page's
// dark theme; a test sees to it that no colour of a picture is missing.

export const darkColours: Readonly<Record<string, string>> = {
  '#FFFFFF': '#111418',
  '#1A1D21': '#E7EBF0',
  '#545C66': '#A3ADBA',
  '#FBF8EE': '#1D1C17',
  '#D5DAE1': '#4A4636',
  '#0B5CAD': '#7CBBF5',
  '#CFE3F8': '#16314A',
  '#C79DBA': '#6F4A63',
  '#00775A': '#3CC79E',
  '#B84300': '#FF8A4C',
  '#FBE6DA': '#3A2115',
  '#8F5A00': '#F0B33F',
  '#5646B8': '#B6A9FF',
  '#8E3B75': '#E39ACB',
}

/** Rules of a style sheet that turn the colours of pictures under `selector` where the reader likes it dark. */
export function darkRules(selector: string): string {
  const rules = Object.entries(darkColours).flatMap(([light, dark]) => [
    `${selector} [fill="${light}"]{fill:${dark}}`,
    `${selector} [stroke="${light}"]{stroke:${dark}}`,
  ])
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`
}
