/** The few members of node-nlp 4.27 that we use; the package has no types of its own. */
declare module "node-nlp" {
  export class NlpManager {
    constructor(settings: {
      languages: readonly string[];
      autoSave: boolean;
      autoLoad: boolean;
      forceNER: boolean;
      nlu: { log: boolean };
    });
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(
      locale: string,
      utterance: string,
    ): Promise<{ classifications?: { intent: string; score: number }[] }>;
    export(minified: boolean): string;
    import(exported: string): void;
  }
}
