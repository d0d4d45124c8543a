const base64Text = /^[A-Za-z0-9+/]+={0,2}$/

/** True for non-empty standard base64. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && base64Text.test(text)
}

/** Like `isBase64`, but URL-safe letters and missing padding pass, as Google takes them. */
export function isLooseBase64(text: string): boolean {
  return /^[\w+/-]+={0,2}$/.test(text)
}

/** The media type of a valid base64 data URL, else undefined. */
export function dataUrlType(url: string): string | undefined {
  const match = /^data:([\w.+-]+\/[\w.+-]+);base64,/.exec(url)
  return match?.[1] !== undefined && isBase64(url.slice(match[0].length)) ? match[1] : undefined
}

/** True for an absolute http(s) URL. */
export function isHttpUrl(url: string): boolean {
  return /^https?:\/\/[^\s/]+/.test(url)
}

/** The image type that a URL's extension tells; `image/url` when it tells none. */
export function imageTypeOfUrl(url: string): string {
  const extension = /\.(png|jpe?g|gif|webp)(?:$|[?#])/i.exec(url)?.[1]?.toLowerCase()
  if (extension === undefined) return 'image/url'
  return `image/${extension === 'jpg' ? 'jpeg' : extension}`
}
