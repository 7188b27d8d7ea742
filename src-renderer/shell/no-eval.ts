// Imported before anything that uses schemas: the page's policy forbids code from text, and asking for it is reported.
import '@contract/no-eval.ts'
