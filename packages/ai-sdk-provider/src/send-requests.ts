import { credentialHeaders } from '@gw/headers/entry-headers'
import { AiGatewayError } from './ai-gateway-error.ts'
import { jsonTextOf, type CapturedRequest } from './captured-request.ts'
import { isObject } from './is-object.ts'
import { isWorthAnother } from './is-worth-another.ts'
import { readAnswer, type Answer } from './read-answer.ts'
import type { Run, Step, Won } from './run.ts'
import { targetOf, type Target } from './target-of.ts'
import type { Entry } from './universal-body.ts'

type ProviderAnswer = Answer & { provider: string }

/** Sends all requests as one, for the gateway to try in order; `undefined` where one of them is not JSON. */
export async function sendTogether(
  run: Run,
  steps: readonly Step[],
  requests: readonly CapturedRequest[],
): Promise<Won | undefined> {
  const entries = requests.map((request) => toEntry(run, request))
  const sendable = entries.filter((entry) => entry !== undefined)
  if (sendable.length < entries.length) return undefined

  const answer = await readAnswer(await run.transport.sendUniversal(sendable, run.signal), run.transport.url)
  const index = answer.error ? 0 : stepOf(answer)
  const winner = steps[index]
  const entry = sendable[index]
  if (!winner || !entry) throw invalidStep(answer, run, steps.length)
  return { ...answer, winner, provider: entry.provider }
}

/** Index of the entry that was answered. Cloudflare leaves it out where there is only one. */
function stepOf({ response }: Answer): number {
  return Number(response.headers.get('cf-aig-step') ?? 0)
}

function invalidStep({ response, meta }: Answer, { transport }: Run, count: number): AiGatewayError {
  const step = response.headers.get('cf-aig-step')
  void response.body?.cancel()
  return new AiGatewayError(
    `The gateway answered request ${step} of ${count}, which does not exist. Its cf-aig-step is wrong.`,
    { code: 'invalid_step', statusCode: response.status, isRetryable: false, url: transport.url, meta },
  )
}

/** Sends requests that only the providers' own paths take, the next one when one has failed. */
export async function sendInTurn(run: Run, steps: readonly Step[], requests: readonly CapturedRequest[]): Promise<Won> {
  let won: Won | undefined
  for (const [index, request] of requests.entries()) {
    const winner = steps[index]
    if (!winner) break
    won = { ...(await sendOne(run, request)), winner }
    if (!isWorthAnother(won)) break
  }
  if (!won) throw new TypeError('No request.')
  return won
}

/** Sends one request: as an entry where it is JSON, else as it is. */
export async function sendOne(run: Run, request: CapturedRequest): Promise<ProviderAnswer> {
  const { transport, signal } = run
  const entry = toEntry(run, request)
  const target = entry ?? targetFor(run, request)
  const sent = { ...request, signal }
  const response = await (entry ? transport.sendUniversal([entry], signal) : transport.sendNative(target, sent, true))
  return { ...(await readAnswer(response, transport.url)), provider: target.provider }
}

function toEntry(run: Run, request: CapturedRequest): Entry | undefined {
  const query = jsonTextOf(request)
  return query === undefined ? undefined : { ...targetFor(run, request), query }
}

/** The request's target. A credential among the call's own headers is for the first provider that takes such a one. */
function targetFor({ transport, options, owners }: Run, request: CapturedRequest): Target {
  const { headers, ...target } = targetOf(request, transport)
  const given: unknown = Reflect.get(options, 'headers')
  for (const [header, value] of Object.entries(isObject(given) ? given : {})) {
    const name = header.toLowerCase()
    if (headers[name] !== value || !credentialHeaders.has(name)) continue
    if (!owners.has(name)) owners.set(name, target.provider)
    if (owners.get(name) !== target.provider) delete headers[name]
  }
  return { ...target, headers }
}
