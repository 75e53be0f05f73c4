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

/**
 * The examples with the deployment's names, so that they can be sent to it as they stand. All at once: a plan may be called what
 * the examples call a model.
 */
export function withNames<T>(examples: T, names: ExampleNames): T {
  const renamed = new Map(
    Object.entries(ours).map(([what, name]) => [
      JSON.stringify(name),
      JSON.stringify(names[what as keyof ExampleNames] ?? name),
    ]),
  );
  const text = JSON.stringify(examples).replace(/"(?:[^"\\]|\\.)*"/g, (whole) => renamed.get(whole) ?? whole);
  return JSON.parse(text);
}
