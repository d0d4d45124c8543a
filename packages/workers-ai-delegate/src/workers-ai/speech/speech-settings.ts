import type { RunSettings } from '../run/run-settings.ts'

/** Settings of a text-to-speech model. */
export type WorkersAISpeechSettings = RunSettings
