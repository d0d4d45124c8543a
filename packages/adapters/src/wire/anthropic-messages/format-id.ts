/** The id of this wire format, which marks signatures, server tools and fields that only it can read. */
export const formatId = 'anthropic-messages'
