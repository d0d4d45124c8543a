/** The start of a body as text, and then no more of it. A body that breaks off counts as far as it came. */
export async function readAtMost(response: Response, mostBytes: number): Promise<string> {
  const { body, headers } = response
  if (body === null) return ''
  const declared = Number(headers.get('content-length') ?? Number.NaN)
  if (declared <= mostBytes && !headers.has('content-encoding')) return response.text().catch(() => '')

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
