import { parseObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import * as z from 'zod'

const schema = z.object({
  client_email: z.string().min(1),
  /** PEM of a PKCS #8 key. */
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
  project_id: z.string().optional(),
  /** Not Google's own: where callers of Cloudflare's gateway name the location. */
  region: z.string().optional(),
  token_uri: z.url().default('https://oauth2.googleapis.com/token'),
})

/** The key file of a Google service account. */
export type ServiceAccount = z.output<typeof schema>

/**
 * The service account in a secret that is its key file, as JSON or as base64 of it; `undefined` for other secrets.
 * @throws GatewayError `upstream_auth` naming what the file lacks.
 */
export function parseServiceAccount(secret: string): ServiceAccount | undefined {
  const text = secret.trim()
  const file = parseObject(text.startsWith('{') ? text : decodeBase64(text))
  if (!file) return undefined
  const read = schema.safeParse(file)
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new GatewayError('upstream_auth', `The Google service account has no valid ${fields}. Use its JSON key file.`)
}

function decodeBase64(text: string): string {
  if (!/^(?:eyJ|ew)[\w+/=-]+$/.test(text)) return ''
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
