/** Headers of a provider's answer that mean something to the caller, whatever the format. */
const passedOn =
  /^(?:retry-after(?:-ms)?|x-ratelimit-.+|anthropic-ratelimit-.+|ratelimit.*|x-(?:trial-)?endpoint-.+|x-request-id|request-id|openai-.+|x-should-retry)$/

/** The provider's headers that go with a translated answer. */
export function answerHeaders(upstream: Headers): Headers {
  return new Headers([...upstream].filter(([name]) => passedOn.test(name)))
}

/** True for a body that comes piece by piece. */
export function isEventStream(headers: Headers): boolean {
  return /^(?:text\/event-stream|application\/(?:x-ndjson|vnd\.amazon\.eventstream))\b/.test(
    headers.get('content-type') ?? '',
  )
}

/** Headers that belong to the hop between provider and gateway. */
const hop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-encoding',
  'content-length',
  'set-cookie',
  'trailer',
  'upgrade',
  'alt-svc',
])

/** The provider's headers that go with an answer that is passed untouched. */
export function nativeAnswerHeaders(upstream: Headers): Headers {
  return new Headers([...upstream].filter(([name]) => !hop.has(name)))
}
