/** A container and an encoding, in the words of Deepgram's models. */
export interface AudioFormat {
  encoding: string
  container?: string
}

const formats: Readonly<Record<string, AudioFormat>> = {
  mp3: { encoding: 'mp3' },
  wav: { encoding: 'linear16', container: 'wav' },
  pcm: { encoding: 'linear16', container: 'none' },
  opus: { encoding: 'opus', container: 'ogg' },
  ogg: { encoding: 'opus', container: 'ogg' },
  flac: { encoding: 'flac' },
  aac: { encoding: 'aac' },
  mulaw: { encoding: 'mulaw', container: 'none' },
  alaw: { encoding: 'alaw', container: 'none' },
}

/** What the AI SDK's name of a format means; `undefined` for names that are not known. */
export function audioFormatOf(name: string): AudioFormat | undefined {
  return formats[name.toLowerCase()]
}
