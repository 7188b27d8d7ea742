// Builds what is stale before the end-to-end tests, so that they look at the page of these sources.
import { buildIfStale } from '../../scripts/build-if-stale.ts'

export default (): Promise<void> => buildIfStale()
