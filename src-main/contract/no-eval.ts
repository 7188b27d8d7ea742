// Imported by the page before anything that has a schema: its content policy forbids code from text, and zod would
// otherwise try that out once, which the browser reports as a violation. The host may compile its schemas as it likes.
import { z } from 'zod'

z.config({ jitless: true })
