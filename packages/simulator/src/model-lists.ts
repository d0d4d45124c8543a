const lists: Record<string, () => unknown> = {
  'openai-chat': () => ({
    object: 'list',
    data: ['gpt-4o-mini', 'gpt-5-mini', 'o4-mini', 'text-embedding-3-small'].map((id) => ({
      id,
      object: 'model',
      created: 1_750_000_000,
      owned_by: 'system',
    })),
  }),
  'anthropic-messages': () => {
    const ids = ['claude-opus-4-5', 'claude-sonnet-4-5', 'claude-haiku-4-5']
    const data = ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-10-01T00:00:00Z' }))
    return { data, has_more: false, first_id: ids[0], last_id: ids.at(-1) }
  },
  'gemini-generate': () => ({
    models: ['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-3-pro-preview'].map((id) => ({
      name: `models/${id}`,
      version: '001',
      displayName: id,
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    })),
  }),
  'workers-ai': () => ({
    result: ['@cf/meta/llama-3.1-8b-instruct', '@cf/meta/llama-3.3-70b-instruct-fp8-fast'].map((name, index) => ({
      id: `00000000-0000-4000-8000-00000000000${index}`,
      name,
      task: { name: 'Text Generation' },
      properties: [],
    })),
    success: true,
    errors: [],
    messages: [],
    result_info: { page: 1, per_page: 50, count: 2, total_count: 2 },
  }),
  'cohere-chat': () => ({
    models: ['command-a-03-2025', 'command-r-08-2024'].map((name) => ({
      name,
      endpoints: ['generate', 'chat'],
      context_length: 256_000,
      is_deprecated: false,
    })),
    next_page_token: '',
  }),
}

/** The models that a vendor lists, in its own shape. */
export function toModelList(formatId: string): unknown {
  return lists[formatId]?.()
}
