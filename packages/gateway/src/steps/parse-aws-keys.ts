import { parseObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import * as z from 'zod'

const schema = z.object({
  accessKeyId: z.string().regex(/^\w{16,128}$/),
  secretAccessKey: z.string().regex(/^[\w/+=-]+$/),
  sessionToken: z.string().min(1).optional(),
  region: z
    .string()
    .regex(/^[a-z\d-]+$/)
    .optional(),
})

/** Access keys of an AWS account, to sign requests with. */
export type AwsKeys = z.output<typeof schema>

/**
 * The access keys in a secret that is `ACCESS_KEY_ID:SECRET_ACCESS_KEY[:SESSION_TOKEN]` or the same as JSON;
 * `undefined` for an API key of Bedrock. @throws GatewayError `upstream_auth` naming what is wrong.
 */
export function parseAwsKeys(secret: string): AwsKeys | undefined {
  const text = secret.trim()
  const stated = text.startsWith('{') ? (parseObject(text) ?? {}) : splitKeys(text)
  if (!stated) return undefined
  const read = schema.safeParse(stated)
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new GatewayError(
    'upstream_auth',
    `The AWS secret has no valid ${fields}. Use ACCESS_KEY_ID:SECRET_ACCESS_KEY[:SESSION_TOKEN], JSON, or an API key.`,
  )
}

/** API keys have no colon; a lone key id is half of a pair. */
function splitKeys(text: string): Record<string, string> | undefined {
  if (!text.includes(':') && !/^A[KS]IA[A-Z\d]{16}$/.test(text)) return undefined
  const [accessKeyId = '', secretAccessKey, ...token] = text.split(':')
  return {
    accessKeyId,
    ...(secretAccessKey !== undefined && { secretAccessKey }),
    ...(token.length > 0 && { sessionToken: token.join(':') }),
  }
}
