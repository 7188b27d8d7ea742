// Lint: the usual checks, and the three rules of this project: layering, no raw HTML, runes only where they work.
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'
import layering from './scripts/lint/layering.ts'

export default ts.config(
  { ignores: ['node_modules/', 'out/', 'dist/', '.cache/', 'test-results/', 'playwright-report/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'no-undef': 'off', // the type checker knows better
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['src-main/**/*.ts', 'src-renderer/**/*.ts', 'src-renderer/**/*.svelte'],
    plugins: { interlock: { rules: { layering } } },
    rules: { 'interlock/layering': 'error', 'no-console': 'error' },
  },
  {
    // Runes type-check everywhere and work only in .svelte and .svelte.ts files.
    files: ['**/*.ts'],
    ignores: ['**/*.svelte.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.name=/^\\$(state|derived|effect|props)$/]',
          message: 'Runes work only in .svelte and .svelte.ts files.',
        },
      ],
    },
  },
)
