import { expect, test } from 'vitest'
import { decodeVector, encodeVector } from './base64-vector.ts'
import { bedrockEmbed, bedrockTokens } from './bedrock-embed.ts'
import { cohereEmbed } from './cohere-embed.ts'
import { embeddingsApi } from './embeddings-api.ts'
import type { EmbeddingsFormat, EmbeddingsRequest } from './embeddings.ts'
import { geminiEmbed } from './gemini-embed.ts'
import { ollamaEmbed } from './ollama-embed.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { vertexEmbed } from './vertex-embed.ts'

test('base64 vectors are little-endian 32-bit floats', () => {
  // 1.0 is 0x3f800000, -2.0 is 0xc0000000.
  expect(encodeVector([1, -2])).toBe(btoa('\u0000\u0000\u0080\u003f\u0000\u0000\u0000\u00c0'))
  expect(decodeVector(encodeVector([0.5, -0.25, 3]))).toEqual([0.5, -0.25, 3])
  expect(decodeVector('abc=')).toBe(undefined)
})

test('a caller who wants base64 gets it from a vendor who has floats alone', () => {
  const request = openaiEmbeddings.parseRequest({ model: 'm', input: 'a', encoding_format: 'base64' })
  const sent = embeddingsApi({ format: openaiEmbeddings }).prepare?.(request) ?? request
  expect(openaiEmbeddings.formatRequest(sent).body).toEqual({ model: 'm', input: ['a'] })
  const answer = openaiEmbeddings.parseResponse({ data: [{ index: 0, embedding: [1, -2] }] }, sent)
  expect(openaiEmbeddings.formatResponse(answer, request)).toMatchObject({
    data: [{ object: 'embedding', index: 0, embedding: encodeVector([1, -2]) }],
  })
})

test('vectors come back in the order of the inputs, whatever the order of the answer', () => {
  const request = openaiEmbeddings.parseRequest({ model: 'm', input: ['a', 'b'] })
  const body = {
    data: [
      { index: 1, embedding: [2] },
      { index: 0, embedding: [1] },
    ],
  }
  expect(openaiEmbeddings.parseResponse(body, request).vectors).toEqual([[1], [2]])
})

test.each([
  [[1, 2, 3], 1],
  [[[1], [2, 3]], 2],
])('tokens %j pass to vendors that know them, and to no other', (input, count) => {
  const request = openaiEmbeddings.parseRequest({ model: 'm', input })
  expect(request.inputs).toHaveLength(count)
  const known = embeddingsApi({ format: openaiEmbeddings, takesTokens: true }).prepare?.(request)
  expect(known?.inputs).toEqual(request.inputs)
  expect(() => embeddingsApi({ format: cohereEmbed }).prepare?.(request)).toThrow(/send the text itself/)
})

test.each([
  [{ input: [] }, /empty/],
  [{ input: [1, 'a'] }, /must be a string/],
  [{ input: 7 }, /must be a string/],
  [{ input: 'a', encoding_format: 'int8' }, /encoding_format/],
  [{ input: 'a', dimensions: 0 }, /dimensions/],
])('%j is refused', (body, message) => {
  expect(() => openaiEmbeddings.parseRequest({ model: 'm', ...body })).toThrow(message)
})

test('what the vectors are for travels in each vendor’s words', () => {
  const request = cohereEmbed.parseRequest({ model: 'm', texts: ['a'], input_type: 'search_query', truncate: 'NONE' })
  expect(geminiEmbed.formatRequest(request)).toEqual({
    body: { requests: [{ model: 'models/m', content: { parts: [{ text: 'a' }] }, taskType: 'RETRIEVAL_QUERY' }] },
    warnings: ['truncate'],
  })
  expect(openaiEmbeddings.formatRequest(request).warnings).toEqual(['input_type', 'truncate'])
  expect(cohereEmbed.formatRequest({ ...request, unread: [] }).body).toMatchObject({ input_type: 'search_query' })
})

test('a single input of Gemini has a path and an answer of its own', () => {
  const body = { content: { parts: [{ text: 'a' }, { text: 'b' }] }, output_dimensionality: 8, title: 't' }
  const request = geminiEmbed.parseRequest(body, 'models/m')
  expect(request).toMatchObject({ inputs: ['a\nb'], dimensions: 8, unread: ['title'] })
  expect(geminiEmbed.path(request)).toBe('/models/m:embedContent')
  expect(geminiEmbed.formatResponse({ vectors: [[1]] }, request)).toEqual({ embedding: { values: [1] } })
})

test('a body of Gemini names its model in each request', () => {
  const body = { requests: [{ model: 'models/google/x', content: 1 }, { content: 2 }] }
  expect(geminiEmbed.rename?.(body, 'x')).toEqual({ requests: [{ model: 'models/x', content: 1 }, { content: 2 }] })
  const single = { model: 'models/google/x', content: 1 }
  expect(geminiEmbed.rename?.(single, 'x')).toEqual({ model: 'models/x', content: 1 })
})

test('a batch of Gemini with different tasks cannot be said elsewhere', () => {
  const content = { parts: [{ text: 'a' }] }
  const requests = [{ content, taskType: 'CLUSTERING' }, { content }]
  expect(() => geminiEmbed.parseRequest({ requests }, 'm')).toThrow(/same `taskType`/)
})

test('an image goes to vendors that embed images, and is refused for others', () => {
  const data = 'aGk='
  const content = { parts: [{ text: 'logo' }, { inline_data: { mime_type: 'image/png', data } }] }
  const request = geminiEmbed.parseRequest({ requests: [{ content }] }, 'm')
  expect(cohereEmbed.formatRequest(request).body).toMatchObject({
    inputs: [
      {
        content: [
          { type: 'text', text: 'logo' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } },
        ],
      },
    ],
  })
  expect(() => openaiEmbeddings.formatRequest(request)).toThrow(/text only/)
})

test('Ollama’s older path has one prompt and one vector', () => {
  const request = ollamaEmbed.parseRequest({ model: 'm', prompt: 'a' })
  expect(ollamaEmbed.formatResponse({ vectors: [[1, 2]] }, request)).toEqual({ embedding: [1, 2] })
})

const write = (format: EmbeddingsFormat, change: Partial<EmbeddingsRequest>) =>
  format.formatRequest({ model: 'm', inputs: ['a'], isList: true, unread: [], ...change })

test.each([
  ['amazon.titan-embed-text-v2:0', { inputText: 'a', dimensions: 256 }, ['input_type']],
  [
    'us.cohere.embed-v4:0',
    { texts: ['a'], input_type: 'search_query', embedding_types: ['float'], output_dimension: 256 },
    [],
  ],
  [
    'amazon.nova-2-multimodal-embeddings-v1:0',
    {
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: {
        embeddingPurpose: 'GENERIC_RETRIEVAL',
        embeddingDimension: 256,
        text: { truncationMode: 'NONE', value: 'a' },
      },
    },
    [],
  ],
])('on Bedrock %s is asked in its maker’s words', (model, body, warnings) => {
  expect(write(bedrockEmbed, { model, dimensions: 256, task: 'search_query' })).toEqual({ body, warnings })
})

test.each([
  [{ model: 'amazon.titan-embed-text-v2:0', inputs: ['a', 'b'] }, /one text a request/],
  [{ model: 'meta.llama3' }, /Only Cohere, Titan and Nova/],
])('on Bedrock %j is refused', (change, message) => {
  expect(() => write(bedrockEmbed, change)).toThrow(message)
})

test('Titan and Cohere answer on Bedrock in their makers’ shapes', () => {
  const request = { model: 'm', inputs: ['a'], isList: true, unread: [] }
  expect(bedrockEmbed.parseResponse({ embedding: [1, 2], inputTextTokenCount: 3 }, request)).toEqual({
    vectors: [[1, 2]],
    usage: { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 },
  })
  expect(bedrockEmbed.parseResponse({ embeddings: { float: [[1, 2]] } }, request).vectors).toEqual([[1, 2]])
  expect(bedrockTokens(new Headers({ 'x-amzn-bedrock-input-token-count': '18' }))?.prompt_tokens).toBe(18)
  expect(bedrockTokens(new Headers())).toBe(undefined)
})

test('Vertex is asked for each text with its task', () => {
  expect(write(vertexEmbed, { inputs: ['a', 'b'], dimensions: 8, task: 'clustering' })).toEqual({
    body: {
      instances: [
        { content: 'a', task_type: 'CLUSTERING' },
        { content: 'b', task_type: 'CLUSTERING' },
      ],
      parameters: { outputDimensionality: 8 },
    },
    warnings: [],
  })
})
