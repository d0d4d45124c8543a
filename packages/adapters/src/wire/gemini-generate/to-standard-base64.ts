/**
 * Base64 in the usual alphabet. Google also takes that of URLs, which its Python SDK sends and no other vendor reads.
 * @see https://protobuf.dev/programming-guides/json/
 */
export function toStandardBase64(data: string): string {
  if (!/[-_]/.test(data)) return data
  const standard = data.replaceAll('-', '+').replaceAll('_', '/')
  return standard.padEnd(Math.ceil(standard.length / 4) * 4, '=')
}
