import { refusedByModel } from '../errors.ts';
import type { CheckedRequest } from './checked-request.ts';

export function validateSampling({ inference, traits }: Pick<CheckedRequest, 'inference' | 'traits'>): void {
  const { temperature, topP } = inference;
  if (traits.sampling === 'one' && temperature !== undefined && topP !== undefined) {
    throw refusedByModel(
      '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    );
  }
  if (traits.sampling !== 'none') return;
  if (temperature !== undefined) throw refusedByModel('`temperature` is deprecated for this model.');
  if (topP !== undefined) throw refusedByModel('`top_p` is deprecated for this model.');
}
