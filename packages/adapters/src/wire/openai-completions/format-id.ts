export const formatId = 'openai-completions'
