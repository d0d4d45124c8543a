/** The format's name, also the mark of its own fields in a canonical request. */
export const formatId = 'ollama-chat'
