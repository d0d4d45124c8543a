/** The values of `include` that stand for fields of the canonical form. */
export const includes = {
  logprobs: 'message.output_text.logprobs',
  encryptedReasoning: 'reasoning.encrypted_content',
}
