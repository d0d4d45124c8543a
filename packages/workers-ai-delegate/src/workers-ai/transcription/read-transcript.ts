import type { TranscriptionModelV4Result } from '@ai-sdk/provider'
import { numberOf, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../run/json.ts'

type Transcript = Pick<TranscriptionModelV4Result, 'text' | 'segments' | 'words' | 'language' | 'durationInSeconds'>
type Segment = Transcript['segments'][number]

/**
 * Reads Whisper's answers and Deepgram's. Without segments, the words are the segments, as workers-ai-provider has them.
 */
export function readTranscript(body: JsonObject): Transcript {
  return objectOf(body['results']) ? readDeepgram(body) : readWhisper(body)
}

function readWhisper(body: JsonObject): Transcript {
  const info = objectOf(body['transcription_info'])
  const segments = objectsOf(body['segments'])
  const words = toSegments(body['words'] ?? segments.flatMap((segment) => objectsOf(segment['words'])))
  return {
    text: stringOf(body['text']) ?? stringOf(body['transcript']) ?? stringOf(body['response']) ?? '',
    segments: segments.length > 0 ? toSegments(segments) : words,
    ...(words.length > 0 && { words }),
    language: stringOf(info?.['language']),
    durationInSeconds: numberOf(info?.['duration'] ?? body['duration']),
  }
}

function readDeepgram(body: JsonObject): Transcript {
  const results = objectOf(body['results'])
  const [channel] = objectsOf(results?.['channels'])
  const [best] = objectsOf(channel?.['alternatives'])
  const words = toSegments(best?.['words'])
  const utterances = toSegments(results?.['utterances'])
  return {
    text: stringOf(best?.['transcript']) ?? '',
    segments: utterances.length > 0 ? utterances : words,
    ...(words.length > 0 && { words }),
    language: stringOf(channel?.['detected_language']),
    durationInSeconds: numberOf(objectOf(body['metadata'])?.['duration']),
  }
}

/** Entries without times, as live models give them, are no segments. */
function toSegments(entries: Json | undefined): Segment[] {
  return objectsOf(entries).flatMap(({ text, word, punctuated_word, transcript, start, end }) => {
    if (start === undefined && end === undefined) return []
    const said = stringOf(text) ?? stringOf(punctuated_word) ?? stringOf(word) ?? stringOf(transcript) ?? ''
    return [{ text: said, startSecond: numberOf(start) ?? 0, endSecond: numberOf(end) ?? 0 }]
  })
}
