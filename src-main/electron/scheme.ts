// Serves the built page under the app's own scheme: one host, one root, GET only.
// Which file is meant and which headers it carries is decided in host/web, for both shells.
import { readFile } from 'node:fs/promises'
import type { CustomScheme } from 'electron'
import { fileHeaders, securityHeaders } from '../host/web/headers.ts'
import { lookupFile } from '../host/web/static-files.ts'
import { APP_SCHEME, isAppUrl } from './policy.ts'

/** Standard and secure, so that the page has a real origin, a CSP and module scripts; fetch, or scripts do not load. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

function refusal(status: number, sentence: string, extra: Record<string, string> = {}): Response {
  const headers = { ...securityHeaders('electron'), 'Content-Type': 'text/plain; charset=utf-8', ...extra }
  return new Response(`${sentence}\n`, { status, headers })
}

/**
 * The answer to a request under the scheme.
 * @param root folder of the built page
 */
export async function answer(root: string, request: { method: string; url: string }): Promise<Response> {
  if (request.method !== 'GET') return refusal(405, 'Only GET is served.', { Allow: 'GET' })
  if (!isAppUrl(request.url)) return refusal(404, 'There is no such host.')
  const file = await lookupFile(root, new URL(request.url).pathname)
  if (file === null) return refusal(404, 'There is no such file.')
  return new Response(await readFile(file.path), { status: 200, headers: fileHeaders('electron', file) })
}
