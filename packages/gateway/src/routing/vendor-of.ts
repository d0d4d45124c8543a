const vendors: readonly [RegExp, string][] = [
  [/claude/, 'anthropic'],
  [/gpt|chatgpt|(?:^|[/.])o[134](?:-|$)|davinci|whisper/, 'openai'],
  [/gemini|gemma/, 'google'],
  [/llama/, 'meta'],
  [/mistral|mixtral|ministral|codestral|devstral|magistral|pixtral|voxtral/, 'mistral'],
  [/grok/, 'xai'],
  [/deepseek/, 'deepseek'],
  [/qwen|qwq|qvq/, 'alibaba'],
  [/command|embed-(?:english|multilingual|v)|rerank/, 'cohere'],
  [/kimi|moonshot/, 'moonshot'],
  [/glm/, 'zai'],
  [/nova|titan/, 'amazon'],
]

/** Who made a model, wherever it runs: the same words are refused by the same maker. */
export function vendorOf(model: string): string | undefined {
  const name = model.toLowerCase()
  return vendors.find(([pattern]) => pattern.test(name))?.[1]
}
