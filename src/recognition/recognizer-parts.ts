import type { Entity, UtteranceLanguage } from "../conversation/recognized.ts";

/** What every recognizer uses beside its model; all synchronous, for they are on the path of each message. */
export interface RecognizerParts {
  readonly findEntities: (text: string) => readonly Entity[];
  readonly languageOf: (text: string) => UtteranceLanguage;
}
