import type { LogRow } from '../../../api/wire.ts'

type Asked = Pick<LogRow, 'path' | 'requested_model' | 'metadata'>

/** The request as a command for a shell; the key comes from the environment. */
export function toCurl(
  { path, requested_model: model, metadata }: Asked,
  origin: string,
  body: string | undefined,
): string {
  const sent = body ?? JSON.stringify({ model: model ?? 'provider/model', messages: [{ role: 'user', content: '…' }] })
  const hasMetadata = Object.keys(metadata).length > 0
  return [
    `curl ${quote(origin + path)}`,
    `  -H "authorization: Bearer $GW_KEY"`,
    `  -H 'content-type: application/json'`,
    ...(hasMetadata ? [`  -H ${quote(`cf-aig-metadata: ${JSON.stringify(metadata)}`)}`] : []),
    `  -d ${quote(sent)}`,
  ].join(' \\\n')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
