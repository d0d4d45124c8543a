/** The id of this wire format, which marks reasoning, server tools and fields that only it can read. */
export const formatId = 'bedrock-converse'
