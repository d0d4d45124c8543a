const sighted =
  /vision|llava|llama-4|gemma-[34]|sea-lion-v4|mistral-small-3\.1|kimi-k2\.[5-9]|kimi-k3|moondream|uform|qwq|qwen3\.[5-9]|glm-\d[\d.]*v/

/** Whether a model takes images. Models that are not Workers AI's own are taken to. */
export function takesImages(modelId: string): boolean {
  return !modelId.startsWith('@') || sighted.test(modelId)
}

// The inputs of these are documented with "HTTP URL will not be accepted".
const dataOnly = /llama-3\.2-11b-vision|llama-4-scout|mistral-small-3\.1|gemma-3-|sea-lion-v4|qwq-32b/

/** Whether a model fetches images by URL; for the others the AI SDK downloads them. */
export function takesImageUrls(modelId: string): boolean {
  return !dataOnly.test(modelId)
}
