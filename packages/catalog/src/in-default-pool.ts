import type { Model } from './to-model.ts'

/**
 * Names under which providers answer today. The price data has more: models that were switched off, and names that it made
 * up for a family, which nobody can call. A provider that isn't here has no default pool.
 *
 * @see https://platform.openai.com/docs/models
 * @see https://docs.anthropic.com/en/docs/about-claude/models/overview
 * @see https://ai.google.dev/gemini-api/docs/models
 * @see https://docs.mistral.ai/getting-started/models/models_overview/
 * @see https://console.groq.com/docs/models
 * @see https://docs.x.ai/docs/models
 * @see https://docs.cohere.com/docs/models
 * @see https://inference-docs.cerebras.ai/models/overview
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
const names: Readonly<Record<string, RegExp>> = {
  openai:
    /^(?:gpt-[56](?:\.\d+)?(?:-(?:mini|nano|pro|sol|luna|terra|astra))?|gpt-4\.1(?:-mini|-nano)?|gpt-4o(?:-mini)?|o3|o4-mini|text-embedding-3-(?:small|large))$/,
  anthropic: /^claude-(?:opus|sonnet|haiku|fable)-\d+(?:-\d{1,2})?$/,
  'google-ai-studio': /^gemini-(?:(?:2\.5|3(?:\.\d+)?)-(?:pro|flash|flash-lite)(?:-preview)?|embedding-\w+)$/,
  mistral:
    /^(?:(?:mistral-(?:small|medium|large)|ministral-\d+b|magistral-(?:small|medium)|codestral|devstral)-(?:latest|\d{4})|(?:mistral|codestral)-embed)$/,
  groq: /^(?:llama-3\.3-70b-versatile|llama-3\.1-8b-instant|(?:openai|qwen|moonshotai)\/.+|meta-llama\/llama-4-.+)$/,
  grok: /^grok-(?:3(?:-mini)?|4(?:\.\d+)?|4(?:-1)?-fast(?:-non)?-reasoning|4-fast-reasoning|4-1-fast-reasoning|4-0709|code-fast-1)$/,
  deepseek: /^deepseek-(?:chat|reasoner|v4-flash|v4-pro)$/,
  cohere: /^(?:rerank-v3\.5|embed-v4\.0)$/,
  cerebras: /^(?:gpt-oss-120b|llama-3\.3-70b|llama3\.1-8b|qwen-3-\w+(?:-\w+)*|zai-glm-.+)$/,
  'workers-ai': /^@cf\//,
  openrouter: /^(?:openai|anthropic|google|mistralai|meta-llama|deepseek|qwen|x-ai|moonshotai|z-ai|minimax)\/[^:]+$/,
  together: /^(?:meta-llama\/(?:Meta-)?Llama-(?:3\.3|4)|deepseek-ai\/DeepSeek-[VR]|Qwen\/Qwen3|openai\/)/,
  baseten: /^[^/]+\/./,
  minimax: /^MiniMax-M\d/,
  'aws-bedrock': /^global\./,
}

/** What makes a model one for special requests: it speaks, draws, judges, or searches and charges for it. */
const special: ReadonlySet<string> = new Set(['realtime', 'audio_output', 'image_output', 'video_output', 'web_search'])

/** The same, told by names alone. */
const specialNames = /search|deep-research|computer-use|robotics|safeguard|guard|image|audio|voice|multi-agent/

/**
 * Whether a model can be called by its id and takes requests of every kind, as far as that is known; what is chosen from
 * without an operator's own list.
 */
export function inDefaultPool({
  provider,
  model,
  capabilities,
}: Pick<Model, 'provider' | 'model' | 'capabilities'>): boolean {
  if (!names[provider]?.test(model) || specialNames.test(model)) return false
  return !capabilities.some((capability) => special.has(capability))
}
