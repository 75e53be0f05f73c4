import { countingModel, embeddingModel, model, plan } from '../examples/example-values.ts';

/** What a deployment calls what the examples name. */
export interface ExampleNames {
  plan?: string | undefined;
  /** Of a model for chats. */
  model?: string | undefined;
  countingModel?: string | undefined;
  embeddingModel?: string | undefined;
}

const ours = { plan, model, countingModel, embeddingModel };

/** The examples with the deployment's names, so that they can be sent to it as they stand. */
export function withNames<T>(examples: T, names: ExampleNames): T {
  let text = JSON.stringify(examples);
  for (const [what, name] of Object.entries(ours)) {
    const own = names[what as keyof ExampleNames];
    if (own !== undefined && own !== name) text = text.replaceAll(`"${name}"`, JSON.stringify(own));
  }
  return JSON.parse(text);
}
