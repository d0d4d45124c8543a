export const message = (fields: object) => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', annotations: [], ...fields }],
})
export const words = 'Narwhals have tusks.'
export const thought = 'Let me think of whales.'
export const url = 'https://sea.example/narwhal'
export const shelf = 'north-shelf'
export const chatCalls = {
  content: null,
  tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: JSON.stringify({ shelf }) } }],
}
export const tokens = [{ token: 'Hello', logprob: -0.4321, bytes: null, top_logprobs: [] }]
