import { compact, type JsonObject } from '../json.ts'
import { modelGeneration as claudeGeneration } from '../wire/anthropic-messages/model-generation.ts'
import { modelGeneration as geminiGeneration } from '../wire/gemini-generate/model-generation.ts'
import type { ServerWish, WebSearch, WishOption } from './server-wish.ts'

interface TargetContext {
  /** The target's wire format. */
  format: string
  model: string
  /** The request offers functions too. */
  hasFunctions: boolean
}

export interface FormattedTool {
  tool: JsonObject
  /** By which a choice of tools names it; without one it cannot be forced. */
  name?: string
  /** It runs for every answer, chosen or not. */
  alwaysRuns?: true
  /** The options that the target can say. */
  said: readonly WishOption[]
}

/** A wish in the target's words; `undefined` where the format, or the model, has no such tool. */
export function formatServerTool(wish: ServerWish, context: TargetContext): FormattedTool | undefined {
  const format = formats[context.format]
  return wish.kind === 'web_search' ? format?.search(wish, context) : format?.code?.(context)
}

interface ToolFormat {
  search(wish: WebSearch, context: TargetContext): FormattedTool | undefined
  code?(context: TargetContext): FormattedTool | undefined
}

/**
 * Web search and code execution by format. Code execution needs no beta header: it is part of the Messages API.
 * @see https://platform.openai.com/docs/guides/tools-web-search
 * @see https://platform.openai.com/docs/guides/tools-code-interpreter
 * @see https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool
 * @see https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/code-execution-tool
 * @see https://ai.google.dev/gemini-api/docs/google-search
 * @see https://ai.google.dev/gemini-api/docs/code-execution
 */
const formats: Readonly<Record<string, ToolFormat>> = {
  'openai-responses': {
    search: ({ allowed_domains, search_context_size, user_location }) => ({
      tool: compact({
        type: 'web_search',
        filters: allowed_domains && { allowed_domains },
        search_context_size,
        user_location: user_location && { type: 'approximate', ...user_location },
      }),
      name: 'web_search',
      said: ['allowed_domains', 'search_context_size', 'user_location'],
    }),
    code: () => ({
      tool: { type: 'code_interpreter', container: { type: 'auto' } },
      name: 'code_interpreter',
      said: [],
    }),
  },
  'anthropic-messages': {
    search: (wish, { model }) => (isClaude(model, 305) ? formatMessagesSearch(wish) : undefined),
    code: ({ model }) => {
      const name = 'code_execution'
      return isClaude(model, 400) ? { tool: { type: `${name}_20250825`, name }, name, said: [] } : undefined
    },
  },
  'gemini-generate': {
    search: (_, context) => (isGemini(context) ? { tool: { googleSearch: {} }, said: [] } : undefined),
    code: (context) => (isGemini(context) ? { tool: { codeExecution: {} }, said: [] } : undefined),
  },
  'openai-chat': {
    search: (wish, { model }) => (searches(model) ? formatSearchOptions(wish) : undefined),
  },
}

const isClaude = (model: string, generation: number): boolean =>
  /claude/i.test(model) && claudeGeneration(model) >= generation

/**
 * Gemini's own tools and functions exclude each other before Gemini 3; from then on they need the whole run of a tool to
 * come back in the next request, which other formats have no words for.
 * @see https://ai.google.dev/gemini-api/docs/tool-combination
 */
const isGemini = ({ model, hasFunctions }: TargetContext): boolean => !hasFunctions && geminiGeneration(model) >= 200

/**
 * Models that search whenever they answer; only they know `web_search_options`.
 * @see https://platform.openai.com/docs/guides/tools-web-search?api-mode=chat
 * @see https://docs.perplexity.ai/api-reference/chat-completions-post
 */
const searches = (model: string): boolean => /search-(?:preview|api)|(?:^|\/)sonar\b/i.test(model)

/** The API takes one of the two lists of domains. */
function formatMessagesSearch(wish: WebSearch): FormattedTool {
  const { max_uses, allowed_domains, blocked_domains, user_location } = wish
  const lists = allowed_domains ? { allowed_domains } : compact({ blocked_domains })
  return {
    tool: compact({
      type: 'web_search_20250305',
      name: 'web_search',
      max_uses,
      ...lists,
      user_location: user_location && { type: 'approximate', ...user_location },
    }),
    name: 'web_search',
    said: ['max_uses', allowed_domains ? 'allowed_domains' : 'blocked_domains', 'user_location'],
  }
}

/** Stands in `tools` under the name of the field that it becomes. */
function formatSearchOptions({ search_context_size, user_location }: WebSearch): FormattedTool {
  const options = compact({
    search_context_size,
    user_location: user_location && { type: 'approximate', approximate: user_location },
  })
  return { tool: { web_search_options: options }, alwaysRuns: true, said: ['search_context_size', 'user_location'] }
}
