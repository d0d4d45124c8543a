const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  aac: 'audio/aac',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mpeg: 'video/mpeg',
}

/** The media type that a file name or URL shows by its ending; `fallback` where it shows none. YouTube links are video. */
export function mediaTypeOf(name: string, fallback: string): string {
  if (/^https?:\/\/(?:www\.)?(?:youtube\.com|youtu\.be)\//i.test(name)) return 'video/mp4'
  const [path = ''] = name.split(/[?#]/)
  return types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? fallback
}
