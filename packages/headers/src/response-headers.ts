import type { Codec } from './codec.ts'
import { amount } from './codecs/amount.ts'
import { integer } from './codecs/integer.ts'
import { jsonObject } from './codecs/json-object.ts'
import { list } from './codecs/list.ts'
import { oneOf } from './codecs/one-of.ts'
import { text } from './codecs/text.ts'
import { errorTypes } from './error-types.ts'
import { headerFields } from './header-fields.ts'
import type { OwnField } from './own-fields.ts'
import type { ResponseMeta } from './response-meta.ts'

type Codecs<K extends keyof ResponseMeta> = { readonly [F in K]-?: Codec<Exclude<ResponseMeta[F], undefined>> }
type OwnMeta = Extract<keyof ResponseMeta, OwnField>

const word = /* @__PURE__ */ text(1024)
const count = /* @__PURE__ */ integer('of at least 0', () => true)

const cloudflare: Codecs<Exclude<keyof ResponseMeta, OwnMeta | 'retryAfter'>> = {
  logId: word,
  eventId: word,
  runId: word,
  requestId: word,
  step: count,
  cacheStatus: /* @__PURE__ */ oneOf(['HIT', 'MISS']),
  dlp: jsonObject,
  routedModel: word,
  routingReason: word,
  routingDecisionId: word,
}

const own: Codecs<OwnMeta> = {
  provider: word,
  model: word,
  requestedModel: word,
  attempts: count,
  keySource: word,
  cost: amount,
  warnings: list,
  capabilities: list,
  error: /* @__PURE__ */ oneOf(errorTypes),
}

/** Every response header; formatting and parsing follow this table. */
export const responseHeaders = /* @__PURE__ */ headerFields(
  { 'cf-aig-': cloudflare, 'gw-': own, '': { retryAfter: count } },
  { provider: 'cf-aig-provider', model: 'cf-aig-model' },
)
