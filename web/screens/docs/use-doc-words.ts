import { maskedKey } from '../../key-in-hand/key-secret.ts';
import { useSecretInHand } from '../../key-in-hand/use-secret-in-hand.ts';
import { useModels } from '../../shell/use-models.ts';

/** Puts into a text of the docs what the reader would otherwise have to fill in. */
export interface DocWords {
  /** With this address, a model that there is, and as much of the key as may be shown. */
  shown(text: string): string;
  /** The same with the whole key, for the clipboard. */
  copied(text: string): string;
  /** As much of the key in hand as may be shown. */
  key: string | undefined;
}

/** As the docs write them. */
const exampleAddress = 'https://llm.example.com';
const localAddress = 'http://localhost:4000';
const exampleKey = 'YOUR_KEY';
const exampleModels = ['nova-lite', 'claude-sonnet-5-5', 'claude-haiku-4-5'];

export function useDocWords(): DocWords {
  const secret = useSecretInHand()?.secret;
  const names =
    useModels()
      .data?.data.filter(({ kind }) => kind === 'chat')
      .map(({ id }) => id) ?? [];
  const missing = names.length === 0 ? [] : exampleModels.filter((model) => !names.includes(model));
  const filled = (text: string, key: string) => {
    const here = text
      .replaceAll(exampleAddress, location.origin)
      .replaceAll(localAddress, location.origin)
      .replaceAll(exampleKey, key);
    return missing.reduce((words, model) => words.replaceAll(model, names[0] ?? model), here);
  };
  const key = secret === undefined ? undefined : maskedKey(secret);
  return {
    key,
    shown: (text) => filled(text, key ?? exampleKey),
    copied: (text) => filled(text, secret ?? exampleKey),
  };
}
