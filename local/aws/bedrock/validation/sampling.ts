import { failedConstraint, refusedByModel } from '../errors.ts';
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

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InferenceConfiguration.html */
const sequencesLimit = 2500;

export function validateStopSequences({
  inference,
  traits,
}: Pick<CheckedRequest, 'inference' | 'traits'>): void {
  const path = 'inferenceConfig.stopSequences';
  const sequences = inference.stopSequences;
  if (sequences.length > sequencesLimit) {
    throw failedConstraint(
      path,
      `[${sequences.length} items]`,
      `Member must have length less than or equal to ${sequencesLimit}`,
    );
  }
  const empty = sequences.indexOf('');
  if (empty !== -1) {
    throw failedConstraint(`${path}.${empty}`, '', 'Member must have length greater than or equal to 1');
  }
  if (traits.family === 'claude' && sequences.some((sequence) => sequence.trim() === '')) {
    throw refusedByModel('stop_sequences: each stop sequence must contain non-whitespace');
  }
}
