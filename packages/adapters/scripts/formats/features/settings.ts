import type { FeatureGroup, RequestFeature } from '../feature.ts'
import type { InboundId } from '../formats.ts'
import { partsLike, sayAlike } from './ask.ts'

const schema = {
  type: 'object',
  properties: { zebras: { type: 'integer' } },
  required: ['zebras'],
  additionalProperties: false,
}
const wrapped = { type: 'json_schema', json_schema: { name: 'herd', schema } }

const config = (fields: Record<string, number | boolean | string[]>) => ({ generationConfig: fields })
const option = (fields: Record<string, number | string[]>) => ({ options: fields, stream: false })
const withOptions = (fields: Record<string, number | string[]>) => ({
  with: option(fields),
  without: option({}),
})

export const output: FeatureGroup = {
  title: 'The form of the answer and its reasoning',
  features: [
    {
      kind: 'request',
      name: 'JSON schema',
      marks: ['zebras', 'integer'],
      says: {
        ...sayAlike(partsLike, { response_format: wrapped }),
        'openai-responses': { with: { text: { format: { type: 'json_schema', name: 'herd', schema } } } },
        'anthropic-messages': { with: { output_config: { format: { type: 'json_schema', schema } } } },
        'gemini-generate': {
          with: { generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema } },
        },
        'cohere-chat': { with: { response_format: { type: 'json_object', json_schema: schema } } },
        'ollama-chat': { with: { format: schema, stream: false } },
      },
    },
    {
      kind: 'request',
      name: 'JSON mode',
      says: {
        ...sayAlike([...partsLike, 'cohere-chat'], { response_format: { type: 'json_object' } }),
        'openai-responses': { with: { text: { format: { type: 'json_object' } } } },
        'gemini-generate': { with: { generationConfig: { responseMimeType: 'application/json' } } },
        'ollama-chat': { with: { format: 'json', stream: false } },
      },
    },
    {
      kind: 'request',
      name: 'reasoning effort',
      says: {
        ...sayAlike(partsLike, { reasoning_effort: 'high' }),
        'openai-responses': { with: { reasoning: { effort: 'high' } } },
        'anthropic-messages': { with: { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } } },
        'ollama-chat': { with: { think: 'high', stream: false } },
      },
    },
    {
      kind: 'request',
      name: 'reasoning budget',
      says: {
        'openai-chat': { with: { thinking: { type: 'enabled', budget_tokens: 2049 } } },
        'anthropic-messages': { with: { thinking: { type: 'enabled', budget_tokens: 2049 } } },
        'gemini-generate': { with: { generationConfig: { thinkingConfig: { thinkingBudget: 2049 } } } },
        'cohere-chat': { with: { thinking: { type: 'enabled', token_budget: 2049 } } },
      },
    },
    {
      kind: 'request',
      name: 'no reasoning',
      says: {
        ...sayAlike(partsLike, { reasoning_effort: 'none' }),
        'openai-responses': { with: { reasoning: { effort: 'none' } } },
        'anthropic-messages': { with: { thinking: { type: 'disabled' } } },
        'gemini-generate': { with: { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } } },
        'cohere-chat': { with: { thinking: { type: 'disabled' } } },
        'ollama-chat': { with: { think: false, stream: false } },
      },
    },
  ],
}

/** A setting that is one field, named in each format. */
function setting(
  name: string,
  value: number | boolean | string,
  fields: Partial<Record<InboundId, string>>,
): RequestFeature {
  const says = Object.entries(fields).map(([format, field]) => [format, sayField(field, value)])
  return { kind: 'request', name, marks: [value], says: Object.fromEntries(says) }
}

function sayField(field: string, value: number | boolean | string) {
  const [outer = '', inner] = field.split('.')
  return { with: inner === undefined ? { [outer]: value } : { [outer]: { [inner]: value } } }
}

const everywhere = (name: string) => ({
  'openai-chat': name,
  'workers-ai': name,
  'cohere-chat': name,
  'ollama-chat': `options.${name}`,
})

export const sampling: FeatureGroup = {
  title: 'Sampling, limits and account',
  features: [
    setting('most tokens', 1237, {
      ...everywhere('max_tokens'),
      'openai-chat': 'max_completion_tokens',
      'openai-responses': 'max_output_tokens',
      'anthropic-messages': 'max_tokens',
      'gemini-generate': 'generationConfig.maxOutputTokens',
      'ollama-chat': 'options.num_predict',
    }),
    setting('temperature', 0.37, {
      ...everywhere('temperature'),
      'openai-responses': 'temperature',
      'anthropic-messages': 'temperature',
      'gemini-generate': 'generationConfig.temperature',
    }),
    setting('top_p', 0.83, {
      ...everywhere('top_p'),
      'openai-responses': 'top_p',
      'anthropic-messages': 'top_p',
      'gemini-generate': 'generationConfig.topP',
      'cohere-chat': 'p',
    }),
    setting('top_k', 41, {
      'openai-chat': 'top_k',
      'workers-ai': 'top_k',
      'anthropic-messages': 'top_k',
      'gemini-generate': 'generationConfig.topK',
      'cohere-chat': 'k',
      'ollama-chat': 'options.top_k',
    }),
    setting('seed', 4243, { ...everywhere('seed'), 'gemini-generate': 'generationConfig.seed' }),
    {
      kind: 'request',
      name: 'stop',
      marks: ['HALT'],
      says: {
        ...sayAlike(partsLike, { stop: ['HALT'] }),
        ...sayAlike(['anthropic-messages', 'cohere-chat'], { stop_sequences: ['HALT'] }),
        'gemini-generate': { with: config({ stopSequences: ['HALT'] }) },
        'ollama-chat': withOptions({ stop: ['HALT'] }),
      },
    },
    setting('frequency penalty', 0.61, {
      ...everywhere('frequency_penalty'),
      'gemini-generate': 'generationConfig.frequencyPenalty',
    }),
    setting('presence penalty', 0.62, {
      ...everywhere('presence_penalty'),
      'gemini-generate': 'generationConfig.presencePenalty',
    }),
    {
      kind: 'request',
      name: 'n',
      says: {
        'openai-chat': { with: { n: 3 } },
        'workers-ai': { with: { n: 3 } },
        'gemini-generate': { with: config({ candidateCount: 3 }) },
      },
    },
    {
      kind: 'request',
      name: 'logprobs',
      says: {
        ...sayAlike(partsLike, { logprobs: true, top_logprobs: 4 }),
        'openai-responses': { with: { include: ['message.output_text.logprobs'], top_logprobs: 4 } },
        'gemini-generate': { with: config({ responseLogprobs: true, logprobs: 4 }) },
        'cohere-chat': { with: { logprobs: true } },
        'ollama-chat': { with: { logprobs: true, top_logprobs: 4, stream: false } },
      },
    },
    setting('user id', 'user-of-mine', {
      'openai-chat': 'user',
      'openai-responses': 'user',
      'anthropic-messages': 'metadata.user_id',
    }),
    {
      kind: 'request',
      name: 'metadata',
      marks: ['team-blue'],
      says: sayAlike(['openai-chat', 'openai-responses'], { metadata: { team: 'team-blue' } }),
    },
    {
      kind: 'request',
      name: 'logit bias',
      says: sayAlike(['openai-chat'], { logit_bias: { 50256: -100 } }),
    },
    {
      kind: 'request',
      name: 'verbosity',
      says: {
        'openai-chat': { with: { verbosity: 'low' } },
        'openai-responses': { with: { text: { verbosity: 'low' } } },
      },
    },
    {
      kind: 'request',
      name: 'prompt-cache key',
      marks: ['session-7'],
      says: sayAlike(['openai-chat', 'openai-responses'], { prompt_cache_key: 'session-7' }),
    },
    {
      kind: 'request',
      name: 'service tier',
      says: sayAlike(['openai-chat', 'openai-responses'], { service_tier: 'flex' }),
    },
    {
      kind: 'request',
      name: 'stream',
      says: {
        ...sayAlike(['openai-chat', 'openai-responses', 'anthropic-messages', 'cohere-chat', 'workers-ai'], {
          stream: true,
        }),
        'ollama-chat': { with: { stream: true }, without: { stream: false } },
      },
    },
  ],
}
