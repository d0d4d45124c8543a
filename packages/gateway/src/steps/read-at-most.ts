/** The start of a body as text, and then no more of it. A body that breaks off counts as far as it came. */
export async function readAtMost({ body }: Response, mostBytes: number): Promise<string> {
  if (body === null) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.byteLength
      text += decoder.decode(read.value, { stream: true })
      if (size > mostBytes) break
    }
  } catch {
    return text
  }
  await reader.cancel().catch(() => undefined)
  return text
}
