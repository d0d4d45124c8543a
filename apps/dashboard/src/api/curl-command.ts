interface CurlOptions {
  url: string
  headers?: Readonly<Record<string, string>>
  body: unknown
}

/** A request to the gateway as a command for a shell; the key comes from the environment. */
export function curlCommand({ url, headers = {}, body }: CurlOptions): string {
  return [
    `curl ${quote(url)}`,
    `  -H "authorization: Bearer $GW_KEY"`,
    ...Object.entries({ 'content-type': 'application/json', ...headers }).map(
      ([name, value]) => `  -H ${quote(`${name}: ${value}`)}`,
    ),
    `  -d ${quote(JSON.stringify(body))}`,
  ].join(' \\\n')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
