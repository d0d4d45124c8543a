/** Tells how much output an event holds from its length alone. */
export interface OutputGauge {
  /** Events of the stream have shown what stands around their output. */
  isSet(): boolean
  /** Characters of output in event data that is not parsed. */
  read(data: string): number
  /** Learns from event data that was parsed, and the output that it held. */
  learn(data: string, characters: number): void
}

/** The first event with output may say more around it than those that follow; the second shows what they say. */
export function createOutputGauge(): OutputGauge {
  let frame = 0
  let learned = 0
  return {
    isSet: () => learned > 1,
    read: (data) => Math.max(0, data.length - frame),
    learn: (data, characters) => {
      if (characters === 0) return
      frame = data.length - characters
      learned += 1
    },
  }
}
