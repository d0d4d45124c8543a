/**
 * Models that their makers have switched off, or do not serve themselves, by id without publisher. They stay in the price
 * data for old rows.
 *
 * @see https://docs.anthropic.com/en/docs/about-claude/model-deprecations
 * @see https://platform.openai.com/docs/deprecations
 * @see https://ai.google.dev/gemini-api/docs/deprecations
 */
const retired: readonly RegExp[] = [
  /^claude-(?:1|2|v2|instant|3-(?:opus|sonnet|5-sonnet|7-sonnet))/,
  /^(?:ada|babbage|curie|davinci|text-|code-)/,
  /^gpt-4(?:-32k|-vision|-0314|-1106|\.5)/,
  /^gpt-3\.5-turbo-(?:0301|0613|16k)/,
  /^o1-(?:preview|mini)/,
  /^gpt-oss/,
  /^(?:gemini-(?:1\.|pro|flash|2\.0)|palm|chat-bison|text-bison)/,
]

const hosts: ReadonlySet<string> = new Set(['anthropic', 'openai', 'google-ai-studio'])

/** Whether its maker answers no longer for a model; other hosts may. */
export function isRetired(provider: string, model: string): boolean {
  return hosts.has(provider) && retired.some((pattern) => pattern.test(model.toLowerCase()))
}
