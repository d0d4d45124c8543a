/** Headers without which a body is not what it was; what a provider says of limits, dates and ids is of one request. */
const needed = /^(?:content-(?:type|disposition|language)|cache-control|openai-model|x-amzn-bedrock-content-type)$/

/** The headers of an answer that are kept with it. */
export function keptHeaders(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => needed.test(name))
}
